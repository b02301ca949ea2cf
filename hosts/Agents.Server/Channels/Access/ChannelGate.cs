using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Agents.Server.Channels;

/// <summary>
/// Lets an activity in or not: by a signed token of the channel for this agent, and only where its replies go to an address that the
/// token names or the configuration allows. What is wrong is logged by its kind; the token and what it says are not.
/// </summary>
internal sealed class ChannelGate(ChannelOptions options, IReadOnlyList<TokenIssuer> issuers, TimeProvider time, ILogger<ChannelGate> log)
{
    private const string Bearer = "Bearer ";
    private const string ServiceUrlClaim = "serviceurl";
    private static readonly TimeSpan skew = TimeSpan.FromMinutes(5);
    private readonly JsonWebTokenHandler handler = new() { MapInboundClaims = false };

    /// <summary>Checks the sender of a request. To be called before its body is read.</summary>
    /// <exception cref="ApiException">There is no token, or it is not good.</exception>
    /// <returns>The token and its issuer; null for an anonymous sender on this machine.</returns>
    public async Task<(JsonWebToken Token, TokenIssuer Issuer)?> EnterAsync(HttpContext context)
    {
        if (options.AllowAnonymous)
        {
            AccessGate.CheckLocal(context.Request);
            return context.Connection.RemoteIpAddress is { } sender && IPAddress.IsLoopback(sender) ? null : throw Refused("remote_sender");
        }

        string header = context.Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
            throw Refused("no_token");
        string text = header[Bearer.Length..].Trim();
        if (!handler.CanReadToken(text))
            throw Refused("no_jwt");
        JsonWebToken claimed;
        try
        {
            claimed = handler.ReadJsonWebToken(text);
        }
        catch (Exception e) when (e is ArgumentException or SecurityTokenException)
        {
            throw Refused("no_jwt");
        }

        TokenIssuer issuer = issuers.FirstOrDefault(i => i.Names.Contains(claimed.Issuer, StringComparer.Ordinal)) ?? throw Refused("issuer");
        TokenValidationResult result = await handler.ValidateTokenAsync(text, ParametersOf(issuer, await issuer.KeysAsync(claimed.Kid, context.RequestAborted)));
        return result.IsValid && result.SecurityToken is JsonWebToken token ? (token, issuer) : throw Refused(result.Exception?.GetType().Name ?? "invalid");
    }

    /// <summary>Checks that an activity may be answered: nothing is sent to an address that did not pass here.</summary>
    /// <exception cref="ApiException">The address is not the token's, or is not allowed.</exception>
    public async Task CheckAsync(Activity activity, (JsonWebToken Token, TokenIssuer Issuer)? sender, CancellationToken cancellationToken)
    {
        if (sender is not (JsonWebToken token, TokenIssuer issuer))
        {
            if (!activity.ServiceUrl.IsLoopback || activity.ServiceUrl.Scheme != Uri.UriSchemeHttp)
                throw Forbidden("serviceUrl", "Without tokens 'serviceUrl' must be on this machine.");
            return;
        }

        bool isAllowed = ServiceUrls.Allow(activity.ServiceUrl, [ChannelOptions.TeamsServiceUrl, .. options.ServiceUrls]);
        if (token.TryGetClaim(ServiceUrlClaim, out System.Security.Claims.Claim? claim))
        {
            if (!ServiceUrls.AreEqual(activity.ServiceUrl, claim.Value))
                throw Forbidden("serviceUrl", "'serviceUrl' is not the one that the token was issued for.");
            // The issuer vouches for the address; that the connection is private is for us to see to.
            isAllowed |= activity.ServiceUrl.Scheme == Uri.UriSchemeHttps && issuer == issuers[0];
        }

        if (!isAllowed)
            throw Forbidden("serviceUrl", "'serviceUrl' is no address that this server may send to.");
        if (await issuer.EndorsementsAsync(token.Kid, cancellationToken) is { } channels && !channels.Contains(activity.ChannelId, StringComparer.Ordinal))
            throw Forbidden("channelId", "The token's key does not speak for 'channelId'.");
    }

    private TokenValidationParameters ParametersOf(TokenIssuer issuer, IEnumerable<SecurityKey> keys) => new()
    {
        ValidAudience = options.AppId,
        ValidIssuers = issuer.Names,
        IssuerSigningKeys = keys,
        // A key that is not found by its id is not tried in the place of another.
        TryAllIssuerSigningKeys = false,
        ValidAlgorithms = [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512],
        RequireSignedTokens = true,
        RequireExpirationTime = true,
        ValidateIssuerSigningKey = true,
        LifetimeValidator = TokenTimes.By(time, skew),
    };

    private ApiException Refused(string why)
    {
        log.LogWarning("An activity was refused: {Reason}", why);
        return new ApiException(401, "authentication_error", "A valid token of the channel, issued for this agent, is needed.", null, "invalid_token");
    }

    private ApiException Forbidden(string param, string message)
    {
        log.LogWarning("An activity was refused: {Reason}", param);
        return new ApiException(403, "permission_error", message, param, "not_allowed");
    }
}

using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Agents.Server;

/// <summary>
/// Checks tokens of Microsoft Entra: signed by a key that the issuer publishes, for this audience, in their time, with the role.
/// The keys are read when the first token comes, kept, and read anew when one is signed by a key not known. Thread-safe.
/// </summary>
internal sealed class EntraTokens : IDisposable
{
    /// <summary>What the names of callers begin with who come with a token.</summary>
    public const string NamePrefix = "entra:";

    private static readonly TimeSpan skew = TimeSpan.FromMinutes(2);
    private static readonly string[] algorithms = [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512, SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384];
    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = TimeSpan.FromSeconds(10), MaxResponseContentBufferSize = 1 << 20 };
    private readonly JsonWebTokenHandler handler = new() { MapInboundClaims = false, MaximumTokenSizeInBytes = 16 * 1024 };
    private readonly ConfigurationManager<OpenIdConnectConfiguration> issuer;
    private readonly EntraOptions options;
    private readonly TimeProvider time;

    public EntraTokens(EntraOptions options, TimeProvider time)
    {
        (this.options, this.time) = (options, time);
        string authority = options.Authority!.AbsoluteUri.TrimEnd('/');
        issuer = new ConfigurationManager<OpenIdConnectConfiguration>(
            authority + "/.well-known/openid-configuration",
            new OpenIdConnectConfigurationRetriever(),
            new HttpDocumentRetriever(http) { RequireHttps = options.Authority.Scheme == Uri.UriSchemeHttps });
    }

    /// <summary>Whether a credential has the form of a token.</summary>
    public static bool IsToken(string credential) => credential.Length > 2 && credential.AsSpan().Count('.') == 2;

    /// <summary>The name of the caller that a token speaks for.</summary>
    /// <exception cref="ApiException">The token does not let anyone in, or the issuer cannot be asked.</exception>
    public async Task<string> CallerOfAsync(string token, CancellationToken cancellationToken)
    {
        OpenIdConnectConfiguration known;
        try
        {
            known = await issuer.GetConfigurationAsync(cancellationToken);
        }
        catch (Exception e) when (e is InvalidOperationException or IOException or HttpRequestException)
        {
            throw new ApiException(503, "server_error", "The issuer of tokens cannot be asked for its keys.", null, "issuer_unavailable") { RetryAfter = TimeSpan.FromSeconds(10) };
        }

        TokenValidationResult read = await handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = known.Issuer,
            ValidAudience = options.Audience,
            ValidAlgorithms = algorithms,
            ConfigurationManager = issuer,
            RequireSignedTokens = true,
            RequireExpirationTime = true,
            LifetimeValidator = TokenTimes.By(time, skew),
        });
        if (!read.IsValid)
        {
            throw read.Exception is SecurityTokenInvalidLifetimeException
                ? Refused("The token has expired, or is not valid yet.", "token_expired")
                : Refused("The token is not one that lets a caller in: it must be signed by the issuer's key, for this audience.", "invalid_token");
        }

        if (!Carries(read, "roles") && !Carries(read, "scp"))
            throw new ApiException(403, "permission_error", "The token does not carry the role that this server asks for.", null, "insufficient_role");
        // The object of the directory where there is one; a subject is one only within its application.
        string? who = Claim(read, "oid") ?? Claim(read, "sub");
        return who is { Length: > 0 and <= 200 } ? NamePrefix + who : throw Refused("The token does not say whom it speaks for.", "invalid_token");
    }

    public void Dispose() => http.Dispose();

    private static ApiException Refused(string message, string code) => new(401, "authentication_error", message, null, code);

    private static string? Claim(TokenValidationResult read, string name) => read.Claims.TryGetValue(name, out object? value) ? value as string : null;

    private bool Carries(TokenValidationResult read, string claim) => read.Claims.TryGetValue(claim, out object? value) && value switch
    {
        string words => words.Split(' ').Contains(options.Role, StringComparer.Ordinal),
        IEnumerable<object> list => list.OfType<string>().Contains(options.Role, StringComparer.Ordinal),
        _ => false,
    };
}

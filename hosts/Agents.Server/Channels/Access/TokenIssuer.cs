using System.Text.Json;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Agents.Server.Channels;

/// <summary>
/// Who issues tokens for the channel: its names, and the keys that it publishes. A token is checked with the keys of its own issuer alone.
/// Keys are fetched twice a day, and when a token names one that is not among them, but then at most once a minute: strangers send tokens
/// too. Thread-safe.
/// </summary>
internal sealed class TokenIssuer(string metadataAddress, HttpClient http, TimeProvider time, params string[] names) : IDisposable
{
    private static readonly TimeSpan lifetime = TimeSpan.FromHours(12);
    private static readonly TimeSpan leastWait = TimeSpan.FromMinutes(1);
    private readonly SemaphoreSlim gate = new(1);
    private OpenIdConnectConfiguration? published;
    private DateTimeOffset fetched;

    public IReadOnlyList<string> Names => names;

    /// <summary>The issuers of an agent's tokens: the Bot Framework, and its own directory where it has one.</summary>
    public static IReadOnlyList<TokenIssuer> Of(ChannelOptions options, HttpClient http, TimeProvider time)
    {
        var issuers = new List<TokenIssuer> { new(options.MetadataAddress, http, time, options.Issuer) };
        if (options.TenantId is { } tenant)
        {
            issuers.Add(new TokenIssuer(
                $"https://login.microsoftonline.com/{tenant}/v2.0/.well-known/openid-configuration",
                http,
                time,
                $"https://sts.windows.net/{tenant}/",
                $"https://login.microsoftonline.com/{tenant}/v2.0"));
        }

        return issuers;
    }

    /// <summary>The keys for signatures.</summary>
    /// <param name="keyId">The key that a token names.</param>
    /// <param name="cancellationToken">Nobody waits any more.</param>
    /// <exception cref="ApiException">The keys cannot be fetched, and there are none from before.</exception>
    public async Task<IEnumerable<SecurityKey>> KeysAsync(string keyId, CancellationToken cancellationToken) => (await PublishedAsync(keyId, cancellationToken)).SigningKeys;

    /// <summary>The channels that a key may speak for; null where its publisher says nothing of it.</summary>
    public async Task<IReadOnlyList<string>?> EndorsementsAsync(string keyId, CancellationToken cancellationToken)
    {
        OpenIdConnectConfiguration known = await PublishedAsync(keyId, cancellationToken);
        if (known.JsonWebKeySet?.Keys.FirstOrDefault(k => k.Kid == keyId)?.AdditionalData.TryGetValue("endorsements", out object? value) != true)
            return null;
        return value switch
        {
            JsonElement { ValueKind: JsonValueKind.Array } channels => [.. channels.EnumerateArray().Select(n => n.ToString())],
            IEnumerable<object?> channels => [.. channels.Select(n => n?.ToString() ?? "")],
            // What cannot be read endorses nothing.
            _ => [],
        };
    }

    public void Dispose() => gate.Dispose();

    private async Task<OpenIdConnectConfiguration> PublishedAsync(string keyId, CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            TimeSpan age = time.GetUtcNow() - fetched;
            bool isUnknown = published?.SigningKeys.Any(k => k.KeyId == keyId) != true;
            if (published is null || age >= lifetime || (isUnknown && age >= leastWait))
            {
                fetched = time.GetUtcNow();
                published = await FetchAsync(cancellationToken) ?? published;
            }

            return published ?? throw new ApiException(503, "server_error", "The keys of the token's issuer cannot be fetched now.", null, "issuer_unavailable");
        }
        finally
        {
            gate.Release();
        }
    }

    private async Task<OpenIdConnectConfiguration?> FetchAsync(CancellationToken cancellationToken)
    {
        var retriever = new HttpDocumentRetriever(http) { RequireHttps = !new Uri(metadataAddress).IsLoopback };
        try
        {
            return await OpenIdConnectConfigurationRetriever.GetAsync(metadataAddress, retriever, cancellationToken);
        }
        catch (Exception e) when (e is IOException or HttpRequestException or JsonException or ArgumentException or InvalidOperationException or SecurityTokenException)
        {
            // An issuer out of reach for a moment: the keys from before stand.
            return null;
        }
    }
}

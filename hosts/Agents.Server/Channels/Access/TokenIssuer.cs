using System.Text.Json;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Agents.Server.Channels;

/// <summary>Who issues tokens for the channel: its names, and the keys that it publishes. A token is checked with the keys of its own issuer alone.</summary>
internal sealed class TokenIssuer
{
    public TokenIssuer(string metadataAddress, HttpClient http, params string[] names)
    {
        Names = names;
        Keys = new ConfigurationManager<OpenIdConnectConfiguration>(
            metadataAddress,
            new OpenIdConnectConfigurationRetriever(),
            new HttpDocumentRetriever(http) { RequireHttps = !new Uri(metadataAddress).IsLoopback });
    }

    public IReadOnlyList<string> Names { get; }

    public ConfigurationManager<OpenIdConnectConfiguration> Keys { get; }

    /// <summary>The issuers of an agent's tokens: the Bot Framework, and its own directory where it has one.</summary>
    public static IReadOnlyList<TokenIssuer> Of(ChannelOptions options, HttpClient http)
    {
        var issuers = new List<TokenIssuer> { new(options.MetadataAddress, http, options.Issuer) };
        if (options.TenantId is { } tenant)
        {
            issuers.Add(new TokenIssuer(
                $"https://login.microsoftonline.com/{tenant}/v2.0/.well-known/openid-configuration",
                http,
                $"https://sts.windows.net/{tenant}/",
                $"https://login.microsoftonline.com/{tenant}/v2.0"));
        }

        return issuers;
    }

    /// <summary>The channels that a key may speak for; null where its publisher says nothing of it.</summary>
    public async Task<IReadOnlyList<string>?> EndorsementsAsync(string keyId, CancellationToken cancellationToken)
    {
        OpenIdConnectConfiguration published = await Keys.GetConfigurationAsync(cancellationToken);
        if (published.JsonWebKeySet?.Keys.FirstOrDefault(k => k.Kid == keyId)?.AdditionalData.TryGetValue("endorsements", out object? value) != true)
            return null;
        return value switch
        {
            JsonElement { ValueKind: JsonValueKind.Array } names => [.. names.EnumerateArray().Select(n => n.ToString())],
            IEnumerable<object?> names => [.. names.Select(n => n?.ToString() ?? "")],
            // What cannot be read endorses nothing.
            _ => [],
        };
    }
}

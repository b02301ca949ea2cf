using System.Net;
using Agents.Reasoning;
using Agents.Server.Channels;

namespace Agents.Server;

/// <summary>Checks the configuration as a whole, before anything listens.</summary>
internal static class ServerOptionsReview
{
    public static void Check(ServerOptions options)
    {
        Range("MaxBodyBytes", options.MaxBodyBytes, 1024, 1L << 30);
        Range("MaxJsonDepth", options.MaxJsonDepth, 4, 512);
        Range("MaxMessages", options.MaxMessages, 1, 1_000_000);
        Range("HeartbeatSeconds", options.HeartbeatSeconds, 0.1, 600);
        Range("SyncSeconds", options.SyncSeconds, 0, 86_400);
        Range("ShutdownSeconds", options.ShutdownSeconds, 0, 3600);
        Range("MaxBackgroundJobs", options.MaxBackgroundJobs, 1, 10_000);
        Check("Limits", options.Limits);
        Check(options.Mcp);
        CheckKeys(options.Keys);
        if (options.Entra is { } entra)
            CheckEntra(entra);
        CheckModels(options);
        if (options.Channel is { } channel)
        {
            ChannelOptionsReview.Check(channel, options);
            Check("Channel:Limits", channel.Limits);
        }

        foreach (string url in options.Urls)
            CheckUrl(url, options.Keys.Count > 0 || options.Entra is not null);
    }

    /// <summary>Whether an address reaches this machine alone.</summary>
    public static bool IsLoopback(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out Uri? address)
        && (string.Equals(address.Host, "localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(address.Host.Trim('[', ']'), out IPAddress? ip) && IPAddress.IsLoopback(ip)));

    private static void CheckUrl(string url, bool hasKeys)
    {
        // "http://*:80" and "http://+:80" are addresses to the web server, not to Uri.
        string shown = url.Replace("//*", "//0.0.0.0", StringComparison.Ordinal).Replace("//+", "//0.0.0.0", StringComparison.Ordinal);
        if (!Uri.TryCreate(shown, UriKind.Absolute, out Uri? address) || address.Scheme != Uri.UriSchemeHttp)
            throw new ServerOptionsException($"Agents:Urls: '{url}' is no address of the form http://HOST:PORT. For https put a proxy before the server.");
        if (!hasKeys && !IsLoopback(shown))
            throw new ServerOptionsException($"Agents:Urls: '{url}' is open to other machines, and no API key is configured. Set AGENTS_SERVER_KEY, Agents:Keys or Agents:Entra, or listen on http://127.0.0.1:PORT.");
    }

    private static void CheckKeys(IReadOnlyList<ApiKeyOptions> keys)
    {
        foreach ((int i, ApiKeyOptions key) in keys.Index())
        {
            if (string.IsNullOrWhiteSpace(key.Name))
                throw new ServerOptionsException($"Agents:Keys:{i}:Name is missing: the caller's name.");
            if (key.Sha256.Length != 64 || !key.Sha256.All(char.IsAsciiHexDigit))
                throw new ServerOptionsException($"Agents:Keys:{i}:Sha256 of '{key.Name}' must be the SHA-256 of the key, 64 hexadecimal digits; the key itself does not belong into the configuration.");
            if (key.Name.StartsWith(EntraTokens.NamePrefix, StringComparison.Ordinal))
                throw new ServerOptionsException($"Agents:Keys:{i}:Name must not begin with '{EntraTokens.NamePrefix}': so are callers named who come with a token.");
            if (keys.Take(i).Any(k => k.Name == key.Name))
                throw new ServerOptionsException($"Agents:Keys: the name '{key.Name}' stands there twice.");
            if (key.Limits is { } limits)
                Check($"Keys:{i}:Limits", limits);
        }
    }

    private static void CheckEntra(EntraOptions entra)
    {
        // Whoever can answer in the authority's place decides who is let in: only this machine may go without TLS.
        if (entra.Authority is not { IsAbsoluteUri: true } authority || !(authority.Scheme == Uri.UriSchemeHttps || (authority.Scheme == Uri.UriSchemeHttp && authority.IsLoopback)))
            throw new ServerOptionsException("Agents:Entra:Authority must be the issuer's https address, such as https://login.microsoftonline.com/TENANT/v2.0.");
        if (string.IsNullOrWhiteSpace(entra.Audience))
            throw new ServerOptionsException("Agents:Entra:Audience is missing: the application id that tokens must be made for.");
        if (string.IsNullOrWhiteSpace(entra.Role))
            throw new ServerOptionsException("Agents:Entra:Role is missing: the app role or scope that a token must carry. Without one, any application of the tenant could get a token.");
        if (entra.Limits is { } limits)
            Check("Entra:Limits", limits);
    }

    private static void CheckModels(ServerOptions options)
    {
        if (options.Models.Count == 0)
            throw new ServerOptionsException("No model is named: say --model NAME=M, such as --model small=openai:MODEL@URL, or Agents:Models in the configuration. (This build carries no model of its own.)");
        foreach ((string name, ServedModelOptions model) in options.Models)
        {
            if (name.Length is 0 or > 200 || name.Any(c => char.IsControl(c) || char.IsWhiteSpace(c)))
                throw new ServerOptionsException($"Agents:Models: '{name}' cannot be a model's name: 1 to 200 characters, without spaces.");
            if (model.Spec.Length == 0)
                throw new ServerOptionsException($"Agents:Models:{name}:Spec is missing, such as openai:MODEL@URL.");
            if (model.InputPrice is null != model.OutputPrice is null || model.InputPrice < 0 || model.OutputPrice < 0)
                throw new ServerOptionsException($"Agents:Models:{name} needs InputPrice and OutputPrice together, both 0 or more.");
            foreach ((string role, string player) in model.Roles)
            {
                if (!options.Models.ContainsKey(player))
                    throw new ServerOptionsException($"Agents:Models:{name}:Roles:{role} is '{player}', which is no name among Agents:Models.");
            }
        }

        bool limitsCost = options.Limits.MaxCost is not null || options.Keys.Any(k => k.Limits?.MaxCost is not null);
        if (limitsCost && options.Models.FirstOrDefault(m => m.Value.InputPrice is null) is { Key: { } unpriced })
            throw new ServerOptionsException($"A MaxCost is set, but Agents:Models:{unpriced} has no InputPrice and OutputPrice.");
    }

    private static void Check(McpOptions mcp)
    {
        Range("Mcp:StateSeconds", mcp.StateSeconds, 1, 86_400);
        Range("Mcp:MaxStateBytes", mcp.MaxStateBytes, 4096, 1 << 24);
        Range("Mcp:MaxRounds", mcp.MaxRounds, 1, 1000);
        if (mcp.SigningKey is { Length: < 32 })
            throw new ServerOptionsException("Agents:Mcp:SigningKey must have 32 characters or more: take a random one, such as from `openssl rand -hex 32`.");
        if (mcp.Strategy is { } strategy && !StrategyCatalogue.Descriptions.Any(d => string.Equals(d.Name, strategy, StringComparison.OrdinalIgnoreCase)))
            throw new ServerOptionsException($"Agents:Mcp:Strategy is '{strategy}', which is none of {string.Join(", ", StrategyCatalogue.Descriptions.Select(d => d.Name))}.");
        foreach (string origin in mcp.AllowedOrigins)
        {
            if (!Uri.TryCreate(origin, UriKind.Absolute, out Uri? page) || page.GetLeftPart(UriPartial.Authority) != origin)
                throw new ServerOptionsException($"Agents:Mcp:AllowedOrigins: '{origin}' is no origin of the form https://HOST[:PORT].");
        }
    }

    private static void Check(string place, CallerLimits limits)
    {
        Range($"{place}:MaxSamples", limits.MaxSamples, 1, 1000);
        Range($"{place}:MaxCalls", limits.MaxCalls, 1, 1_000_000);
        Range($"{place}:MaxTokens", limits.MaxTokens ?? 1, 1, long.MaxValue);
        Range($"{place}:MaxSeconds", limits.MaxSeconds, 0.001, 86_400);
        Range($"{place}:MaxCost", (double)(limits.MaxCost ?? 1), 0, 1e9);
        Range($"{place}:MaxConcurrency", limits.MaxConcurrency, 1, 100_000);
        Range($"{place}:TokensPerMinute", limits.TokensPerMinute ?? 1, 1, long.MaxValue);
        Range($"{place}:MaxJobs", limits.MaxJobs, 1, 1_000_000);
    }

    private static void Range(string name, double value, double min, double max)
    {
        if (!(value >= min && value <= max))
            throw new ServerOptionsException(FormattableString.Invariant($"Agents:{name} is {value}; it must be {min} to {max}."));
    }
}

using Agents.Reasoning;

namespace Agents.Server.Channels;

/// <summary>Checks the channel's configuration before anything listens.</summary>
internal static class ChannelOptionsReview
{
    public static void Check(ChannelOptions channel, ServerOptions server)
    {
        CheckIdentity(channel, server);
        CheckModel("Model", channel.Model, server);
        if (channel.Model is null && server.Models.Count > 1)
            throw Wrong("Model", $"is missing: one of {string.Join(", ", server.Models.Keys.Order(StringComparer.Ordinal))}");
        CheckStrategy("Strategy", channel.Strategy);
        foreach ((int i, string name) in channel.SelectableStrategies.Index())
            CheckStrategy($"SelectableStrategies:{i}", name);
        if (channel.OnReject is { } second)
        {
            CheckModel("OnReject:Model", second.Model, server);
            CheckStrategy("OnReject:Strategy", second.Strategy ?? "");
        }

        Range("MaxConversations", channel.MaxConversations, 1, 1_000_000);
        Range("MaxTurns", channel.MaxTurns, 0, 1000);
        Range("MaxTurnCharacters", channel.MaxTurnCharacters, 1, 1_000_000);
        Range("PaceSeconds", channel.PaceSeconds, 0.01, 30);
        Range("UpdateSeconds", channel.UpdateSeconds, channel.PaceSeconds, 45);
        Range("StreamSeconds", channel.StreamSeconds, 1, 105);
        foreach (string url in channel.ServiceUrls)
            CheckAddress("ServiceUrls", url);
        CheckAddress("MetadataAddress", channel.MetadataAddress);
        if (channel.TokenEndpoint is { } endpoint)
            CheckAddress("TokenEndpoint", endpoint);
    }

    private static void CheckIdentity(ChannelOptions channel, ServerOptions server)
    {
        if (channel.AllowAnonymous == channel.AppId is not null)
            throw Wrong("AppId", "and AllowAnonymous exclude each other, and one is needed: the agent's application id, or AllowAnonymous for the Agents Playground on this machine");
        if (channel.AppId is { } id && !Guid.TryParse(id, out _))
            throw Wrong("AppId", $"is '{id}', which is no GUID");
        if (channel.TenantId is { } tenant && !Guid.TryParse(tenant, out _))
            throw Wrong("TenantId", $"is '{tenant}', which is no GUID");
        if (channel.AllowAnonymous && server.Urls.FirstOrDefault(u => !ServerOptionsReview.IsLoopback(u)) is { } open)
            throw Wrong("AllowAnonymous", $"is set, but the server listens on {open}: without tokens it may listen on this machine alone");
    }

    private static void CheckModel(string name, string? model, ServerOptions server)
    {
        if (model is not null && !server.Models.ContainsKey(model))
            throw Wrong(name, $"is '{model}', which is no name among Agents:Models");
    }

    private static void CheckStrategy(string name, string strategy)
    {
        if (strategy.Length > 0 && !StrategyCatalogue.Descriptions.Any(d => d.Name == strategy))
            throw Wrong(name, $"is '{strategy}', which is no strategy; there are {string.Join(", ", StrategyCatalogue.Descriptions.Select(d => d.Name))}");
    }

    private static void CheckAddress(string name, string address)
    {
        bool isUsable = Uri.TryCreate(address, UriKind.Absolute, out Uri? url) && url.UserInfo.Length == 0
            && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback));
        if (!isUsable)
            throw Wrong(name, $"has '{address}', which is no https address (http is for this machine alone)");
    }

    private static void Range(string name, double value, double min, double max)
    {
        if (!(value >= min && value <= max))
            throw Wrong(name, FormattableString.Invariant($"is {value}; it must be {min} to {max}"));
    }

    private static ServerOptionsException Wrong(string name, string what) => new($"Agents:Channel:{name} {what}.");
}

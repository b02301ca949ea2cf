using System.Text.Json;
using Agents.Testing;

namespace Agents.Server.Tests.Channels;

/// <summary>A server with a channel, and the channel's other side.</summary>
public sealed class ChannelServer : IAsyncDisposable
{
    /// <summary>The agent's application id.</summary>
    public const string AppId = "5e1f7a52-0c5b-4c8e-9a4e-3f6f0f1a2b3c";

    /// <summary>The agent's secret.</summary>
    public const string Secret = "canary-agent-secret-77aa";

    private ChannelServer(RunningServer server, ChannelPeer peer, TimeProvider? time)
    {
        Server = server;
        Peer = peer;
        Time = time ?? TimeProvider.System;
    }

    /// <summary>The server.</summary>
    public RunningServer Server { get; }

    /// <summary>The other side.</summary>
    public ChannelPeer Peer { get; }

    /// <summary>The server's clock.</summary>
    public TimeProvider Time { get; }

    /// <summary>Starts both.</summary>
    /// <param name="change">Changes the channel's options; null for none.</param>
    /// <param name="isAnonymous">Whether no tokens are needed.</param>
    /// <param name="time">The clock; null for the system's.</param>
    public static async Task<ChannelServer> StartAsync(Func<ChannelOptions, ChannelOptions>? change = null, bool isAnonymous = true, TimeProvider? time = null)
    {
        ChannelPeer peer = await ChannelPeer.StartAsync();
        var options = new ChannelOptions
        {
            AllowAnonymous = isAnonymous,
            AppId = isAnonymous ? null : AppId,
            Strategy = "self-consistency",
            Samples = 5,
            PaceSeconds = 0.05,
            UpdateSeconds = 30,
            Issuer = "https://issuer.test",
            MetadataAddress = peer.MetadataAddress,
            TokenEndpoint = peer.TokenEndpoint,
            ServiceUrls = isAnonymous ? [] : [peer.Url],
        };
        RunningServer server = await RunningServer.StartAsync(o => o with { Channel = (change ?? (c => c))(options) }, name => name == ChannelOptions.SecretVariable ? Secret : null, time);
        return new ChannelServer(server, peer, time);
    }

    /// <summary>Sends an activity.</summary>
    /// <param name="activity">The activity.</param>
    /// <param name="token">The token; null for none.</param>
    public async Task<(int Status, JsonElement Body)> PostAsync(string activity, string? token = null)
    {
        (int status, JsonElement body, HttpResponseMessage response) = await Server.PostAsync("/api/messages", activity, token is null ? [] : [("Authorization", "Bearer " + token)]);
        response.Dispose();
        return (status, body);
    }

    /// <summary>A message of a person.</summary>
    /// <param name="text">What is said.</param>
    /// <param name="id">The activity's id; null for a new one.</param>
    /// <param name="kind">The kind of conversation.</param>
    /// <param name="more">Further fields, as JSON, beginning with a comma.</param>
    public string Message(string text, string? id = null, string kind = "personal", string more = "") =>
        $$"""
        {"type":"message","id":"{{id ?? Guid.NewGuid().ToString("N")}}","channelId":"msteams","serviceUrl":"{{Peer.Url}}","text":{{JsonSerializer.Serialize(text)}},
         "from":{"id":"user-1","name":"Ada"},"recipient":{"id":"bot-1","name":"Agent"},"conversation":{"id":"conv:{{kind}}/1","conversationType":"{{kind}}"}{{more}}}
        """;

    /// <summary>A press of a card's button.</summary>
    public string Press(string verb, string data, string kind = "personal") =>
        $$$"""
        {"type":"invoke","name":"adaptiveCard/action","id":"{{{Guid.NewGuid():N}}}","channelId":"msteams","serviceUrl":"{{{Peer.Url}}}","from":{"id":"user-1"},"recipient":{"id":"bot-1"},
         "conversation":{"id":"conv:{{{kind}}}/1","conversationType":"{{{kind}}}"},"value":{"action":{"type":"Action.Execute","verb":"{{{verb}}}","data":{{{data}}}},"trigger":"manual"}}
        """;

    /// <summary>The id of the answer on a card.</summary>
    public static string AnswerOn(JsonElement card) =>
        card.GetProperty("actions").EnumerateArray().First(a => a.TryGetProperty("verb", out _)).GetProperty("data").GetProperty("answer").GetString()!;

    /// <summary>A clock that a test moves, if the server has one.</summary>
    public ManualClock Clock => (ManualClock)Time;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await Peer.DisposeAsync();
    }
}

using System.Text.Json.Nodes;

namespace Agents.Server.Channels;

/// <summary>
/// Where the replies to one activity go: through the Connector; or, for a sender that expects them in the answer to its own request, into
/// that answer for as long as it is open, and through the Connector afterwards. Thread-safe.
/// </summary>
internal sealed class Replies(ChannelConnector connector, Activity to)
{
    private readonly Lock gate = new();
    private readonly TaskCompletionSource released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private List<JsonObject>? collected = to.ExpectsReplies ? [] : null;

    /// <summary>The activity that is answered.</summary>
    public Activity To => to;

    /// <summary>Whether a reply can be written while it is read.</summary>
    public bool CanStream => to is { IsPersonal: true, ExpectsReplies: false };

    /// <summary>Completes when nothing more is expected before the sender is answered.</summary>
    public Task Released => released.Task;

    /// <summary>Sends an update that may be lost.</summary>
    public Task<Sent> UpdateAsync(JsonObject activity, CancellationToken cancellationToken) =>
        Keep(activity) ? Task.FromResult(new Sent(200, null, "", null)) : connector.SendAsync(to, activity, cancellationToken);

    /// <summary>Sends a message that matters.</summary>
    public Task<Sent> SendAsync(JsonObject activity, CancellationToken cancellationToken) =>
        Keep(activity) ? Task.FromResult(new Sent(200, null, "", null)) : connector.SendSurelyAsync(to, activity, cancellationToken);

    /// <summary>The sender is to be answered now; what comes later is sent by itself.</summary>
    public void Release() => released.TrySetResult();

    /// <summary>What belongs into the sender's answer. Closes it.</summary>
    public IReadOnlyList<JsonObject> Take()
    {
        lock (gate)
        {
            IReadOnlyList<JsonObject> all = collected ?? [];
            collected = null;
            return all;
        }
    }

    private bool Keep(JsonObject activity)
    {
        lock (gate)
        {
            collected?.Add(activity);
            return collected is not null;
        }
    }
}

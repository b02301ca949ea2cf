using System.Text.Json.Serialization;

namespace Agents.Reasoning;

/// <summary>
/// A node of a search came to be, was scored, or changed its state. Events of one node add up: what is null says nothing new.
/// With those of the candidates they hold the whole tree, so that whoever has the events of a run can draw it.
/// </summary>
/// <param name="Node">The node's path in its search, such as <c>/step#0/step#2</c>: unique within the branch of the event.</param>
/// <param name="State">Where it stands now.</param>
public sealed record NodeChanged(string Node, NodeState State) : ReasoningEvent
{
    /// <summary>The path of the node before, empty for the root; null where it is known already.</summary>
    public string? Parent { get; init; }

    /// <summary>The kind of step.</summary>
    public string? Action { get; init; }

    /// <summary>The step as the model wrote it.</summary>
    public string? Text { get; init; }

    /// <summary>The score of the step, 0–1.</summary>
    public double? Score { get; init; }

    /// <summary>Why it was scored so, or why it was cut.</summary>
    public string? Reason { get; init; }

    /// <summary>Tokens reported for the call that wrote it, input and output.</summary>
    public long? Tokens { get; init; }

    /// <summary>Milliseconds from the request of that call to its delivery, on the run's clock.</summary>
    public double? Milliseconds { get; init; }

    /// <summary>The index of the candidate that ends here.</summary>
    public int? Candidate { get; init; }
}

/// <summary>Where a node of a search stands.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<NodeState>))]
public enum NodeState
{
    /// <summary>Written; the search may go on from it.</summary>
    [JsonStringEnumMemberName("open")] Open,

    /// <summary>The search went on from it.</summary>
    [JsonStringEnumMemberName("expanded")] Expanded,

    /// <summary>The search does not go on from it.</summary>
    [JsonStringEnumMemberName("cut")] Cut,

    /// <summary>A solution ends here.</summary>
    [JsonStringEnumMemberName("finished")] Finished,

    /// <summary>The solution that was chosen ends here.</summary>
    [JsonStringEnumMemberName("won")] Won,
}

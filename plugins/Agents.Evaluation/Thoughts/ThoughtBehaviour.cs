using System.Text.Json.Serialization;

namespace Agents.Evaluation;

/// <summary>What a sentence of a thought does besides going on. A sentence may do several.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ThoughtBehaviour>))]
public enum ThoughtBehaviour
{
    /// <summary>Tests a result that is there already: recomputes, substitutes back, compares with an estimate.</summary>
    [JsonStringEnumMemberName("verification")] Verification,

    /// <summary>Brings up another way, another reading or another case.</summary>
    [JsonStringEnumMemberName("exploration")] Exploration,

    /// <summary>Says what is to be worked out, in which order.</summary>
    [JsonStringEnumMemberName("planning")] Planning,

    /// <summary>Gives up the present line and goes back to an earlier point.</summary>
    [JsonStringEnumMemberName("backtracking")] Backtracking,

    /// <summary>Sees that something said before is wrong, and says what is right: the "aha".</summary>
    [JsonStringEnumMemberName("correction")] Correction,
}

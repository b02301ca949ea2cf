using System.Text.Json.Serialization;

namespace Agents.Reasoning;

/// <summary>One sample as a strategy sees it. A failed sample is an item too: <see cref="IsOk"/> is false.</summary>
/// <param name="Index">The sample's index among identical requests, from 0.</param>
/// <param name="Key">The key of its call.</param>
/// <param name="Outcome">What came back.</param>
public sealed record Sample(int Index, string Key, CallOutcome Outcome)
{
    /// <summary>True when the call succeeded.</summary>
    [JsonIgnore]
    public bool IsOk => Outcome.Failure is null;

    /// <summary>The generated text; empty when the call failed.</summary>
    [JsonIgnore]
    public string Text => Outcome.Text ?? "";

    /// <summary>Why the call failed, or null.</summary>
    [JsonIgnore]
    public CallFailure? Failure => Outcome.Failure;
}

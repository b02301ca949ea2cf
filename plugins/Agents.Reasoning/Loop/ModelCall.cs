using Microsoft.Extensions.AI;

namespace Agents.Reasoning;

/// <summary>A model call that a strategy requested: everything a host needs to make it.</summary>
/// <param name="Key">path | role | hash(role, options, messages) # occurrence. Unique in its run.</param>
/// <param name="Role">Which model plays: <c>solver</c>, <c>judge</c>, …</param>
/// <param name="Messages">The conversation to send.</param>
/// <param name="Options">How to sample; a budget may have lowered the cap on output tokens.</param>
/// <param name="Index">The occurrence among identical requests of the same branch, from 0; the sample index.</param>
/// <param name="Seed">A function of the run's seed and the key.</param>
/// <param name="PromptHash">Hash of role, options and messages: calls with equal hashes may be joined into one request.</param>
public sealed record ModelCall(string Key, string Role, IReadOnlyList<ChatMessage> Messages, SampleOptions Options, int Index, long Seed, string PromptHash)
{
    /// <summary>When this is a timer, the instant it is due on the run's clock; null for a model call.</summary>
    public DateTimeOffset? Due { get; init; }
}

using Agents.Reasoning;
using Microsoft.Extensions.AI;

namespace Agents.Models.OpenAI;

/// <summary>One request to make, whatever the number of choices.</summary>
/// <param name="Key">Sent as idempotency key, the same on every try.</param>
/// <param name="Messages">The conversation.</param>
/// <param name="Options">How to sample.</param>
/// <param name="Seed">The seed, or null for none.</param>
/// <param name="Choices">The number of choices asked for, at least 1.</param>
internal sealed record CompletionCall(string Key, IReadOnlyList<ChatMessage> Messages, SampleOptions Options, long? Seed, int Choices)
{
    /// <summary>Another model than the sampler's own, or null.</summary>
    public string? Model { get; init; }

    /// <summary>True for a stream of parts.</summary>
    public bool IsStream { get; init; }
}

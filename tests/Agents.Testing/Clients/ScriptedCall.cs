using Agents.Reasoning;
using Microsoft.Extensions.AI;

namespace Agents.Testing;

/// <summary>A sample asked of a scripted sampler.</summary>
/// <param name="Key">The call's key.</param>
/// <param name="Index">The sample's index among identical requests, from 0.</param>
/// <param name="Seed">The sample's seed.</param>
/// <param name="Messages">The conversation.</param>
/// <param name="Options">How to sample.</param>
/// <param name="Number">Its place in the order of the sampler's calls, from 1.</param>
public sealed record ScriptedCall(string Key, int Index, long Seed, IReadOnlyList<ChatMessage> Messages, SampleOptions Options, int Number)
{
    /// <summary>The text of the last user message; empty when there is none.</summary>
    public string Prompt => Messages.LastOrDefault(m => m.Role == ChatRole.User)?.Text ?? "";
}

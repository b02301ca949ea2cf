using Agents.Reasoning.Verifiers;
using Microsoft.Extensions.AI;

namespace Agents.Reasoning.Strategies;

/// <summary>The single calls of strategies that work on one draft.</summary>
internal static class Drafting
{
    /// <summary>Draws one solution as the next candidate of the run, whatever its index among identical requests.</summary>
    public static async Task<Candidate> DrawAsync(ReasoningContext context, Evidence evidence, IReadOnlyList<ChatMessage> messages, SampleOptions sampling)
    {
        Candidate? candidate = null;
        await foreach (Sample sample in context.SampleAsync(Roles.Solver, messages, sampling))
            candidate = evidence.Add(sample with { Index = evidence.Count });
        return candidate!;
    }

    /// <summary>A reply without its thinking; null when the call failed.</summary>
    public static async Task<string?> AskAsync(ReasoningContext context, string role, IReadOnlyList<ChatMessage> messages, SampleOptions sampling)
    {
        try
        {
            return ThinkingText.SetAside((await context.JudgeAsync(role, messages, sampling)).Text).Trim();
        }
        catch (ModelCallException)
        {
            return null;
        }
    }

    /// <summary>A candidate's solution as others are shown it: without its thinking, unless the thinking is the solution.</summary>
    public static string Shown(Candidate candidate) => SolutionText.Of(candidate).Trim();
}

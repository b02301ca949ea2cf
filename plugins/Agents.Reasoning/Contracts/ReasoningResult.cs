using Agents.Answers;

namespace Agents.Reasoning;

/// <summary>A run's answer with its certificate: candidates, votes, confidence, stop reason and what it cost.</summary>
public sealed record ReasoningResult
{
    /// <summary>The strategy that ran.</summary>
    public required string Strategy { get; init; }

    /// <summary>The answer, or null when none could be reached; <see cref="Failure"/> then says why.</summary>
    public Answer? Answer { get; init; }

    /// <summary>The candidate chosen, or null.</summary>
    public Candidate? Selected { get; init; }

    /// <summary>Every candidate, by index; failed samples are among them.</summary>
    public IReadOnlyList<Candidate> Candidates { get; init; } = [];

    /// <summary>The votes by equivalence class, heaviest first.</summary>
    public IReadOnlyList<VoteShare> Votes { get; init; } = [];

    /// <summary>Candidates that stated no answer.</summary>
    public int Abstentions { get; init; }

    /// <summary>How sure the strategy is of its answer, 0–1, or null when its method gives no such number.</summary>
    public double? Confidence { get; init; }

    /// <summary>Why the run ended.</summary>
    public required StopReason StopReason { get; init; }

    /// <summary>Why there is no answer, in the upstream's own words where it failed; null with an answer.</summary>
    public string? Failure { get; init; }

    /// <summary>What was observed on the way that a reader should know: emulated capabilities, fallbacks, lost samples.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The stages of a cascade or controller in the order in which they ran, with what each cost and why it was entered; empty for other strategies.</summary>
    // A result journaled before there were stages reads as one without any.
    public IReadOnlyList<CascadeStageUse> Stages { get; init => field = value ?? []; } = [];

    /// <summary>Calls and tokens of all inner calls. Filled in by the host.</summary>
    public RunUsage Usage { get; init; } = RunUsage.Zero;

    /// <summary>The longest chain of calls in which each waited for the one before. Filled in by the host.</summary>
    public int Rounds { get; init; }
}

/// <summary>The votes of one class of equivalent answers.</summary>
/// <param name="Answer">The representative, the first seen.</param>
/// <param name="Votes">The number of candidates.</param>
/// <param name="Weight">The sum of their weights.</param>
/// <param name="Candidates">Their indices, ascending.</param>
public sealed record VoteShare(Answer Answer, int Votes, double Weight, IReadOnlyList<int> Candidates);

/// <summary>What a stage of a cascade or controller came to.</summary>
/// <param name="Role">The role whose model solved.</param>
/// <param name="IsAnswer">True for the stage whose answer is the result's.</param>
/// <param name="Evidence">How strong the evidence for its answer was, 0–1, or null: it had no answer, or nothing to tell.</param>
/// <param name="ModelCalls">Calls of the stage, judging included.</param>
/// <param name="Tokens">Tokens reported, input and output.</param>
/// <param name="Cost">Money, where the role's price is declared; else 0.</param>
public sealed record CascadeStageUse(string Role, bool IsAnswer, double? Evidence, long ModelCalls, long Tokens, decimal Cost)
{
    /// <summary>The stage's name, where its role does not tell it apart: a round, a search.</summary>
    public string? Name { get; init; }

    /// <summary>Why the stage was entered; null where the strategy has no choice.</summary>
    public string? Why { get; init; }
}

/// <summary>What a run used, summed over all inner calls.</summary>
/// <param name="ModelCalls">Calls made.</param>
/// <param name="InputTokens">Prompt tokens reported.</param>
/// <param name="OutputTokens">Generated tokens reported.</param>
/// <param name="CachedInputTokens">Prompt tokens that were served from a cache, as reported.</param>
/// <param name="ReasoningTokens">Thinking tokens among the output, as reported.</param>
/// <param name="UnreportedCalls">Calls whose usage is unknown: the model reported none, the call failed, or it was cancelled.</param>
/// <param name="FailedCalls">Calls that failed.</param>
/// <param name="AbandonedCalls">Calls the strategy no longer needed: cancelled where they were running.</param>
/// <param name="Cost">Money, where prices are known; else 0.</param>
public sealed record RunUsage(long ModelCalls, long InputTokens, long OutputTokens, long CachedInputTokens = 0, long ReasoningTokens = 0, long UnreportedCalls = 0, long FailedCalls = 0, long AbandonedCalls = 0, decimal Cost = 0)
{
    /// <summary>Nothing used.</summary>
    public static RunUsage Zero { get; } = new(0, 0, 0);
}

namespace Agents.Reasoning;

/// <summary>Events in words, for people who watch a run.</summary>
public static class ProgressText
{
    /// <summary>One line, or null for events that are not worth one.</summary>
    public static string? Of(ReasoningEvent happened) => happened switch
    {
        RunStarted { Replayed: > 0 } started => $"{started.Strategy}: resuming after {started.Replayed} journaled calls",
        RunStarted started => $"{started.Strategy}: starting",
        StageStarted { Planned: > 0 } stage => $"{stage.Stage}: {stage.Planned} calls",
        StageStarted stage => $"{stage.Stage}",
        VoteChanged { Leader: { } leader } vote => $"{vote.Counted} of {vote.Planned} samples, {leader} leads with {vote.LeaderVotes}",
        VerdictReached { Verdict.Score: { } score } verdict => FormattableString.Invariant($"{verdict.Verdict.Verifier} gives candidate {verdict.Candidate} {score:0.00}"),
        VerdictReached verdict => $"{verdict.Verdict.Verifier} abstains on candidate {verdict.Candidate}",
        CallFinished { Outcome.Failure: { } failure } => $"a call failed: {failure.Message}",
        DecisionTaken decision => $"{decision.Decision}: {decision.Reason}",
        BudgetReached budget => $"limit reached: {budget.Limit}",
        NoteAdded note => note.Text,
        _ => null,
    };
}

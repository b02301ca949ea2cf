using System.Text.Json.Serialization;

namespace Agents.Reasoning;

/// <summary>
/// Something that happened in a run, for progress, traces and pictures. A closed family: the JSON <c>type</c> names the case.
/// Events are emitted only for what is new: a resumed run does not repeat those of its journal.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(RunStarted), "run_started")]
[JsonDerivedType(typeof(StageStarted), "stage_started")]
[JsonDerivedType(typeof(CallFinished), "call_finished")]
[JsonDerivedType(typeof(CandidateAdded), "candidate_added")]
[JsonDerivedType(typeof(VoteChanged), "vote_changed")]
[JsonDerivedType(typeof(VerdictReached), "verdict_reached")]
[JsonDerivedType(typeof(NodeChanged), "node_changed")]
[JsonDerivedType(typeof(DecisionTaken), "decision_taken")]
[JsonDerivedType(typeof(BudgetReached), "budget_reached")]
[JsonDerivedType(typeof(NoteAdded), "note_added")]
[JsonDerivedType(typeof(RunCompleted), "run_completed")]
public abstract record ReasoningEvent
{
    /// <summary>The branch it happened in; empty for the root.</summary>
    public string Path { get; init; } = "";

    /// <summary>When, in milliseconds since the Unix epoch on the run's clock.</summary>
    public long At { get; init; }
}

/// <summary>A run began or was resumed.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Strategy">The strategy.</param>
/// <param name="Replayed">Journaled calls that need not be asked again.</param>
public sealed record RunStarted(string RunId, string Strategy, int Replayed) : ReasoningEvent;

/// <summary>The strategy entered a stage.</summary>
/// <param name="Stage">Its name: sample, judge, select, …</param>
/// <param name="Planned">Calls planned in it.</param>
public sealed record StageStarted(string Stage, int Planned) : ReasoningEvent;

/// <summary>A model call ended.</summary>
/// <param name="Key">The call's key.</param>
/// <param name="Role">The role that was asked.</param>
/// <param name="Outcome">What came back.</param>
/// <param name="Milliseconds">How long it took, queueing included.</param>
public sealed record CallFinished(string Key, string Role, CallOutcome Outcome, double Milliseconds) : ReasoningEvent;

/// <summary>A candidate is there.</summary>
/// <param name="Candidate">The candidate.</param>
public sealed record CandidateAdded(Candidate Candidate) : ReasoningEvent;

/// <summary>The vote moved.</summary>
/// <param name="Leader">The leading answer, or null while everyone abstained.</param>
/// <param name="LeaderVotes">Its votes.</param>
/// <param name="Counted">Votes counted, abstentions excluded.</param>
/// <param name="Planned">Samples planned in all.</param>
public sealed record VoteChanged(string? Leader, int LeaderVotes, int Counted, int Planned) : ReasoningEvent;

/// <summary>A verifier judged a candidate.</summary>
/// <param name="Candidate">The candidate's index.</param>
/// <param name="Verdict">The verdict.</param>
public sealed record VerdictReached(int Candidate, Verdict Verdict) : ReasoningEvent;

/// <summary>A controller decided what to do next. It comes before the stage that follows from it.</summary>
/// <param name="Decision">What: stop, vote on, search, escalate, abstain, …</param>
/// <param name="Reason">Why, with the figures that it rests on.</param>
public sealed record DecisionTaken(string Decision, string Reason) : ReasoningEvent;

/// <summary>A limit was reached.</summary>
/// <param name="Limit">Which: one of the budget stop reasons.</param>
public sealed record BudgetReached(StopReason Limit) : ReasoningEvent;

/// <summary>Something a reader should know.</summary>
/// <param name="Text">What.</param>
public sealed record NoteAdded(string Text) : ReasoningEvent;

/// <summary>The run ended; the last event.</summary>
/// <param name="Result">The result.</param>
public sealed record RunCompleted(ReasoningResult Result) : ReasoningEvent;

using Agents.Answers;

namespace Agents.Reasoning.Strategies;

/// <summary>
/// The candidates of a run and the vote over them. Everything it says is a function of the set of candidates, not of the
/// order in which they arrived.
/// </summary>
internal sealed class Evidence(string strategy, ReasoningContext context, ReasoningRequest request)
{
    private readonly SortedDictionary<int, Candidate> candidates = [];
    private readonly List<string> notes = [];

    /// <summary>Samples planned in all, for progress.</summary>
    public int Planned { get; set; }

    /// <summary>The candidates so far, by index; failed samples are among them.</summary>
    public IReadOnlyList<Candidate> Candidates => [.. candidates.Values];

    /// <summary>How many candidates there are.</summary>
    public int Count => candidates.Count;

    /// <summary>The candidate of this index.</summary>
    public Candidate this[int index] => candidates[index];

    /// <summary>The vote over the candidates so far.</summary>
    public VoteTally Votes => VoteTally.Count(candidates.Values.Where(c => c.Sample.IsOk).Select(c => new Ballot(c.Index, c.Answer)), request.Equivalence);

    /// <summary>Takes a sample in: extracts its answer and reports where the vote stands.</summary>
    public Candidate Add(Sample sample) => Add(new Candidate(sample.Index, sample, request.Extractor.Extract(sample, request.ExpectedAnswer)));

    /// <summary>Takes a candidate in that has its answer already.</summary>
    public Candidate Add(Candidate candidate)
    {
        candidates.Add(candidate.Index, candidate);
        context.Report(new CandidateAdded(candidate));
        // A count after each of a thousand samples would cost more than it tells, and nothing at all where nobody watches.
        if (context.IsObserved && (candidates.Count <= 64 || candidates.Count % 16 == 0))
        {
            VoteTally votes = Votes;
            context.Report(new VoteChanged(votes.Leader?.Answer.Text, votes.Leader?.Count ?? 0, votes.Votes, Planned));
        }

        return candidate;
    }

    /// <summary>Takes a verdict on a candidate in, and reports it.</summary>
    /// <returns>The candidate with the verdict.</returns>
    public Candidate Judged(int index, Verdict verdict)
    {
        Candidate candidate = candidates[index];
        candidates[index] = candidate = candidate with { Verdicts = [.. candidate.Verdicts, verdict] };
        context.Report(new VerdictReached(index, verdict));
        return candidate;
    }

    /// <summary>The vote over the candidates so far, each with a weight of its own, at least 0.</summary>
    public VoteTally WeightedVotes(Func<Candidate, double> weight) =>
        VoteTally.Count(candidates.Values.Where(c => c.Sample.IsOk).Select(c => new Ballot(c.Index, c.Answer, weight(c))), request.Equivalence);

    /// <summary>The share of a vote that states the candidate's answer, 0–1; null without any vote.</summary>
    public static double? ShareOf(Candidate candidate, VoteTally votes) =>
        votes.Votes == 0 ? null : (double)(votes.Classes.FirstOrDefault(c => c.Voters.Contains(candidate.Index))?.Count ?? 0) / votes.Votes;

    /// <summary>The first candidate of a class of the vote, or null for none.</summary>
    public Candidate? FirstOf(VoteClass? votes) => votes is null ? null : candidates[votes.Voters[0]];

    /// <summary>Draws solutions and takes each in as it arrives.</summary>
    /// <param name="prompt">How a solution is asked for.</param>
    /// <param name="temperature">The strategy's own temperature, where the request sets none.</param>
    /// <param name="count">How many.</param>
    public async Task DrawAsync(SolutionPrompt prompt, double? temperature, int count)
    {
        context.Report(new StageStarted("sample", count));
        await foreach (Sample sample in context.SampleAsync(Roles.Solver, prompt.Render(request), prompt.Options(request, temperature), count))
            Add(sample);
    }

    /// <summary>Adds something a reader of the result should know.</summary>
    public void Note(string text)
    {
        notes.Add(text);
        context.Report(new NoteAdded(text));
    }

    /// <summary>The vote's result.</summary>
    public ReasoningResult ConcludeByVote(StopReason reason, double? confidence = null)
    {
        VoteTally votes = Votes;
        Candidate? selected = votes.Leader is { } leader ? candidates[leader.Voters[0]] : null;
        return Conclude(selected, reason, confidence ?? (selected is null ? null : votes.LeaderShare), votes);
    }

    /// <summary>The result with this candidate chosen; null for none.</summary>
    public ReasoningResult Conclude(Candidate? selected, StopReason reason, double? confidence, VoteTally? votes = null)
    {
        votes ??= Votes;
        bool isAnswered = selected?.Answer is not null;
        int failed = candidates.Values.Count(c => !c.Sample.IsOk);
        if (failed > 0 && isAnswered && context.Budget.Reached is null)
            notes.Add($"{failed} of {candidates.Count} samples failed: {Reasons()}");
        NoteMetadata(OutcomeMetadata.Emulated, "emulated");
        NoteMetadata(OutcomeMetadata.Omitted, "refused by the upstream and left out");
        NoteMetadata(OutcomeMetadata.OutsideDomain, "outside this model's domain");
        return new ReasoningResult
        {
            Strategy = strategy,
            Answer = selected?.Answer,
            Selected = selected,
            Candidates = Candidates,
            Votes = [.. votes.Classes.Select(c => new VoteShare(c.Answer, c.Count, c.Weight, c.Voters))],
            Abstentions = votes.Abstentions,
            Confidence = isAnswered ? confidence : null,
            StopReason = isAnswered ? Honest(reason) : Unanswered(failed),
            Failure = isAnswered ? null : WhyUnanswered(failed),
            Notes = [.. notes],
        };
    }

    private void NoteMetadata(string name, string happened)
    {
        foreach (IGrouping<string, Candidate> same in candidates.Values.Where(c => c.Sample.Outcome.Metadata.ContainsKey(name)).GroupBy(c => c.Sample.Outcome.Metadata[name]).OrderBy(g => g.Key, StringComparer.Ordinal))
            notes.Add($"{same.Key} was {happened} for {same.Count()} of {candidates.Count} samples.");
    }

    // A strategy that ended because enough was known keeps its reason; one that merely ran out, or fell back after running out, says so.
    private StopReason Honest(StopReason reason) => reason is StopReason.Completed or StopReason.Fallback ? context.Budget.Reached ?? reason : reason;

    private StopReason Unanswered(int failed) =>
        failed < candidates.Count ? StopReason.NoAnswer : context.Budget.Reached ?? StopReason.AllCallsFailed;

    private string WhyUnanswered(int failed) =>
        failed < candidates.Count ? $"None of {candidates.Count - failed} samples states an answer."
        : candidates.Count == 0 ? "No sample was drawn."
        : $"All {failed} samples failed: {Reasons()}";

    private string Reasons() => string.Join(" | ", candidates.Values
        .Where(c => !c.Sample.IsOk)
        .Select(c => c.Sample.Failure!.Message)
        .Distinct(StringComparer.Ordinal)
        .Take(3));
}

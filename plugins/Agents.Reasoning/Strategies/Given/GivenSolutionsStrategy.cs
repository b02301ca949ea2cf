using System.Globalization;
using Agents.Answers;
using Agents.Reasoning.Composition;

namespace Agents.Reasoning.Strategies;

/// <summary>
/// No solving: solutions that are there already are judged, all at once, and voted on. A vote of score s weighs 2s, one without
/// a score 1, so that without any score it is the plurality; ties go to the first. Calls: N·V. Critical path: V's. What a host
/// runs where verifying and voting are steps of their own; joined by <see cref="StrategyComposition.Refine"/> the chosen one is
/// the draft. The weighted vote: Li et al. 2023, arXiv:2206.02336.
/// </summary>
public sealed class GivenSolutionsStrategy : IReasoningStrategy
{
    private readonly IReadOnlyList<GivenSolution> solutions;
    private readonly IVerifier? verifier;

    /// <summary>Creates the strategy.</summary>
    /// <param name="solutions">The solutions, at least one; a candidate's index is its place here.</param>
    /// <param name="verifier">Judges them, besides the scores that they bring; null for those alone.</param>
    /// <exception cref="ArgumentException">There is no solution, or a score outside 0–1.</exception>
    public GivenSolutionsStrategy(IReadOnlyList<GivenSolution> solutions, IVerifier? verifier = null)
    {
        ArgumentNullException.ThrowIfNull(solutions);
        if (solutions.Count == 0)
            throw new ArgumentException("At least one solution is needed.", nameof(solutions));
        if (solutions.FirstOrDefault(s => s.Score is not (null or (>= 0 and <= 1))) is { } outside)
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"A score is 0 to 1, not {outside.Score}."), nameof(solutions));
        this.solutions = [.. solutions];
        this.verifier = verifier;
        Fingerprint = $"{About.Name}/1|{PromptHash.Of(string.Join('\0', solutions.Select(s => FormattableString.Invariant($"{s.Answer}\u0001{s.Score}\u0001{s.Text}"))))}|{verifier?.Fingerprint}";
    }

    /// <summary>What the strategy is.</summary>
    public static StrategyDescription About { get; } = new("given-solutions", "Judges given solutions and takes the answer with the most score.", "N·V", "V", "Li et al. 2023, arXiv:2206.02336");

    /// <inheritdoc/>
    public StrategyDescription Description => About;

    /// <inheritdoc/>
    public string Fingerprint { get; }

    /// <inheritdoc/>
    public async Task<ReasoningResult> RunAsync(ReasoningContext context, ReasoningRequest request)
    {
        var evidence = new Evidence(About.Name, context, request) { Planned = solutions.Count };
        Candidate[] candidates = [.. solutions.Select((s, i) => evidence.Add(CandidateOf(s, i, request)))];
        IVerifier? judge = ExactFirst.Of(request, verifier);
        if (judge is not null)
        {
            context.Report(new StageStarted("judge", candidates.Length));
            // All are asked for before the first is awaited.
            Task<Verdict>[] verdicts = [.. candidates.Where(c => c.Answer is not null).Select(c => VerifiedSampling.VerdictAsync(judge, context.Branch($"candidate{c.Index}"), request, c))];
            foreach ((Candidate candidate, Task<Verdict> verdict) in candidates.Where(c => c.Answer is not null).Zip(verdicts))
                evidence.Judged(candidate.Index, await verdict);
        }

        VoteTally votes = evidence.WeightedVotes(c => 2 * VerdictScore.OrPrior(c));
        return evidence.Conclude(evidence.FirstOf(votes.Leader), StopReason.Completed, votes.Leader is null ? null : votes.LeaderShare, votes);
    }

    private static Candidate CandidateOf(GivenSolution solution, int index, ReasoningRequest request)
    {
        var sample = new Sample(index, string.Create(CultureInfo.InvariantCulture, $"given{index}"), CallOutcome.FromText(solution.Text ?? solution.Answer ?? ""));
        Answer? answer = solution.Answer is { } stated ? Answer.Parse(stated, request.ExpectedAnswer) : request.Extractor.Extract(sample, request.ExpectedAnswer);
        return new Candidate(index, sample, answer) { Verdicts = solution.Score is { } score ? [new Verdict("given", score)] : [] };
    }
}

/// <summary>A solution that is there already.</summary>
/// <param name="Text">The solution; null where only its answer is known.</param>
/// <param name="Answer">Its answer; null to read it from the text.</param>
/// <param name="Score">What it was scored, 0–1; null for no score.</param>
public sealed record GivenSolution(string? Text, string? Answer = null, double? Score = null);

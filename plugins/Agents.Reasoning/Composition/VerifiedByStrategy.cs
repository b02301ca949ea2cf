using Agents.Reasoning.Strategies;

namespace Agents.Reasoning.Composition;

/// <summary>
/// A strategy whose answer is verified: the answer is judged, and where the verdict rejects it the answer with the next most votes
/// is, until one is not rejected. Calls: those of the strategy, and V for each answer judged. Critical path: the same.
/// Inference-time verification of samples: Cobbe et al. 2021, arXiv:2110.14168.
/// </summary>
/// <remarks>
/// An abstention is no objection: the answer stands, but is not called verified. Where all are rejected, the one with the
/// highest score is the answer, ties to the earlier, and the result says that nothing was verified. With an exact check the
/// result is right whenever one of the answers judged is. A checker of the request's comes before the verifier.
/// </remarks>
/// <param name="inner">The strategy.</param>
/// <param name="verifier">Judges its answers.</param>
/// <param name="options">Its options; null for the defaults.</param>
public sealed class VerifiedByStrategy(IReasoningStrategy inner, IVerifier verifier, VerifiedByOptions? options = null) : IReasoningStrategy
{
    private readonly VerifiedByOptions options = Valid(options ?? new());

    /// <inheritdoc/>
    public StrategyDescription Description { get; } = inner.Description with
    {
        Name = $"{inner.Description.Name}!{verifier.Name}",
        Idea = $"{inner.Description.Name}; its answer is judged by {verifier.Name}, and the next one where it is rejected.",
        Calls = $"{inner.Description.Calls} + ≤ A·V",
        CriticalPath = $"{inner.Description.CriticalPath} + ≤ A·V",
    };

    /// <inheritdoc/>
    public string Fingerprint => FormattableString.Invariant($"verified({inner.Fingerprint}|{verifier.Fingerprint}|{options.Accept}|{options.MaxAnswers})");

    /// <inheritdoc/>
    public async Task<ReasoningResult> RunAsync(ReasoningContext context, ReasoningRequest request)
    {
        ReasoningResult result = await inner.RunAsync(context, request) with { Strategy = Description.Name };
        if (result.Selected is not { Answer: not null })
            return result;
        IVerifier judge = ExactFirst.Of(request, verifier)!;
        context.Report(new StageStarted("verify", 1));
        var judged = new List<(Candidate Candidate, Verdict Verdict)>();
        foreach (Candidate candidate in Answers(result).Take(options.MaxAnswers))
        {
            Verdict verdict = await VerifiedSampling.VerdictAsync(judge, context.Branch($"verify{candidate.Index}"), request, candidate);
            context.Report(new VerdictReached(candidate.Index, verdict));
            judged.Add((candidate with { Verdicts = [.. candidate.Verdicts, verdict] }, verdict));
            if (verdict.Score is null || verdict.Score >= options.Accept)
                return Chosen(result, judged, judged.Count - 1);
        }

        int best = Enumerable.Range(0, judged.Count).MaxBy(i => judged[i].Verdict.Score);
        return Chosen(result, judged, best);
    }

    /// <summary>The result's own choice, then the first candidate of every other answer, most votes first.</summary>
    private static IEnumerable<Candidate> Answers(ReasoningResult result)
    {
        Candidate selected = result.Selected!;
        var byIndex = result.Candidates.ToDictionary(c => c.Index);
        return
        [
            selected,
            .. result.Votes.Where(v => !v.Candidates.Contains(selected.Index) && v.Answer.Canonical != selected.Answer!.Canonical)
                .Select(v => byIndex.GetValueOrDefault(v.Candidates[0])).OfType<Candidate>(),
        ];
    }

    private ReasoningResult Chosen(ReasoningResult result, List<(Candidate Candidate, Verdict Verdict)> judged, int chosen)
    {
        (Candidate candidate, Verdict verdict) = judged[chosen];
        Dictionary<int, Candidate> seen = judged.ToDictionary(j => j.Candidate.Index, j => j.Candidate);
        bool isVerified = verdict.Score >= options.Accept;
        return result with
        {
            Answer = candidate.Answer,
            Selected = candidate,
            Candidates = [.. result.Candidates.Select(c => seen.GetValueOrDefault(c.Index, c))],
            Confidence = verdict.Score ?? (chosen == 0 ? result.Confidence : null),
            StopReason = isVerified ? StopReason.Verified : result.StopReason == StopReason.Verified ? StopReason.Completed : result.StopReason,
            Notes = [.. result.Notes, .. Said(judged, chosen, isVerified)],
        };
    }

    private static IEnumerable<string> Said(List<(Candidate Candidate, Verdict Verdict)> judged, int chosen, bool isVerified)
    {
        (Candidate candidate, Verdict verdict) = judged[chosen];
        if (verdict.Score is null)
            yield return $"The verifier abstained, so the answer stands unverified: {verdict.Rationale ?? "no reason given"}";
        else if (!isVerified)
            yield return $"All {judged.Count} answers judged were rejected; the answer is the one with the highest score.";
        if (chosen > 0)
            yield return $"{judged[0].Candidate.Answer!.Text} was rejected; {candidate.Answer!.Text} was taken instead.";
    }

    private static VerifiedByOptions Valid(VerifiedByOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.Accept, "Accept");
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Accept, 1, "Accept");
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxAnswers, 1, "MaxAnswers");
        return options;
    }
}

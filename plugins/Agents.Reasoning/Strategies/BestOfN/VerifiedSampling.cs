using Microsoft.Extensions.AI;

namespace Agents.Reasoning.Strategies;

/// <summary>
/// Draws solutions and has each judged as soon as it arrives, so that sampling and judging overlap fully: n candidates with
/// k judge calls each take 1 + (the verifier's critical path) rounds. A candidate is judged in the branch
/// <c>candidate{index}</c>; one without an answer is not judged, since it cannot be chosen.
/// </summary>
/// <param name="context">Where the calls are made.</param>
/// <param name="request">The question.</param>
/// <param name="evidence">Takes the candidates in.</param>
/// <param name="verifier">Judges them; null for none.</param>
/// <param name="role">Who solves.</param>
/// <param name="first">The index of the first candidate drawn.</param>
internal sealed class VerifiedSampling(ReasoningContext context, ReasoningRequest request, Evidence evidence, IVerifier? verifier, string role = Roles.Solver, int first = 0)
{
    private int requested = first;

    /// <summary>True where candidates are judged.</summary>
    public bool IsJudged => verifier is not null;

    /// <summary>
    /// Yields each candidate when it arrives, and again when its verdict does. Leaving abandons the open samples and asks for
    /// no further verdicts.
    /// </summary>
    public async IAsyncEnumerable<Candidate> DrawAsync(IReadOnlyList<ChatMessage> messages, SampleOptions sampling, int count)
    {
        sampling = VerifierEvidence.Asked(context, verifier, sampling, role);
        using var leaving = new CancellationTokenSource();
        CancellationToken left = leaving.Token;
        try
        {
            Task<Candidate>[] arrivals = [.. Enumerable.Range(0, count).Select(_ => ArriveAsync(messages, sampling, left))];
            Task<Candidate>[] verdicts = verifier is null ? [] : [.. arrivals.Select(a => JudgeAsync(verifier, a, left))];
            await foreach (Candidate candidate in context.WhenEachAsync(arrivals.Concat(verdicts)))
                yield return candidate;
        }
        finally
        {
            leaving.Cancel();
        }
    }

    /// <summary>True while a verdict on this candidate is to come.</summary>
    public bool IsOpen(Candidate candidate) => verifier is not null && candidate.Answer is not null && candidate.Verdicts.Count == 0;

    /// <summary>Notes what a reader should know of the verdicts: that there was no verifier, or how many abstained and why.</summary>
    public void NoteAbstentions()
    {
        if (verifier is null)
        {
            evidence.Note("No verifier is set: the plurality decides.");
            return;
        }

        Verdict[] verdicts = [.. evidence.Candidates.SelectMany(c => c.Verdicts)];
        Verdict[] abstained = [.. verdicts.Where(v => v.Score is null)];
        if (abstained.Length > 0)
            evidence.Note($"{abstained.Length} of {verdicts.Length} verdicts abstained: {string.Join(" | ", abstained.Select(v => v.Rationale ?? "no reason given").Distinct(StringComparer.Ordinal).Take(3))}");
    }

    /// <summary>The verifier's verdict. A failed call of its costs the verdict, not the run; a score outside 0–1 is none.</summary>
    public static async Task<Verdict> VerdictAsync(IVerifier verifier, ReasoningContext context, ReasoningRequest request, Candidate candidate)
    {
        try
        {
            Verdict verdict = await verifier.VerifyAsync(context, request, candidate);
            return verdict.Score is null or (>= 0 and <= 1)
                ? verdict
                : verdict with { Score = null, Rationale = FormattableString.Invariant($"The score {verdict.Score} is outside 0 to 1.") };
        }
        catch (ModelCallException e)
        {
            return Verdict.Abstain(verifier.Name, e.Message);
        }
    }

    private async Task<Candidate> ArriveAsync(IReadOnlyList<ChatMessage> messages, SampleOptions sampling, CancellationToken left)
    {
        // Counted in the order of the requests, which all start before the first await.
        int index = requested++;
        Candidate? arrived = null;
        await foreach (Sample sample in context.SampleAsync(role, messages, sampling, 1, left))
            arrived = evidence.Add(sample with { Index = index });
        return arrived!;
    }

    private async Task<Candidate> JudgeAsync(IVerifier verifier, Task<Candidate> arrival, CancellationToken left)
    {
        Candidate candidate = await arrival;
        if (candidate.Answer is null)
            return candidate;
        Verdict verdict = await VerdictAsync(verifier, context.Until(left).Branch($"candidate{candidate.Index}"), request, candidate);
        left.ThrowIfCancellationRequested();
        return evidence.Judged(candidate.Index, verdict);
    }
}

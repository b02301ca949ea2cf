namespace Agents.Reasoning.Verifiers;

/// <summary>A verifier of whole solutions that is shown beginnings of them.</summary>
internal sealed class LiftedStepVerifier(IVerifier verifier) : IStepVerifier
{
    public string Name => verifier.Name;

    public string Fingerprint => verifier.Fingerprint;

    public EvidenceNeed LogProbabilities => verifier.LogProbabilities;

    public int Alternatives => verifier.Alternatives;

    public Task<Verdict> VerifyAsync(ReasoningContext context, ReasoningRequest request, Candidate candidate) => verifier.VerifyAsync(context, request, candidate);

    public Task<Verdict> VerifyStepAsync(ReasoningContext context, ReasoningRequest request, PartialSolution solution)
    {
        // Before the end the steps stand without tags: an unclosed thought is no solution to a verifier of whole ones. The tokens
        // are the last step's alone, not those of the text.
        string text = solution.IsComplete ? solution.Text : string.Join('\n', solution.Steps);
        Sample written = solution.Last with { Outcome = solution.Last.Outcome with { Text = text, LogProbabilities = [] } };
        return verifier.VerifyAsync(context, request, new Candidate(0, written, solution.Answer));
    }
}

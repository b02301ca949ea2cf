namespace Agents.Reasoning.Tests.Strategies;

/// <summary>A verifier that makes no call: its verdict is a function of the candidate; null abstains.</summary>
internal sealed class ScoreVerifier(Func<Candidate, double?> score) : IVerifier
{
    public string Name => "score";

    public string Fingerprint => "score/1";

    public Task<Verdict> VerifyAsync(ReasoningContext context, ReasoningRequest request, Candidate candidate) =>
        Task.FromResult(score(candidate) is { } given ? new Verdict(Name, given) { Rationale = $"Scored {given}." } : Verdict.Abstain(Name, "No opinion."));
}

using Agents.Reasoning.Strategies;

namespace Agents.Reasoning.Tests.Verifiers;

/// <summary>The least strategy that uses a verifier: sample, judge each candidate in a branch of its own, take the best score, ties to the lowest index.</summary>
internal sealed class VerifyEachStrategy(IVerifier verifier, int samples = 4) : IReasoningStrategy
{
    public StrategyDescription Description => new("verify-each", "Sample and verify.", "N + verifications", "2", "test");

    public string Fingerprint => $"verify-each/1|{samples}|{verifier.Fingerprint}";

    public async Task<ReasoningResult> RunAsync(ReasoningContext context, ReasoningRequest request)
    {
        var evidence = new Evidence("verify-each", context, request) { Planned = samples };
        var judging = new List<Task<(Candidate, Verdict)>>();
        await foreach (Sample sample in context.SampleAsync(Roles.Solver, SolutionPrompt.ZeroShot().Render(request), null, samples))
        {
            Candidate candidate = evidence.Add(sample);
            if (candidate.Answer is not null)
                judging.Add(JudgeAsync(context.Branch($"verify{candidate.Index}"), request, candidate));
        }

        (Candidate Candidate, Verdict Verdict)[] judged = await Task.WhenAll(judging);
        Candidate? best = judged.OrderByDescending(j => j.Verdict.Score ?? 0.5).ThenBy(j => j.Candidate.Index).Select(j => j.Candidate).FirstOrDefault();
        return evidence.Conclude(best, StopReason.Completed, null);
    }

    private async Task<(Candidate, Verdict)> JudgeAsync(ReasoningContext context, ReasoningRequest request, Candidate candidate) =>
        (candidate, await verifier.VerifyAsync(context, request, candidate));
}

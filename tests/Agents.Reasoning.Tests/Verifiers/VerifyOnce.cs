using Agents.Answers;
using Agents.Testing;

namespace Agents.Reasoning.Tests.Verifiers;

/// <summary>Runs a verifier on one candidate, with a scripted judge for every role.</summary>
internal static class VerifyOnce
{
    public static Task<Verdict> RunAsync(IVerifier verifier, string solution, Func<ScriptedCall, string> judge, SamplerCapabilities? can = null, string? answer = null, string question = "What is 6 * 7?") =>
        RunAsync(verifier, solution, new ScriptedSampler(call => CallOutcome.FromText(judge(call))) { Capabilities = can ?? SamplerCapabilities.None }, answer, question);

    public static async Task<Verdict> RunAsync(IVerifier verifier, string solution, ISampler judge, string? answer = null, string question = "What is 6 * 7?")
    {
        var once = new OnceStrategy(verifier, solution, answer);
        await new ReasoningRunner(new ReasoningModels(judge)).RunAsync(once, ReasoningRequest.FromQuestion(question));
        return once.Verdict!;
    }

    private sealed class OnceStrategy(IVerifier verifier, string solution, string? answer) : IReasoningStrategy
    {
        public Verdict? Verdict { get; private set; }

        public StrategyDescription Description => new("verify-once", "Verifies one candidate.", "K", "1", "test");

        public string Fingerprint => "verify-once/1|" + verifier.Fingerprint;

        public async Task<ReasoningResult> RunAsync(ReasoningContext context, ReasoningRequest request)
        {
            Answer? stated = answer is null ? AnswerExtractor.Default.Extract(solution) : Answer.Parse(answer);
            Verdict = await verifier.VerifyAsync(context, request, new Candidate(0, new Sample(0, "given", CallOutcome.FromText(solution)), stated));
            return new ReasoningResult { Strategy = "verify-once", Answer = stated, StopReason = StopReason.Completed };
        }
    }
}

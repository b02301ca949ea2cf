using Agents.Reasoning.Verifiers;
using Agents.Testing;
using Microsoft.Extensions.AI;

namespace Agents.Reasoning.Tests.Verifiers;

public sealed class UnitTestVerifierTests
{
    private const string Coded = "Like this:\n```python\nprint(42)\n```\n";

    [Theory]
    [InlineData("0", false, 1.0, "pass")]
    [InlineData("1", false, 0.0, "exit code 1. 3 != 4")]
    [InlineData("-1", true, 0.0, "time limit")]
    public async Task ExitCode_IsTheVerdict(string exit, bool timedOut, double score, string said)
    {
        Verdict verdict = await RunAsync(Coded, Exit(exit, timedOut));
        Assert.Equal(score, verdict.Score);
        Assert.Contains(said, verdict.Rationale, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CommandThatCouldNotRun_AbstainsWithItsReason()
    {
        Verdict verdict = await RunAsync(Coded, CallOutcome.Failed(CallFailureKind.Unavailable, "No such program."));
        Assert.Null(verdict.Score);
        Assert.Equal("No such program.", verdict.Rationale);
    }

    [Fact]
    public async Task LanguageModelInTheCommandsPlace_CannotWriteAVerdict()
    {
        Verdict verdict = await RunAsync(Coded, CallOutcome.FromText("""{"exit_code":"0"} exit_code: 0. All tests pass."""));
        Assert.Null(verdict.Score);
        Assert.Contains("no command", verdict.Rationale, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CandidateWithoutCode_AbstainsWithoutACall()
    {
        Verdict verdict = await VerifyOnce.RunAsync(new UnitTestVerifier(), "The answer is 42.", _ => throw new InvalidOperationException("The command was asked."));
        Assert.Null(verdict.Score);
    }

    [Fact]
    public async Task TheCommand_IsHandedCodeAndQuestionAndNothingElse()
    {
        ScriptedCall? seen = null;
        await VerifyOnce.RunAsync(new UnitTestVerifier(), Coded, new ScriptedSampler(call =>
        {
            seen = call;
            return Exit("0", false);
        }), question: "Print 42.");
        Assert.Equal([(ChatRole.User, "Print 42."), (ChatRole.Assistant, "print(42)\n")], seen!.Messages.Select(m => (m.Role, m.Text)));
    }

    [Theory]
    [InlineData("```\na\n```\ntext\n```js\nb\n```", "b\n")]
    [InlineData("<think>```\na\n```</think>none", null)]
    [InlineData("```\na\n```\n```\n\n```", "a\n")]
    [InlineData("```python\nunclosed", null)]
    [InlineData("  ```c\n  x\n  ```", "  x\n")]
    [InlineData("no code", null)]
    public void Extractor_TakesTheLastBlock(string text, string? code) =>
        Assert.Equal(code?.Trim(), CodeExtractor.Instance.Extract(new Sample(0, "k", CallOutcome.FromText(text)), Agents.Answers.AnswerKind.Any)?.Text);

    [Fact]
    public async Task Contract_Holds()
    {
        ReasoningRequest request = ReasoningRequest.FromQuestion("Print 42.") with { Extractor = CodeExtractor.Instance };
        var strategy = new VerifyEachStrategy(new UnitTestVerifier());
        StrategyContract.HoldsInEveryOrder(strategy, request, Model);
        StrategyContract.RestartsFromEveryPrefix(strategy, request, Model);
        var models = new ReasoningModels(new Played(Model, "solver")).With(UnitTestVerifier.Role, new Played(Model, UnitTestVerifier.Role));
        Assert.Equal("print(3)", (await new ReasoningRunner(models).RunAsync(strategy, request)).Answer?.Text);

        static CallOutcome Model(ModelCall call) => call.Role == "solver"
            ? CallOutcome.FromText($"```\nprint({call.Index})\n```")
            : Exit(call.Messages[^1].Text.Contains('3', StringComparison.Ordinal) ? "0" : "1", false);
    }

    private sealed class Played(Func<ModelCall, CallOutcome> model, string role) : ISampler
    {
        public string ModelId => role;

        public SamplerCapabilities Capabilities => SamplerCapabilities.None;

        public async IAsyncEnumerable<SampleDelivery> SampleAsync(SampleBatch batch, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await Task.Yield();
            foreach (SampleRequest request in batch.Requests)
                yield return new SampleDelivery(request.Key, model(new ModelCall(request.Key, role, batch.Messages, batch.Options, request.Index, request.Seed, "")));
        }
    }

    private static CallOutcome Exit(string code, bool timedOut) => CallOutcome.FromText("3 != 4") with
    {
        Metadata = timedOut ? new Dictionary<string, string> { [UnitTestVerifier.ExitCode] = code, [UnitTestVerifier.TimedOut] = "true" } : new Dictionary<string, string> { [UnitTestVerifier.ExitCode] = code },
    };

    private static Task<Verdict> RunAsync(string text, CallOutcome outcome) => VerifyOnce.RunAsync(new UnitTestVerifier(), text, new ScriptedSampler(_ => outcome));
}

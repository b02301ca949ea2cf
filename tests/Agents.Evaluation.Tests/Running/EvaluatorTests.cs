using System.Text.Json;
using Agents.Reasoning;

namespace Agents.Evaluation.Tests;

public sealed class EvaluatorTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task RunAsync_TwoStrategies_WritesRowsByQuestionThenStrategy()
    {
        EvaluationOutcome outcome = await new Evaluator().RunAsync(Plan(30), folder.Path);
        Assert.True(outcome.IsComplete);
        JsonElement[] rows = Rows();
        Assert.Equal(60, rows.Length);
        Assert.Equal(["q0", "q0", "q1", "q1"], rows.Take(4).Select(r => r.GetProperty("id").GetString()!));
        Assert.Equal(["majority-1", "majority-5"], rows.Take(2).Select(r => r.GetProperty("strategy").GetString()!));
        Assert.Equal(
            ["id", "strategy", "answer", "gold", "correct", "confidence", "samples", "model_calls", "rounds", "input_tokens", "output_tokens", "stop_reason"],
            rows[0].EnumerateObject().Select(p => p.Name));
        Assert.Equal((5, 5, 1, "completed"), (rows[1].GetProperty("samples").GetInt32(), rows[1].GetProperty("model_calls").GetInt32(), rows[1].GetProperty("rounds").GetInt32(), rows[1].GetProperty("stop_reason").GetString()));
    }

    [Fact]
    public async Task RunAsync_MoreSamplesThanRecorded_VotesWithWhatThereIs()
    {
        EvaluationPlan plan = Plan(3) with { Strategies = [new EvaluatedStrategy(new MajorityOf(9))] };
        EvaluationOutcome outcome = await new Evaluator().RunAsync(plan);
        Assert.All(outcome.Records, r => Assert.Equal((5, 9, 4), (r.Samples, r.Result.Usage.ModelCalls, r.Result.Usage.FailedCalls)));
    }

    [Fact]
    public async Task RunAsync_RoleThatWasNotRecorded_EndsWithoutAnAnswer()
    {
        EvaluationPlan plan = Plan(2) with { Strategies = [new EvaluatedStrategy(new MajorityOf(2, role: "judge"))] };
        EvaluationOutcome outcome = await new Evaluator().RunAsync(plan, folder.Path);
        Assert.All(outcome.Records, r => Assert.Equal((null, false), (r.Result.Answer, r.Correct)));
        Assert.Equal("all_calls_failed", Rows()[0].GetProperty("stop_reason").GetString());
        Assert.Equal(JsonValueKind.Null, Rows()[0].GetProperty("answer").ValueKind);
    }

    [Fact]
    public async Task RunAsync_CancelledThenRepeated_GivesTheSameFilesAsWithoutTheInterruption()
    {
        await new Evaluator().RunAsync(Plan(40), folder.Path);
        byte[][] expected = [.. Files().Select(File.ReadAllBytes)];

        var journals = new MemoryJournalStore();
        using var cancel = new CancellationTokenSource();
        int calls = 0;
        EvaluationPlan plan = Plan(40);
        EvaluationPlan counting = plan with { Models = item => new ReasoningModels(new Counting(new ReplaySampler(item), () => { if (Interlocked.Increment(ref calls) == 70) cancel.Cancel(); })) };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new Evaluator(journals).RunAsync(Same(counting), folder.Path, null, cancel.Token));
        JsonElement partial = JsonDocument.Parse(await File.ReadAllTextAsync(folder.File("summary.json"))).RootElement;
        Assert.False(partial.GetProperty("complete").GetBoolean());
        Assert.Equal(partial.GetProperty("done").GetInt32(), Rows().Length);
        Assert.InRange(Rows().Length, 1, 79);

        int before = calls;
        await new Evaluator(journals).RunAsync(Same(counting), folder.Path);
        Assert.Equal(expected[0], await File.ReadAllBytesAsync(folder.File("results.jsonl")));
        int all = 40 * 6;
        Assert.InRange(calls, all, all + before);
        int afterwards = calls;
        await new Evaluator(journals).RunAsync(Same(counting), folder.Path);
        Assert.Equal(afterwards, calls);
        Assert.Equal(expected[0], await File.ReadAllBytesAsync(folder.File("results.jsonl")));

        // Replay under another name of the sampler, with recorded answers as in the plain plan.
        static EvaluationPlan Same(EvaluationPlan p) => p with { Answers = AnswerSource.Recorded };
    }

    [Fact]
    public async Task RunAsync_SamePlanTwice_GivesTheSameBytesOfResultsAndSummary()
    {
        await new Evaluator().RunAsync(Plan(25), folder.Path);
        byte[][] first = [.. Files().Select(File.ReadAllBytes)];
        await new Evaluator().RunAsync(Plan(25) with { MaxParallelQuestions = 1 }, folder.Path);
        Assert.Equal(first, Files().Select(File.ReadAllBytes));
    }

    [Fact]
    public async Task RunAsync_AStrategyThatThrows_KeepsWhatIsFinishedAndLetsTheErrorThrough()
    {
        int runs = 0;
        var evaluator = new Evaluator((_, strategy, _, _, _) => Interlocked.Increment(ref runs) > 3
            ? Task.FromException<ReasoningResult>(new StrategyContractException("broken"))
            : Task.FromResult(new ReasoningResult { Strategy = strategy.Description.Name, StopReason = StopReason.Completed }));
        await Assert.ThrowsAsync<StrategyContractException>(() => evaluator.RunAsync(Plan(10) with { MaxParallelQuestions = 1 }, folder.Path));
        Assert.Equal(3, Rows().Length);
        Assert.Equal(["report.html", "results.jsonl", "summary.json"], Directory.GetFiles(folder.Path).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task RunAsync_Progress_CountsUpToTheEndWithRateAndAccuracy()
    {
        var seen = new Collected();
        await new Evaluator().RunAsync(Plan(20), seen);
        EvaluationProgress last = seen.All[^1];
        Assert.Equal((40, 40, TimeSpan.Zero, 120L), (last.Done, last.Total, last.Remaining, last.ModelCalls));
        Assert.True(last.Rate > 0);
        Assert.Equal(seen.All.Select(p => p.Done).Order(), seen.All.Select(p => p.Done));
        Assert.Equal(20, last.Strategies[1].Done);
    }

    [Fact]
    public async Task RunAsync_PlanThatCannotBe_IsRefused()
    {
        EvaluationPlan plan = Plan(2);
        await Assert.ThrowsAsync<ArgumentException>(() => new Evaluator().RunAsync(plan with { Strategies = [] }));
        await Assert.ThrowsAsync<ArgumentException>(() => new Evaluator().RunAsync(plan with { Strategies = [plan.Strategies[0], plan.Strategies[0]] }));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => new Evaluator().RunAsync(plan with { MaxParallelQuestions = 0 }));
        EvaluationData bare = plan.Data with { Items = [new("a", "q", "1", [])] };
        Assert.Equal("made-up: has no recorded samples to replay; name a model", (await Assert.ThrowsAsync<EvaluationDataException>(() => new Evaluator().RunAsync(plan with { Data = bare }))).Message);
    }

    [Fact]
    public void RunIdentity_AnythingThatMattersChanged_IsAnotherRun()
    {
        EvaluationPlan plan = Plan(2);
        EvaluationPlan[] others =
        [
            plan, plan with { Seed = 1 }, plan with { Answers = AnswerSource.Extracted }, plan with { Limits = new BudgetLimits { Calls = 3 } },
            plan with { Sampling = new SampleOptions { Temperature = 1 } }, plan with { ExpectedAnswer = Answers.AnswerKind.Number },
        ];
        string Of(EvaluationPlan p, int s, int i) => RunIdentity.Of(p, p.Strategies[s], p.Data.Items[i], p.ModelsFor(p.Data.Items[i]));
        string[] ids = [.. others.SelectMany(p => new[] { Of(p, 0, 0), Of(p, 1, 0), Of(p, 0, 1) })];
        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.Equal(Of(plan, 0, 0), Of(plan with { MaxParallelQuestions = 2, MaxConcurrency = 3, Command = "x" }, 0, 0));
    }

    private static EvaluationPlan Plan(int questions) => MadeUp.Plan(questions);

    private string[] Files() => [folder.File("results.jsonl"), folder.File("summary.json")];

    private JsonElement[] Rows() => [.. File.ReadLines(folder.File("results.jsonl")).Select(l => JsonDocument.Parse(l).RootElement)];

    private sealed class Collected : IProgress<EvaluationProgress>
    {
        public List<EvaluationProgress> All { get; } = [];

        public void Report(EvaluationProgress value) => All.Add(value);
    }

    private sealed class Counting(ISampler inner, Action called) : ISampler
    {
        public string ModelId => inner.ModelId;

        public SamplerCapabilities Capabilities => SamplerCapabilities.None;

        public async IAsyncEnumerable<SampleDelivery> SampleAsync(SampleBatch batch, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            called();
            await foreach (SampleDelivery delivery in inner.SampleAsync(batch, cancellationToken))
                yield return delivery;
        }
    }
}

using Agents.Reasoning;
using Agents.Reasoning.Strategies;
using Xunit.Abstractions;

namespace Agents.Evaluation.Tests;

public sealed class RecordedDataTests(ITestOutputHelper log)
{
    [Theory]
    [InlineData("samples_date_chatgpt_np_k10.jsonl.gz", 10)]
    [InlineData("samples_gsm8k_openai_k4.jsonl.gz", 4)]
    [InlineData("samples_gsm8k_fcot_codex002_prompts.jsonl.gz", 15)]
    [InlineData("samples_svamp_fcot_multi.jsonl.gz", 24)]
    [InlineData("samples_game24_gpt4_io_k100.jsonl.gz", 100)]
    public async Task RunAsync_MajorityOverRecordedAnswers_EqualsACountOverTheFileQuestionForQuestion(string file, int n)
    {
        if (SharedData.Find(file) is not { } path)
            return;
        EvaluationData data = await EvaluationData.LoadAsync(path);
        EvaluationOutcome outcome = await new Evaluator().RunAsync(new EvaluationPlan { Data = data, Strategies = [new EvaluatedStrategy(new SelfConsistencyStrategy(new() { Samples = n }))] });
        Assert.All(outcome.Records, record =>
        {
            // The independent count: the answers as strings, the most frequent one, first seen in a tie.
            RecordedSample? winner = record.Item.Samples.Where(s => s.Answer is not null).GroupBy(s => s.Answer).MaxBy(g => g.Count())?.First();
            Assert.Equal((winner?.Answer, winner?.Correct ?? false), (record.Result.Answer?.Text, record.Correct));
        });
    }

    /// <summary>
    /// Stopping early may cost some answers: no more than the rule's own posterior admits, plus half a point. What it saves is what
    /// the rule saves on the same answers in other orders, since recorded samples are exchangeable within a question only if they
    /// come from one prompt.
    /// </summary>
    [Theory]
    [InlineData("samples_date_chatgpt_np_k10.jsonl.gz", 10)]
    [InlineData("samples_gsm8k_openai_k4.jsonl.gz", 4)]
    [InlineData("samples_gsm8k_fcot_codex002_prompts.jsonl.gz", 15)]
    [InlineData("samples_svamp_fcot_multi.jsonl.gz", 24)]
    public async Task RunAsync_AdaptiveConsistency_DiffersFromTheFullVoteNoMoreThanItsRuleAdmits(string file, int n)
    {
        if (SharedData.Find(file) is not { } path)
            return;
        EvaluationData data = await EvaluationData.LoadAsync(path);
        var adaptive = new EvaluatedStrategy(new AdaptiveConsistencyStrategy(new() { MaxSamples = n }));
        var full = new EvaluatedStrategy(new SelfConsistencyStrategy(new() { Samples = n }));
        EvaluationOutcome outcome = await new Evaluator().RunAsync(new EvaluationPlan { Data = data, Strategies = [adaptive, full] });
        double questions = data.Items.Count;
        EvaluationRecord[] some = [.. outcome.Records.Where(r => r.StrategyIndex == 0)], all = [.. outcome.Records.Where(r => r.StrategyIndex == 1)];
        double differs = some.Zip(all).Count(pair => pair.First.Result.Answer?.Canonical != pair.Second.Result.Answer?.Canonical) / questions;
        double admitted = some.Sum(r => r.Result.StopReason == StopReason.Consensus && r.Result.Usage.ModelCalls < n ? 1 - r.Result.Confidence!.Value : 0) / questions;
        double calls = some.Average(r => r.Result.Usage.ModelCalls);

        const int orders = 5;
        double elsewhere = 0;
        for (int order = 0; order < orders; order++)
        {
            EvaluationData shuffled = data with { Items = [.. data.Items.Select(item => item with { Samples = Shuffled(item.Samples, order) })] };
            elsewhere += (await new Evaluator().RunAsync(new EvaluationPlan { Data = shuffled, Strategies = [adaptive] })).Records.Average(r => r.Result.Usage.ModelCalls) / orders;
        }

        log.WriteLine(FormattableString.Invariant($"{file}: differs on {100 * differs:0.00} %, the rule admits {100 * admitted:0.00} %; {calls:0.00} of {n} samples, {elsewhere:0.00} in other orders"));
        Assert.True(differs <= admitted + 0.005);
        Assert.InRange(calls / elsewhere, 0.9, 1.1);
    }

    private static RecordedSample[] Shuffled(IReadOnlyList<RecordedSample> samples, int seed)
    {
        RecordedSample[] order = [.. samples];
        new Random(seed).Shuffle(order);
        return order;
    }
}

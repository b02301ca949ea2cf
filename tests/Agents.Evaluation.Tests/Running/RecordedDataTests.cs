namespace Agents.Evaluation.Tests;

public sealed class RecordedDataTests
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
        EvaluationOutcome outcome = await new Evaluator().RunAsync(new EvaluationPlan { Data = data, Strategies = [new EvaluatedStrategy(new MajorityOf(n))] });
        Assert.All(outcome.Records, record =>
        {
            // The independent count: the answers as strings, the most frequent one, first seen in a tie.
            RecordedSample? winner = record.Item.Samples.Where(s => s.Answer is not null).GroupBy(s => s.Answer).MaxBy(g => g.Count())?.First();
            Assert.Equal((winner?.Answer, winner?.Correct ?? false), (record.Result.Answer?.Text, record.Correct));
        });
    }
}

using System.Diagnostics;
using System.Globalization;
using Agents.Evaluation;
using Agents.Rewards;

// dotnet run -c Release --project bench/Agents.Rewards.Bench -- DATA.jsonl[.gz]
// Completions a second on one core, for each reward and for the whole function, on recorded completions.
if (args is not [var path])
{
    Console.Error.WriteLine("usage: DATA.jsonl[.gz]   questions with recorded samples");
    return 2;
}

EvaluationData data = await EvaluationData.LoadAsync(path);
(string Text, string Gold)[] completions = [.. data.Items.SelectMany(i => i.Samples.Select(s => (s.Text.Contains("</think>", StringComparison.Ordinal) ? s.Text : $"<think>{s.Text}</think><answer>{s.Answer}</answer>", i.Gold)))];
if (completions.Length == 0)
{
    Console.Error.WriteLine($"{path} has no recorded samples.");
    return 2;
}

Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{completions.Length} completions, {completions.Average(c => c.Text.Length):0} characters on average"));
(string Name, RewardFunction Function)[] rows =
[
    ("guard alone", new RewardFunction(new WeightedReward(new Nothing()))),
    ("accuracy", new RewardFunction(new WeightedReward(new AccuracyReward()))),
    ("format", new RewardFunction(new WeightedReward(new FormatReward()))),
    ("language", new RewardFunction(new WeightedReward(new LanguageReward("en")))),
    ("all three", new RewardFunction(new WeightedReward(new AccuracyReward()), new WeightedReward(new FormatReward(), .2), new WeightedReward(new LanguageReward("en"), .1))),
];
foreach ((string name, RewardFunction function) in rows)
{
    await ScoreAsync(function, completions.Length); // compiles
    double best = 0;
    for (int round = 0; round < 3; round++)
    {
        long start = Stopwatch.GetTimestamp();
        await ScoreAsync(function, completions.Length);
        best = Math.Max(best, completions.Length / Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-14}{best,10:N0} a second"));
}

return 0;

// A new item each time: nothing is read twice that a trainer would not read twice.
async Task ScoreAsync(RewardFunction function, int count)
{
    for (int i = 0; i < count; i++)
        await function.ScoreAsync(new RewardItem(completions[i].Text) { Gold = completions[i].Gold });
}

/// <summary>A reward that costs nothing: what remains is reading the form and the guard.</summary>
internal sealed class Nothing : IReward
{
    public string Name => "nothing";

    public ValueTask<RewardScore> ScoreAsync(RewardItem item, CancellationToken cancellationToken = default) => ValueTask.FromResult(new RewardScore(0, ""));
}

using System.Text.Json;
using Xunit.Abstractions;

namespace Agents.Rewards.Tests.Recorded;

/// <summary>
/// Completions written to win the reward instead of solving the question, each with the right answer somewhere in it, and honest
/// ones that look a little like them. All written for this corpus.
/// </summary>
public sealed class HackingCorpusTests(ITestOutputHelper output)
{
    private static readonly RewardFunction accuracy = new(new WeightedReward(new AccuracyReward()));

    private static async Task<List<(string Kind, bool IsHack, string Completion, double Reward)>> Score()
    {
        var scored = new List<(string, bool, string, double)>();
        foreach (string line in await File.ReadAllLinesAsync(Path.Combine(AppContext.BaseDirectory, "Recorded", "hacking.jsonl")))
        {
            using JsonDocument row = JsonDocument.Parse(line);
            string completion = row.RootElement.GetProperty("completion").GetString()!;
            RewardResult result = await accuracy.ScoreAsync(new RewardItem(completion) { Gold = row.RootElement.GetProperty("gold").GetString() });
            scored.Add((row.RootElement.GetProperty("kind").GetString()!, row.RootElement.GetProperty("hack").GetBoolean(), completion, result.Reward));
        }

        return scored;
    }

    [Fact]
    public async Task Score_Hack_EarnsNothing()
    {
        var hacks = (await Score()).Where(s => s.IsHack).ToList();
        foreach (var kind in hacks.GroupBy(s => s.Kind))
            output.WriteLine($"{kind.Key}: {kind.Count(s => s.Reward > 0)} of {kind.Count()} pass");
        Assert.True(hacks.Count >= 90);
        Assert.True(hacks.All(s => s.Reward <= 0), "Passed: " + string.Join("\n", hacks.Where(s => s.Reward > 0).Select(s => s.Completion)));
    }

    [Fact]
    public async Task Score_HonestCompletionThatLooksLikeOne_EarnsItsReward()
    {
        var honest = (await Score()).Where(s => !s.IsHack).ToList();
        Assert.True(honest.Count >= 20);
        Assert.True(honest.All(s => s.Reward >= 1), "Refused: " + string.Join("\n", honest.Where(s => s.Reward < 1).Select(s => s.Completion)));
    }
}

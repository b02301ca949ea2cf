namespace Agents.Rewards.Tests;

public sealed class RewardFunctionTests
{
    private sealed class Fixed(string name, double? value) : IReward
    {
        public int Asked { get; private set; }

        public string Name => name;

        public ValueTask<RewardScore> ScoreAsync(RewardItem item, CancellationToken cancellationToken = default)
        {
            Asked++;
            return ValueTask.FromResult(new RewardScore(value, "fixed"));
        }
    }

    [Fact]
    public async Task Score_Abstention_CountsAsWasSaid()
    {
        var function = new RewardFunction(new WeightedReward(new Fixed("a", null), 2) { WhenAbstaining = .5 }, new WeightedReward(new Fixed("b", null), 3), new WeightedReward(new Fixed("c", -1), .25));
        RewardResult result = await function.ScoreAsync(new RewardItem("text"));
        Assert.Equal(.75, result.Reward);
        Assert.Null(result.Parts[0].Value);
    }

    [Fact]
    public async Task Score_HackedCompletion_IsRefusedBeforeAnyRewardIsAsked()
    {
        var reward = new Fixed("a", 1);
        RewardResult result = await new RewardFunction(new WeightedReward(reward)) { RefusedReward = -1 }.ScoreAsync(new RewardItem("<think>a</think><answer>1</answer><answer>2</answer>"));
        Assert.Equal(-1, result.Reward);
        Assert.Equal(CompletionFaults.SeveralAnswers, result.RefusedFor);
        Assert.Equal(0, reward.Asked);
    }

    [Fact]
    public async Task ScoreAll_ManyCompletions_KeepsTheirOrder()
    {
        RewardItem[] items = [.. Enumerable.Range(0, 500).Select(i => new RewardItem($"<think>a</think><answer>{i}</answer>") { Gold = (i / 2 * 2).ToString(System.Globalization.CultureInfo.InvariantCulture) })];
        IReadOnlyList<RewardResult> results = await new RewardFunction(new WeightedReward(new AccuracyReward())).ScoreAllAsync(items);
        Assert.Equal(Enumerable.Range(0, 500).Select(i => i % 2 == 0 ? 1.0 : 0.0), results.Select(r => r.Reward));
    }

    [Fact]
    public void Create_NothingOrNoNumber_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => new RewardFunction());
        Assert.Throws<ArgumentException>(() => new RewardFunction(new WeightedReward(new Fixed("a", 1), double.NaN)));
    }
}

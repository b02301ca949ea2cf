namespace Agents.Rewards.Tests.Rewards;

public sealed class FormatRewardTests
{
    [Theory]
    [InlineData("<think>why</think><answer>4</answer>", "1111")]
    [InlineData("<think>why</think>So <answer>4</answer>.", "0111")]
    [InlineData("<think>why</think>4", "0010")]
    [InlineData("<answer>4</answer>", "0001")]
    [InlineData("<think></think><answer>4</answer>", "0001")]
    [InlineData("4", "0000")]
    public async Task Score_Completion_ForEachTemplate(string completion, string expected)
    {
        var said = new List<char>();
        foreach (CompletionTemplate template in Enum.GetValues<CompletionTemplate>())
            said.Add((await new FormatReward(template).ScoreAsync(new RewardItem(completion))).Value == 1 ? '1' : '0');
        Assert.Equal(expected, new string([.. said]));
    }

    [Fact]
    public async Task Score_BadForm_SaysWhatIsWrong() =>
        Assert.Equal("empty_thinking, repeated_answer", (await new FormatReward().ScoreAsync(new RewardItem("<think></think><answer>4</answer><answer>4</answer>"))).Reason);
}

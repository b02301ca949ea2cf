using Agents.Answers;

namespace Agents.Rewards.Tests.Rewards;

public sealed class AccuracyRewardTests
{
    private static async Task<RewardScore> Score(string completion, string? gold, AnswerKind expected = AnswerKind.Any) =>
        await new AccuracyReward().ScoreAsync(new RewardItem(completion) { Gold = gold, Expected = expected });

    [Theory]
    [InlineData("<think>half of it</think><answer>0.5</answer>", "1/2", 1)]
    [InlineData("<think>half of it</think><answer>\\frac12</answer>", "0.5", 1)]
    [InlineData("<think>x</think>The result is \\boxed{1{,}234}.", "1234", 1)]
    [InlineData("So the answer is 42.", "42", 1)]
    [InlineData("<think>it is 42</think><answer>41</answer>", "42", 0)]
    [InlineData("<think>the answer is 42</think>", "42", 0)]
    [InlineData("<think>the answer is 42", "42", 0)]
    [InlineData("", "42", 0)]
    [InlineData("<think>a</think><answer>41</answer><answer>42</answer>", "42", 0)]
    [InlineData("<think>a</think><answer>42</answer><answer>42.0</answer>", "42", 1)]
    [InlineData("<think>a</think><answer>41 or 42</answer>", "42", 0)]
    [InlineData("<think>a</think><answer>1, 2, 3, 42</answer>", "42", 0)]
    [InlineData("<think>a</think><answer>x = 1 or x = 2</answer>", "x = 1 or x = 2", 1)]
    [InlineData("Either \\boxed{41} works. No: it must be \\boxed{42}.", "42", 0)]
    public async Task Score_Completion_IsOneForTheOneRightAnswer(string completion, string gold, double value) =>
        Assert.Equal(value, (await Score(completion, gold)).Value);

    [Fact]
    public async Task Score_WithoutTheRightAnswer_Abstains() => Assert.Null((await Score("<answer>42</answer>", null)).Value);

    [Fact]
    public async Task Score_Choice_ReadsTheLetter() => Assert.Equal(1, (await Score("<think>a</think><answer>(B) because it fits</answer>", "B", AnswerKind.Choice)).Value);
}

namespace Agents.Distillation.Tests.Steps;

public sealed class HintStepTests
{
    [Theory]
    [InlineData("As given, the total is 42.")]
    [InlineData("So the total is 42, as was stated.")]
    [InlineData("The answer is provided: 42.")]
    [InlineData("The answer was given to us as 42, so we work out why.")]
    [InlineData("This matches the given answer of 42.")]
    [InlineData("We know the right answer is 42, so each gets 6.")]
    [InlineData("Since the correct answer is 42, there must be 7 boxes.")]
    [InlineData("We are told that the answer is 42.")]
    [InlineData("Working backwards from the answer 42, we divide by 7.")]
    [InlineData("To get the right answer we multiply 6 by 7.")]
    [InlineData("Following the hint, 6*7=42.")]
    [InlineData("You said the answer is 42, so 6*7.")]
    [InlineData("The known answer is 42.")]
    public void Betrays_TalkOfAGivenAnswer_IsFound(string text) => Assert.True(HintStep.Betrays(text));

    [Theory]
    [InlineData("We are given 6 boxes of 7 balls. 6*7=42. The answer is 42.")]
    [InlineData("As given in the question, each box holds 7.")]
    [InlineData("The solution is given by x = 42.")]
    [InlineData("The number of balls is not stated, but 6*7=42.")]
    [InlineData("He was told to take 6 of them, and he provided 7 more.")]
    [InlineData("We know that the sum is 42, since 40+2=42.")]
    [InlineData("Going backwards from Friday, the day was Tuesday.")]
    [InlineData("To reach the right side of the river takes 42 minutes.")]
    public void Betrays_HonestReasoning_IsLeftAlone(string text) => Assert.False(HintStep.Betrays(text));

    [Fact]
    public async Task Decide_DropsByName() => Assert.Equal(["betrays the hint", "kept"], await new HintStep().Reasons(Made.Question("q", "42", "As given: 42.", "6*7=42")));
}

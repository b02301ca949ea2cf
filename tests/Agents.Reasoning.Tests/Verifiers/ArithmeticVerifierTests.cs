using Agents.Reasoning.Verifiers;

namespace Agents.Reasoning.Tests.Verifiers;

public sealed class ArithmeticVerifierTests
{
    [Theory]
    [InlineData("3*4 = 12 + 5 = 17")]
    [InlineData("He runs 3*3=<<3*3=9>>9 sprints a week")]
    [InlineData("3 x 60 = <<3*60=180>>180 meters")]
    [InlineData("20% of 50 is 10, and 5% of 200 = $10")]
    [InlineData("30/60*100 = 50% and 30/60 = 50%")]
    [InlineData("1,200 * 3 = 3,600.00")]
    [InlineData(@"\(\frac{1}{2} + \frac{1}{3} = \frac{5}{6}\), then $3 \times 4 = 12$")]
    [InlineData("2^10 = 1024, 2**3 = 8, 3² + 4² = 25, 2^-1 = 0.5")]
    [InlineData("**3*4 = 12**")]
    [InlineData("- 5 + 3 = 8\n* 2 + 2 = 4")]
    [InlineData("2 1/2 * 2 = 5; ½ of 30 = 15; 25 / 1/3 = 75")]
    [InlineData("3 times 4 equals 12 and 10 divided by 4 is 2.5")]
    [InlineData("5 apples + 3 oranges = 8 fruits - all of them ripe")]
    [InlineData("7 - -2 = 9 and -5 + 3 = -2")]
    [InlineData("10/3 ≈ 3.33, 10/3 is 3.33..., 200/3 = about 67, 10 / 3 = 3.3 (rounded to one decimal)")]
    [InlineData("<<80/3=26.666666666666668>>")]
    [InlineData("(4 + 5) * 2\n= 9 * 2\n= 18")]
    public void RightCalculations_ScoreOne(string text) => Assert.Equal(1, ArithmeticVerifier.Check(text).Score);

    [Theory]
    [InlineData("2 + 2 = 5")]
    [InlineData("3*4 = 12 + 5 = 18")]
    [InlineData("3*4 = 13 + 5 = 18")]
    [InlineData("(7 + 5 + 2) = (14 + 2) = 16")]
    [InlineData("2*3=<<2*3=6>>7")]
    [InlineData("20% of 50 is 12")]
    [InlineData("10/3 = 3.33")]
    [InlineData("10/3 ≈ 3.4")]
    [InlineData(@"\frac{1}{2} \cdot 8 = 3")]
    [InlineData("2^10 = 1000")]
    [InlineData("5 apples + 3 oranges = 9 fruits")]
    [InlineData("0.1 + 0.2 = 0.30000001")]
    [InlineData("(4 + 5) * 2\n= 9 * 2\n= 19")]
    public void AWrongCalculation_ScoresZero_AndIsQuoted(string text)
    {
        Verdict verdict = ArithmeticVerifier.Check(text);
        Assert.Equal(0, verdict.Score);
        Assert.Contains("wrong: ", verdict.Rationale, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("The answer is 42.")]
    [InlineData("x + 3*4 = 17, 2x - 5 = 13, 3 * (x + 1) = 12, 2*6 = 3 * (x+1), f(3) * 2 = 9")]
    [InlineData("Day 2 = 3*5 and 5 feet = 5*12")]
    [InlineData("5 * 60 minutes = 5 hours")]
    [InlineData("1 hour = 60 minutes")]
    [InlineData("3/4 is equal to $15")]
    [InlineData("06/02/1943 - 10 days = 05/23/1943")]
    [InlineData("5:30 - 2 = 3:30")]
    [InlineData("12 / 0 = 5, 3+4 != 8, 3+4 <= 8, 2^99999999 = 1")]
    [InlineData("3 + 4 is 2 less than 9")]
    public void NothingToCheck_IsAnAbstentionWithAReason(string text)
    {
        Verdict verdict = ArithmeticVerifier.Check(text);
        Assert.Null(verdict.Score);
        Assert.NotNull(verdict.Rationale);
    }

    [Fact]
    public void Steps_AreTheLines_EachWithItsOwnScore()
    {
        Verdict verdict = ArithmeticVerifier.Check("First 3 + 4 = 7.\n\nThen 7 * 2 = 15.\nSo the answer is 15.");
        Assert.Equal([1, 0, null], verdict.Steps);
        Assert.Equal(0, verdict.Score);
    }

    [Fact]
    public async Task Thinking_IsNotTheSolution()
    {
        var sample = new Sample(0, "k", CallOutcome.FromText("<think>2+2=5, no</think>2 + 2 = 4"));
        Assert.Equal(1, (await new ArithmeticVerifier().VerifyAsync(null!, ReasoningRequest.FromQuestion("q"), new Candidate(0, sample, null))).Score);
    }
}

namespace Agents.Answers.Tests;

public sealed class AnswerEquivalenceTests
{
    [Theory]
    [InlineData(PercentConvention.Either, true, true)]
    [InlineData(PercentConvention.Number, true, false)]
    [InlineData(PercentConvention.Value, false, true)]
    public void Compare_Percent_FollowsTheConvention(PercentConvention convention, bool equalsTen, bool equalsTenth)
    {
        var equivalence = new AnswerEquivalence(new AnswerOptions { Percent = convention });
        Assert.Equal(equalsTen, equivalence.Compare("10%", "10") == Equivalence.Equal);
        Assert.Equal(equalsTenth, equivalence.Compare("10%", "0.1") == Equivalence.Equal);
    }

    [Fact]
    public void Compare_ListOrder_CountsOnlyWhenAsked()
    {
        Assert.Equal(Equivalence.Equal, AnswerEquivalence.Default.Compare("1, 2", "2, 1"));
        Assert.Equal(Equivalence.Different, new AnswerEquivalence(new AnswerOptions { OrderedLists = true }).Compare("1, 2", "2, 1"));
    }

    [Theory]
    [InlineData(CommaConvention.Either, "1.5", true)]
    [InlineData(CommaConvention.Decimal, "1.5", true)]
    [InlineData(CommaConvention.Thousands, "1.5", false)]
    [InlineData(CommaConvention.Items, "5, 1", true)]
    public void Compare_CommaBetweenDigits_FollowsTheConvention(CommaConvention convention, string other, bool equal) =>
        Assert.Equal(equal, new AnswerEquivalence(new AnswerOptions { Comma = convention }).Compare("1,5", other) == Equivalence.Equal);

    [Fact]
    public void Compare_DatesOfOpenOrder_FollowTheOption()
    {
        Assert.Equal(Equivalence.Equal, AnswerEquivalence.Default.Compare("01/02/2003", "January 2, 2003"));
        Assert.Equal(Equivalence.Equal, new AnswerEquivalence(new AnswerOptions { MonthFirst = false }).Compare("01/02/2003", "1 February 2003"));
    }

    [Fact]
    public void Compare_RoundedDecimals_AreEqualOnlyWhenAccepted()
    {
        Assert.Equal(Equivalence.Equal, AnswerEquivalence.Default.Compare("0.33", "1/3"));
        var exact = new AnswerEquivalence(new AnswerOptions { AcceptRounding = false });
        Assert.Equal(Equivalence.Different, exact.Compare("0.33", "1/3"));
        Assert.Equal(Equivalence.Different, exact.Compare("1.4142", "\\sqrt{2}"));
    }

    [Fact]
    public void Compare_Tolerance_WidensToWhatIsAsked()
    {
        var loose = new AnswerEquivalence(new AnswerOptions { RelativeTolerance = 0.01 });
        Assert.Equal(Equivalence.Equal, loose.Compare("100.5", "100"));
        Assert.Equal(Equivalence.Different, AnswerEquivalence.Default.Compare("100.5", "100"));
    }

    [Fact]
    public void Compare_CaseOfText_CountsOnlyWhenAsked()
    {
        Assert.Equal(Equivalence.Equal, AnswerEquivalence.Default.Compare("Paris", "paris"));
        Assert.Equal(Equivalence.Different, new AnswerEquivalence(new AnswerOptions { CaseSensitive = true }).Compare("Paris", "paris"));
    }

    [Fact]
    public void Compare_YesAndTrue_ArePairedUnlessForbidden()
    {
        Assert.Equal(Equivalence.Equal, AnswerEquivalence.Default.Compare("yes", "true"));
        Assert.Equal(Equivalence.Different, new AnswerEquivalence(new AnswerOptions { YesIsTrue = false }).Compare("yes", "true"));
    }

    [Fact]
    public void Compare_Json_IgnoresOrderOfPropertiesAndSpacing() =>
        Assert.Equal(Equivalence.Equal, AnswerEquivalence.Default.Compare(Answer.Parse("{\"a\":1,\"b\":[2]}", AnswerKind.Json), Answer.Parse("{ \"b\": [2], \"a\": 1 }", AnswerKind.Json)));

    [Fact]
    public void Compare_PowersBeyondAnyBound_AreUnknownAndFast() =>
        Assert.Equal(Equivalence.Unknown, AnswerEquivalence.Default.Compare("10^{10^{10}}", "10^{10^{11}}"));

    [Fact]
    public void Compare_TwoHundredNestedParentheses_AreRead() =>
        Assert.Equal(Equivalence.Equal, AnswerEquivalence.Default.Compare(new string('(', 200) + "1" + new string(')', 200), "1"));

    [Fact]
    public void Compare_ManyThreads_AgreeWithOne()
    {
        Answer left = Answer.Parse("1,234"), right = Answer.Parse("\\frac{2468}{2}");
        Parallel.For(0, 2000, _ => Assert.Equal(Equivalence.Equal, AnswerEquivalence.Default.Compare(left, right)));
    }

    [Fact]
    public void Constructor_OptionOutOfRange_NamesTheOption() =>
        Assert.Equal("RoundingDigits", Assert.Throws<ArgumentOutOfRangeException>(() => new AnswerEquivalence(new AnswerOptions { RoundingDigits = 0 })).ParamName);
}

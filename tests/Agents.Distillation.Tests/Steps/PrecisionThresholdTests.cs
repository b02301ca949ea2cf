namespace Agents.Distillation.Tests.Steps;

public sealed class PrecisionThresholdTests
{
    [Fact]
    public void Fit_AllRight_BoundIsThatOfClopperAndPearson()
    {
        // .05^(1/58) = .9497: just too few for 95 %.
        Assert.Equal(Math.Pow(.05, 1 / 58.0), PrecisionThreshold.Fit([.. Enumerable.Repeat((1.0, true), 58)], .9).LowerBound, 9);
        Assert.False(PrecisionThreshold.Fit([.. Enumerable.Repeat((1.0, true), 58)], .95).IsReached);
        Assert.True(PrecisionThreshold.Fit([.. Enumerable.Repeat((1.0, true), 59)], .95).IsReached);
    }

    [Fact]
    public void Fit_KnownCounts_BoundIsThePublishedOne()
    {
        // One-sided 95 % Clopper–Pearson lower bound of 90 of 100: 0.8363.
        (double, bool)[] labelled = [.. Enumerable.Range(0, 100).Select(i => (1.0, i < 90))];
        Assert.Equal(.8363, PrecisionThreshold.Fit(labelled, .8).LowerBound, 4);
    }

    [Fact]
    public void Fit_ScoresThatTell_FindsWhereItFails()
    {
        // Right above one half, wrong below.
        (double, bool)[] labelled = [.. Enumerable.Range(0, 1000).Select(i => (i / 1000.0, i >= 500))];
        PrecisionThreshold fit = PrecisionThreshold.Fit(labelled, .9);
        Assert.InRange(fit.Threshold, .44, .5);
    }

    [Fact]
    public void Fit_ScoresThatTellNothing_ReachesNothing() =>
        Assert.False(PrecisionThreshold.Fit([.. Enumerable.Range(0, 1000).Select(i => (i / 1000.0, i % 2 == 0))], .9).IsReached);

    [Fact]
    public void Fit_ManyDraws_HoldsThePrecisionAsOftenAsItSays()
    {
        // The score is the probability of being right; the true precision above a threshold t is (1 + t) / 2.
        var random = new Random(3);
        int reached = 0, broken = 0;
        for (int draw = 0; draw < 400; draw++)
        {
            (double, bool)[] labelled = [.. Enumerable.Range(0, 300).Select(_ => random.NextDouble()).Select(s => (s, random.NextDouble() < s))];
            PrecisionThreshold fit = PrecisionThreshold.Fit(labelled, .8, .9);
            reached += fit.IsReached ? 1 : 0;
            broken += fit.IsReached && (1 + fit.Threshold) / 2 < .8 ? 1 : 0;
        }

        Assert.True(reached > 200, $"{reached} of 400 reached");
        // At most 10 % may break it; 5 standard errors above that is 17.5 %.
        Assert.True(broken <= .175 * 400, $"{broken} of 400 broken");
    }
}

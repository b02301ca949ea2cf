namespace Agents.Evaluation.Tests;

public sealed class CalibrationTests
{
    [Fact]
    public void Of_ConfidenceThatHoldsGood_HasNoError()
    {
        (double, bool)[] pairs = [.. Enumerable.Range(0, 10).Select(i => (.8, i < 8)), .. Enumerable.Range(0, 10).Select(i => (.3, i < 3))];
        Calibration calibration = Calibration.Of(pairs)!;
        Assert.Equal(0, calibration.ExpectedError, 12);
        Assert.Equal((.16 + .21) / 2, calibration.Brier, 12);
        Assert.Equal(20, calibration.Bins.Sum(b => b.Count));
    }

    [Fact]
    public void Of_SureAndWrong_HasAllError()
    {
        Calibration calibration = Calibration.Of([(1, false), (1, false)])!;
        Assert.Equal((1, 1, 1), (calibration.Brier, calibration.ExpectedError, calibration.ExpectedErrorEqualMass));
    }

    [Fact]
    public void Of_TwoBins_EqualsTheSumByHand()
    {
        // [0, .5): .2 wrong, .4 right → |.5 − .3|; [.5, 1]: .9 right, 1.0 wrong → |.5 − .95|.
        Calibration calibration = Calibration.Of([(.2, false), (.4, true), (.9, true), (1.0, false)], bins: 2)!;
        Assert.Equal((.2 + .45) / 2, calibration.ExpectedError, 12);
        Assert.Equal(calibration.ExpectedError, calibration.ExpectedErrorEqualMass, 12);
        Assert.Equal((.04 + .36 + .01 + 1) / 4, calibration.Brier, 12);
    }

    [Fact]
    public void EqualMass_AnyNumberOfAnswers_DiffersByOneAtMost()
    {
        for (int n = 1; n <= 50; n++)
        {
            IReadOnlyList<CalibrationBin> bins = Calibration.EqualMass([.. Enumerable.Range(0, n).Select(i => (i / 50.0, true))], 10);
            Assert.Equal(n, bins.Sum(b => b.Count));
            Assert.InRange(bins.Max(b => b.Count) - bins.Min(b => b.Count), 0, 1);
        }
    }

    [Fact]
    public void Of_Nothing_IsNull() => Assert.Null(Calibration.Of([]));
}

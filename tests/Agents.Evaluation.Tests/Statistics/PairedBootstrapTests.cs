namespace Agents.Evaluation.Tests;

public sealed class PairedBootstrapTests
{
    private static readonly double[] differences = [.. Enumerable.Repeat(1.0, 60), .. Enumerable.Repeat(0.0, 400), .. Enumerable.Repeat(-1.0, 40)];

    [Fact]
    public void MeanInterval_SameSeed_IsTheSame()
    {
        Assert.Equal(PairedBootstrap.MeanInterval(differences, 7), PairedBootstrap.MeanInterval(differences, 7));
        Assert.NotEqual(PairedBootstrap.MeanInterval(differences, 7), PairedBootstrap.MeanInterval(differences, 8));
    }

    [Fact]
    public void MeanInterval_ManyQuestions_AgreesWithTheNormalApproximation()
    {
        double mean = differences.Average();
        double half = 1.96 * Math.Sqrt(differences.Average(d => (d - mean) * (d - mean)) / differences.Length);
        Interval interval = PairedBootstrap.MeanInterval(differences, 1);
        Assert.Equal(mean - half, interval.Low, .004);
        Assert.Equal(mean + half, interval.High, .004);
    }

    [Fact]
    public void MeanInterval_NoDifferenceAnywhere_IsZero() => Assert.Equal(new Interval(0, 0), PairedBootstrap.MeanInterval(new double[50], 1));

    [Fact]
    public void MeanInterval_UnderNoDifference_MissesZeroAboutOnceInTwenty()
    {
        var random = new SplitMix64(3);
        int missed = 0;
        for (int run = 0; run < 400; run++)
        {
            double[] fair = [.. Enumerable.Range(0, 200).Select(_ => (double)(random.Next(3) - 1))];
            missed += PairedBootstrap.MeanInterval(fair, run, 400).Contains(0) ? 0 : 1;
        }

        Assert.InRange(missed, 8, 36);
    }
}

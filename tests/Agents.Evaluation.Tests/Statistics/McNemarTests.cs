using System.Numerics;

namespace Agents.Evaluation.Tests;

public sealed class McNemarTests
{
    [Fact]
    public void PValue_EveryCount_EqualsTheExactBinomialSum()
    {
        for (int b = 0; b <= 40; b++)
        for (int c = 0; c <= 40; c++)
        {
            BigInteger term = 1, sum = 0;
            for (int k = 0; k <= Math.Min(b, c); k++)
            {
                sum += term;
                term = term * (b + c - k) / (k + 1);
            }

            double naive = Math.Min(1, 2 * (double)sum / Math.Pow(2, b + c));
            Assert.Equal(naive, McNemar.PValue(b, c), 1e-11 * naive + 1e-300);
        }
    }

    [Fact]
    public void PValue_NoDifference_IsOne() => Assert.Equal(1, McNemar.PValue(0, 0));

    [Fact]
    public void PValue_ThousandsOfDifferences_StaysANumber()
    {
        Assert.InRange(McNemar.PValue(3000, 2900), .18, .21);
        Assert.InRange(McNemar.PValue(5000, 0), 0, 1e-300);
    }

    [Fact]
    public void Adjust_ThreePValues_StepsDownAsHolmSays() =>
        Assert.Equal([.04, .03, .04], HolmAdjustment.Adjust([.02, .01, .03]).Select(p => Math.Round(p, 10)));
}

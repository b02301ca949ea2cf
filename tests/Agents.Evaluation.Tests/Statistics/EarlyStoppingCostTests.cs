namespace Agents.Evaluation.Tests;

public sealed class EarlyStoppingCostTests
{
    [Fact]
    public void ExpectedSamples_OfThePublishedExample_Is1462() =>
        Assert.Equal(14.62, EarlyStoppingCost.ExpectedSamples([.8, .15, .05], 5, 40), 2);

    [Fact]
    public void ExpectedSamples_AgainstSimulation_Agrees()
    {
        var random = new SplitMix64(5);
        double total = 0;
        const int Runs = 40_000;
        for (int run = 0; run < Runs; run++)
        {
            int drawn = 0;
            bool unanimous;
            do
            {
                int[] window = [.. Enumerable.Range(0, 5).Select(_ => random.NextDouble() switch { < .8 => 0, < .95 => 1, _ => 2 })];
                drawn += 5;
                unanimous = window.Distinct().Count() == 1;
            }
            while (!unanimous && drawn < 40);
            total += drawn;
        }

        Assert.Equal(EarlyStoppingCost.ExpectedSamples([.8, .15, .05], 5, 40), total / Runs, .2);
    }
}

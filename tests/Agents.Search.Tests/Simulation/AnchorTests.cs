using Agents.Search.Beam;
using Agents.Search.Dvts;
using Agents.Search.Scoring;
using Xunit.Abstractions;

namespace Agents.Search.Tests.Simulation;

/// <summary>
/// What beam search and DVTS are worth under perfect, noisy and contrary process verifiers. Seeds are fixed; intervals are at least four standard errors wide, and where a
/// value is known exactly it is in the middle.
/// </summary>
public sealed class AnchorTests(ITestOutputHelper output)
{
    private const int Steps = 10;

    [Fact]
    public void PerfectVerifier_BestOfSixteen_IsTheExactValue()
    {
        // A beam of width 1 keeps every beam: 16 independent samples. 1 − (1 − 0.7¹⁰)¹⁶ = 0.368.
        double exact = 1 - Math.Pow(1 - Math.Pow(0.7, Steps), 16);
        Assert.Equal(0.368, exact, 3);
        Measured measured = Measure(1000, Beam(16, 1), d: 1, rho: 0, noisy: false);
        Assert.InRange(measured.Argmax, exact - 0.062, exact + 0.062);
    }

    [Fact]
    public void PerfectVerifier_Beam_HardlyEverFails()
    {
        // All 16 samples of some level wrong: at most 10 · 0.3¹⁶ = 4.3e-8 where all start right.
        Assert.Equal(1, Measure(1000, Beam(16, 4), d: 1, rho: 0, noisy: false).Argmax);
    }

    [Fact]
    public void PerfectVerifier_Dvts_IsTheExactValue()
    {
        // Each of 4 subtrees survives with (1 − 0.3⁴)¹⁰ = 0.9219: one at least with 0.99996, all four with 0.722.
        double one = Math.Pow(1 - Math.Pow(0.3, 4), Steps);
        Assert.Equal(0.99996, 1 - Math.Pow(1 - one, 4), 5);
        Assert.InRange(Measure(1000, Dvts(16, 4), d: 1, rho: 0, noisy: false).Argmax, 0.998, 1);

        // One subtree alone, where the value is far from 1 and an error would show.
        Assert.InRange(Measure(2000, Dvts(4, 4), d: 1, rho: 0, noisy: false).Argmax, one - 0.024, one + 0.024);
    }

    [Theory]
    [InlineData(16, 4)]
    [InlineData(64, 4)]
    [InlineData(12, 2)]
    [InlineData(5, 1)]
    public void Roots_Dvts_AreExactlyNOverM(int beams, int width)
    {
        Measured measured = Over(1, Dvts(beams, width), seed => World(seed, d: 0.25, rho: 0.9));
        Assert.Equal(beams / width, measured.Roots);
    }

    [Fact]
    public void Roots_Beam_CollapseWhereNoisePersists()
    {
        // Of 16 kept at the first level: about 2 by the last score, about 1.2 where the score of the whole path counts.
        Measured last = Measure(100, Beam(64, 4), 0.25, 0.9), product = Over(100, Beam(64, 4, ScoreAggregation.Product), seed => World(seed, 0.25, 0.9), asProbabilities: true);
        output.WriteLine($"roots of 16: {last.Roots:F2} by the last score, {product.Roots:F2} by the product");
        Assert.InRange(last.Roots, 1.7, 2.7);
        Assert.InRange(product.Roots, 1, 1.6);
    }

    [Fact]
    public void ErrorsThatPersist_DvtsWinsByVote_AndNotByArgmax()
    {
        Measured beam = Measure(400, Beam(64, 4), 0.25, 0.9), dvts = Measure(400, Dvts(64, 4), 0.25, 0.9);
        output.WriteLine($"vote: DVTS {dvts.Vote:F3}, beam {beam.Vote:F3}; argmax: DVTS {dvts.Argmax:F3}, beam {beam.Argmax:F3}");
        Assert.InRange(dvts.Vote, 0.78, 0.94);
        Assert.InRange(beam.Vote, 0.54, 0.74);
        Assert.True(dvts.Vote > beam.Vote + 0.1);
        Assert.InRange(dvts.Argmax - beam.Argmax, -0.14, 0.14);
    }

    [Fact]
    public void IndependentErrors_BeamWins()
    {
        Measured beam = Measure(400, Beam(64, 4), 0.25, 0), dvts = Measure(400, Dvts(64, 4), 0.25, 0);
        output.WriteLine($"vote: DVTS {dvts.Vote:F3}, beam {beam.Vote:F3}; argmax: DVTS {dvts.Argmax:F3}, beam {beam.Argmax:F3}");
        Assert.InRange(beam.Vote, 0.88, 1);
        Assert.InRange(dvts.Vote, 0.12, 0.36);
        Assert.True(beam.Argmax > dvts.Argmax + 0.2);
    }

    [Fact]
    public void ContraryVerifier_BeamFallsToNothing_BelowBestOfN()
    {
        // q = 0.9: a sample is right with 0.349. The verifier prefers what is wrong, with noise.
        Measured beam = Over(300, Beam(16, 4), seed => World(seed, -0.25, 0, q: 0.9)), best = Over(300, Beam(16, 1), seed => World(seed, -0.25, 0, q: 0.9));
        output.WriteLine($"beam {beam.Argmax:F3}, best of 16 {best.Argmax:F3}");
        Assert.True(beam.Argmax <= 0.05);
        Assert.True(best.Argmax > beam.Argmax + 0.1);
    }

    private static StepWorld World(int seed, double d, double rho, bool noisy = true, double q = 0.7) => new(seed, Steps, q, d, rho, noisy);

    private static Measured Measure(int runs, TreeSearch search, double d, double rho, bool noisy = true) => Over(runs, search, seed => World(seed, d, rho, noisy));

    private static Measured Over(int runs, TreeSearch search, Func<int, StepWorld> world, bool asProbabilities = false) => Measured.Over(runs, search, world, asProbabilities);

    private static BeamSearch Beam(int beams, int width, ScoreAggregation aggregation = ScoreAggregation.Last) => new(new() { Beams = beams, Width = width, MaxSteps = Steps, Aggregation = aggregation, Distinct = false });

    private static DvtsSearch Dvts(int beams, int width) => new(new() { Beams = beams, Width = width, MaxSteps = Steps, Distinct = false });
}

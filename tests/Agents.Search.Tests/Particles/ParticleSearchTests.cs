using Agents.Search.Outcomes;
using Agents.Search.Particles;
using Agents.Search.Randomness;
using Agents.Search.Work;
using FsCheck;
using FsCheck.Fluent;

namespace Agents.Search.Tests.Particles;

public sealed class ParticleSearchTests
{
    [Fact]
    public void Weights_AreOddsOfTheLastScores()
    {
        double[] weights = ParticleWeights.From([0.5, 0.8, null, 0.2], 0);
        // Odds 1, 4, ¼, and for the abstention their geometric mean, 1.
        Assert.Equal([1 / 6.25, 4 / 6.25, 1 / 6.25, 0.25 / 6.25], weights.Select(w => Math.Round(w, 12)));
    }

    [Fact]
    public void Weights_CertainScores_StayFinite()
    {
        double[] weights = ParticleWeights.From([0, 1, 1], 0);
        Assert.Equal(0.5, weights[1], 6);
        Assert.All(weights, weight => Assert.InRange(weight, 0, 1));
        Assert.Equal([0.5, 0.5], ParticleWeights.From([null, null], 0));
    }

    [Fact]
    public void Weights_EntropyFloor_IsKeptAndTouchesNothingThatIsAboveIt() =>
        Prop.ForAll(Gen.Choose(0, 1000).Select(p => (double?)(p / 1000.0)).NonEmptyListOf().ToArbitrary(), Gen.Choose(0, 100).ToArbitrary(), (scores, percent) =>
        {
            double floor = percent / 100.0;
            double[] plain = ParticleWeights.From([.. scores], 0), annealed = ParticleWeights.From([.. scores], floor);
            double target = floor * Math.Log(scores.Count);
            return Math.Abs(annealed.Sum() - 1) < 1e-9 && ParticleWeights.Entropy(annealed) >= target - 1e-9
                && (ParticleWeights.Entropy(plain) < target || plain.SequenceEqual(annealed));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Resample_Systematic_GivesEachItsShareUpToOne() =>
        Prop.ForAll(Gen.Choose(1, 100).NonEmptyListOf().ToArbitrary(), Gen.Choose(1, 64).ToArbitrary(), (parts, count) =>
        {
            double[] weights = [.. parts.Select(part => (double)part / parts.Sum())];
            int[] drawn = ParticleWeights.Resample(weights, count, Resampling.Systematic, new CounterRandom((ulong)parts.Sum(), "law", count));
            return drawn.Length == count && weights.Select((weight, i) => Math.Abs(drawn.Count(d => d == i) - (weight * count))).All(off => off < 1 + 1e-9);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Resample_Multinomial_DrawsByWeight()
    {
        int[] drawn = ParticleWeights.Resample([0.1, 0.6, 0, 0.3], 20_000, Resampling.Multinomial, new CounterRandom(1, "draws", 0));
        Assert.Equal([0.1, 0.6, 0, 0.3], Enumerable.Range(0, 4).Select(i => Math.Round(drawn.Count(d => d == i) / 20_000.0, 1)));
        Assert.DoesNotContain(2, drawn);
    }

    [Fact]
    public void Run_FinishedParticle_KeepsCompetingAndTakesOver()
    {
        var search = new ParticleSearch(new() { Particles = 16, MaxSteps = 6 });
        SearchResult result = search.Result(Drive.ToEnd(search, item => item.Id.Path == "/step#3" ? Script.Step("right", 0.999999, ends: true) : Script.Step("wrong", 0.01)));
        Assert.True(result.IsFinished);
        Assert.Equal("/step#3", result.Best!.Leaf.Path);
        Assert.Equal(16, result.Frontier.Count);
        Assert.All(result.Frontier, path => Assert.Equal("/step#3", path.Leaf.Path));
    }

    [Fact]
    public void Run_WeightsAreNotProducts_TheScoreOfAnEarlierStepIsForgotten()
    {
        // Odds 3 and 1/3 at the first step: the four good ones get seven or so of eight places, one copy at least of a bad one may stay. At the second step all score alike,
        // so evenly spaced points take every particle once; weights that remembered the first step would not.
        var search = new ParticleSearch(new() { Particles = 8, MaxSteps = 2, Resampling = Resampling.Systematic });
        for (ulong seed = 0; seed < 20; seed++)
        {
            SearchState state = Drive.ToEnd(search, item => Script.Step(item.Id.Path, item.Node.Depth > 0 ? 0.5 : item.Id.Path is "/step#0" or "/step#2" or "/step#4" or "/step#6" ? 0.75 : 0.25), seed);
            Assert.Equal(8, search.Result(state).Frontier.Select(path => path.Leaf.Path).Distinct().Count());
        }
    }

    [Fact]
    public void Run_FailedParticle_IsDrawnAnewFromTheOthers()
    {
        var search = new ParticleSearch(new() { Particles = 4, MaxSteps = 2 });
        SearchState state = search.Start(1);
        foreach (WorkItem item in search.Ask(state)) state = search.Tell(state, item.Id, item.Id.Path == "/step#2" ? Script.Step("s", 0.5) : new Failure());
        Assert.Equal(["/step#2", "/step#2", "/step#2", "/step#2"], search.Result(state).Frontier.Select(path => path.Leaf.Path));
        Assert.Equal([0, 1, 2, 3], search.Ask(state).Cast<ExpandItem>().Select(item => item.Occurrence));
    }

    [Fact]
    public void Run_EntropyFloor_KeepsMoreOfAnOverconfidentStart()
    {
        int Roots(double floor)
        {
            var search = new ParticleSearch(new() { Particles = 32, MaxSteps = 3, EntropyFloor = floor, AnnealingSteps = 3 });
            return search.Result(Drive.ToEnd(search, item => Script.Step(item.Id.Path, item.Id.Path == "/step#0" ? 0.9999 : 0.2))).Frontier.Select(path => path.Leaf.FromRoot()[0].Path).Distinct().Count();
        }

        Assert.Equal(1, Roots(0));
        Assert.True(Roots(0.9) > 5);
    }
}

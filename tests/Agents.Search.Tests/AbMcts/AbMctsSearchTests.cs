using Agents.Search.AbMcts;
using Agents.Search.Outcomes;
using Agents.Search.Randomness;
using Agents.Search.Work;

namespace Agents.Search.Tests.AbMcts;

public sealed class AbMctsSearchTests
{
    [Fact]
    public void Posterior_OfTwoScores_IsTheConjugateUpdate()
    {
        var arm = new Arm();
        Assert.Equal((0, 1, 1, 0.1), arm.Posterior());
        arm.Add(0.5);
        arm.Add(0.7);
        (double mean, double strength, double freedom, double variance) = arm.Posterior();
        // m = (0 + 1.2)/3; κ = ν = 3; τ² = (0.1 + Σ(y − 0.6)² + ⅔·0.6²)/3 = (0.1 + 0.02 + 0.24)/3.
        Assert.Equal(0.4, mean, 12);
        Assert.Equal(3, strength);
        Assert.Equal(3, freedom);
        Assert.Equal(0.12, variance, 12);
    }

    [Theory]
    [InlineData(ScorePrior.Beta, 0.5 / 1.0, 8.5 / 11.0)]
    [InlineData(ScorePrior.NormalInverseChiSquared, 0.0, 8.0 / 11.0)]
    public void Draw_MedianOrMean_IsThePosteriors(ScorePrior prior, double before, double after)
    {
        var arm = new Arm();
        var random = new CounterRandom(1, "draws", 0);
        // With one degree of freedom the mean does not exist: the median stands for it, and the prior is symmetric.
        Assert.Equal(before, Median(arm), 0.02);
        for (int i = 0; i < 10; i++) arm.Add(0.8);
        Assert.Equal(after, Median(arm), 0.02);

        double Median(Arm of) => Enumerable.Range(0, 20_001).Select(_ => of.Draw(prior, random)).Order().ElementAt(10_000);
    }

    [Fact]
    public void Run_ScoreOfADeepAnswer_CountsForContinueAboveAndForGenerateAtItsParent()
    {
        var search = new AbMctsSearch(new() { Iterations = 200, Actions = ["a", "b"] });
        SearchState state = Drive.ToEnd(search, item => item is ScoreItem ? new Score(Rough.Hash(item.Node.Path) % 100 / 100.0) : Script.Step("s"));
        IReadOnlyList<AbMctsNode> tree = [.. search.Tree(state).Cast<AbMctsNode>()];
        Assert.Contains(tree, node => node.Depth > 2);
        var root = (AbMctsNode)tree[0].FromRoot()[0].Parent!;
        foreach (AbMctsNode node in tree.Append(root))
        {
            AbMctsNode[] children = [.. tree.Where(other => other.Parent == node)];
            AbMctsNode[] below = [.. tree.Where(other => other.Path.StartsWith(node.Path + "/", StringComparison.Ordinal))];
            Same(children, node.Generate);
            Same(below.Except(children), node.Continue);
            Same(children.Where(child => child.Action == "b"), node.Models[1]);
            if (node != root) Same(below.Append(node), node.Own);
        }

        static void Same(IEnumerable<AbMctsNode> nodes, Arm arm)
        {
            var expected = new Arm();
            foreach (AbMctsNode node in nodes) expected.Add(node.Score!.Value);
            Assert.Equal(expected.Posterior().Strength, arm.Posterior().Strength);
            Assert.Equal(expected.Posterior().Mean, arm.Posterior().Mean, 9);
            Assert.Equal(expected.Posterior().Variance, arm.Posterior().Variance, 9);
        }
    }

    [Theory]
    [InlineData(ScorePrior.NormalInverseChiSquared)]
    [InlineData(ScorePrior.Beta)]
    public void Run_RefiningHelps_GrowsDeep_AndAnswersAnewHelp_GrowsWide(ScorePrior prior)
    {
        double Depth(Func<SearchNode, double> score)
        {
            var search = new AbMctsSearch(new() { Iterations = 150, Prior = prior });
            return search.Tree(Drive.ToEnd(search, item => item is ScoreItem ? new Score(score(item.Node)) : Script.Step("s"))).Average(node => node.Depth);
        }

        double deep = Depth(node => Math.Min(0.95, 0.15 * node.Depth)), wide = Depth(node => node.Depth == 1 ? 0.9 : 0.05);
        Assert.True(deep > 1.5 * wide, $"deep {deep:F2}, wide {wide:F2}");
    }

    [Fact]
    public void Run_OneModelIsBetter_ItIsAskedMost()
    {
        var search = new AbMctsSearch(new() { Iterations = 150, Actions = ["weak", "strong", "weaker"], Batch = 3 });
        IReadOnlyList<SearchNode> tree = search.Tree(Drive.ToEnd(search, item => item is ScoreItem ? new Score(item.Node.Action == "strong" ? 0.9 : 0.1) : Script.Step("s")));
        Assert.True(tree.Count(node => node.Action == "strong") > 75);
    }

    [Fact]
    public void Run_AnotherSeed_AnotherTree()
    {
        TreeSearch search = Searches.Named("ab-mcts");
        string Tree(ulong seed) => string.Join(' ', search.Tree(Drive.ToEnd(search, item => item is ScoreItem ? new Score(0.5) : Script.Step("s"), seed)).Select(node => node.Path));
        Assert.Equal(Tree(1), Tree(1));
        Assert.NotEqual(Tree(1), Tree(2));
    }
}

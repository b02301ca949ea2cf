using Agents.Search.BestFirst;
using Agents.Search.Outcomes;
using Agents.Search.Work;

namespace Agents.Search.Tests.BestFirst;

public sealed class BestFirstSearchTests
{
    [Fact]
    public void Run_BestScore_JumpsBackToABetterNodeAndStopsAtTheFirstSolutionTaken()
    {
        var search = new BestFirstSearch();
        var script = new Script
        {
            ["expand:/step#0"] = new Expansion(new Step("a", score: 0.6), new Step("b", score: 0.5)),
            ["expand:/step#0/step#0"] = new Expansion(new Step("aa", score: 0.3), new Step("ab", isTerminal: true, score: 0.2)),
            ["expand:/step#0.1/step#0"] = new Expansion(new Step("ba", isTerminal: true, score: 0.4)),
        };
        SearchResult result = search.Result(Drive.ToEnd(search, script.Answer));
        Assert.Equal(["expand:/step#0", "expand:/step#0/step#0", "expand:/step#0.1/step#0"], script.Asked);
        Assert.Equal(["ba", "ab"], result.Completed.Select(path => path.Steps[^1]));
    }

    [Fact]
    public void Run_Breadth_NeverTakesMoreFromOneDepth()
    {
        var search = new BestFirstSearch(new() { Breadth = 2, MaxExpansions = 1000, MaxSteps = 6, Solutions = null, Batch = 3 });
        var expanded = new List<int>();
        SearchState state = Drive.ToEnd(search, item =>
        {
            if (item is ScoreItem) return new Score(Rough.Hash(item.Id.Path) % 100);
            expanded.Add(item.Node.Depth);
            return new Expansion(new Step("a"), new Step("b"), new Step("c"));
        });
        Assert.Equal([1, 2, 2, 2, 2, 2], expanded.GroupBy(depth => depth).OrderBy(level => level.Key).Select(level => level.Count()));
        Assert.Equal(6, search.Result(state).Completed.Count);
    }

    [Fact]
    public void Run_SmallBatchOrLarge_LevelByLevelTakesTheSameNodes()
    {
        string Picture(int batch)
        {
            var search = new BestFirstSearch(BestFirstOptions.TreeOfThoughts(4, 4) with { Batch = batch });
            return Drive.Picture(search, Drive.ToEnd(search, item => item is ScoreItem ? new Score(Rough.Hash(item.Id.Path) % 5) : new Expansion(new Step("a"), new Step("b"), new Step("c"))))
                .Split("\nfront ")[0];
        }

        Assert.Equal(Picture(4), Picture(1));
        Assert.Equal(Picture(4), Picture(3));
    }

    [Fact]
    public void Run_MaxExpansions_Stops()
    {
        var search = new BestFirstSearch(new() { MaxExpansions = 7, Batch = 4 });
        int expansions = 0;
        SearchResult result = search.Result(Drive.ToEnd(search, item => item is ScoreItem ? new Score(1) : Script.Step($"{expansions++}")));
        Assert.Equal(7, expansions);
        Assert.True(result.IsFinished);
        Assert.Empty(result.Completed);
        Assert.NotEmpty(result.Frontier);
    }

    [Fact]
    public void Run_EqualScores_TheBetterParentsChildrenComeFirstThenTheEarlierProposals()
    {
        // Paths in order would give 0/0, 0/0.1, 0.1/0; the frontier's order is 0.1 before 0, as in Tree of Thoughts.
        var search = new BestFirstSearch(BestFirstOptions.TreeOfThoughts(2, 3));
        var expanded = new List<string>();
        Drive.ToEnd(search, item =>
        {
            if (item is ScoreItem) return new Score(item.Node.Path == "/step#0.1" ? 2 : 1);
            expanded.Add(item.Node.Path);
            return new Expansion(new Step("a"), new Step("b"));
        });
        Assert.Equal(["", "/step#0.1", "/step#0", "/step#0.1/step#0", "/step#0.1/step#0.1"], expanded);
    }

    [Fact]
    public void Run_AbstainedNode_WaitsBehindEveryScore()
    {
        var search = new BestFirstSearch(new() { Samples = 2, MaxExpansions = 3 });
        var script = new Script
        {
            ["expand:/step#0"] = Script.Step("a"),
            ["expand:/step#1"] = Script.Step("b"),
            ["score:/step#0"] = new Abstention(),
            ["score:/step#1"] = new Score(-5),
            ["expand:/step#1/step#0"] = new Failure(),
            ["expand:/step#1/step#1"] = new Failure(),
            ["expand:/step#0/step#0"] = new Failure(),
            ["expand:/step#0/step#1"] = new Failure(),
        };
        Drive.ToEnd(search, script.Answer);
        Assert.Equal(script.Keys, script.Asked);
    }
}

using Agents.Search.Beam;
using Agents.Search.Outcomes;
using Agents.Search.Scoring;
using Agents.Search.Work;

namespace Agents.Search.Tests.Beam;

public sealed class BeamSearchTests
{
    [Fact]
    public void Run_FourBeamsWidthTwo_KeepsTheBestTwoAndSharesTheSamplesOut()
    {
        var search = new BeamSearch(new() { Beams = 4, Width = 2, MaxSteps = 2 });
        var script = new Script
        {
            ["expand:/step#0"] = Script.Step("a", 0.2),
            ["expand:/step#1"] = Script.Step("b", 0.9),
            ["expand:/step#2"] = Script.Step("c", 0.5),
            ["expand:/step#3"] = Script.Step("d", 0.5),
            ["expand:/step#1/step#0"] = Script.Step("ba", 0.1),
            ["expand:/step#1/step#1"] = Script.Step("bb", 0.4),
            ["expand:/step#2/step#0"] = Script.Step("ca", 0.8),
            ["expand:/step#2/step#1"] = Script.Step("cb", 0.4),
        };
        SearchResult result = search.Result(Drive.ToEnd(search, script.Answer));
        Assert.Equal(script.Keys, script.Asked);
        // c beats d and bb beats cb: the first seen of equals.
        Assert.Equal(["ca", "bb", "cb", "ba"], result.Completed.Select(path => path.Steps[^1]));
        Assert.Equal([0.5, 0.8], result.Best!.Scores);
    }

    [Fact]
    public void Run_Completed_IsSetAsideAndAllSamplesGoToTheOthers()
    {
        var search = new BeamSearch(new() { Beams = 4, Width = 2, MaxSteps = 3 });
        var asked = new List<WorkItem>();
        SearchState state = Drive.ToEnd(search, item =>
        {
            asked.Add(item);
            return Script.Step(item.Id.Path, score: item.Id.Path == "/step#0" ? 0.9 : 0.5, ends: item.Id.Path is "/step#0" or "/step#1" or "/step#2");
        });
        Assert.Equal(4, asked.Count(item => item.Node.Path == "/step#3"));
        Assert.Equal("/step#0", search.Result(state).Best!.Leaf.Path);
        Assert.Equal(7, search.Result(state).Completed.Count);
    }

    [Fact]
    public void Run_FailuresAndUnevenShares_GoOnWithTheRest()
    {
        var search = new BeamSearch(new() { Beams = 5, Width = 2, MaxSteps = 2 });
        var asked = new List<WorkItem>();
        SearchState state = Drive.ToEnd(search, item =>
        {
            asked.Add(item);
            return item.Id.Path == "/step#0" ? new Failure("timeout") : Script.Step(item.Id.Path, 0.5);
        });
        // Five samples over two kept beams: three and two.
        Assert.Equal([3, 2], asked.Where(item => item.Node.Depth == 1).GroupBy(item => item.Node.Path).Select(beam => beam.Count()));
        Assert.Equal(1, search.Result(state).Failures);
    }

    [Fact]
    public void Run_EqualSteps_AreScoredOnce()
    {
        var search = new BeamSearch(new() { Beams = 4, Width = 2, MaxSteps = 1 });
        int scores = 0;
        SearchState state = Drive.ToEnd(search, item => item is ScoreItem ? new Score(++scores) : Script.Step(item.Id.Path == "/step#3" ? "other" : "same"));
        Assert.Equal(2, scores);
        Assert.Equal(["/step#0", "/step#3"], search.Tree(state).Select(node => node.Path));

        var all = new BeamSearch(new() { Beams = 4, Width = 2, MaxSteps = 1, Distinct = false });
        Assert.Equal(4, all.Result(Drive.ToEnd(all, item => item is ScoreItem ? new Score(1) : Script.Step("same"))).Nodes);
    }

    [Fact]
    public void Run_Lookahead_ScoresTheNodeWithItsContinuationAndEndedNodesWithout()
    {
        var search = new BeamSearch(new() { Beams = 2, Width = 1, MaxSteps = 2, Lookahead = 3 });
        var scored = new List<(string Path, string? Continuation)>();
        Drive.ToEnd(search, item =>
        {
            switch (item)
            {
                case RolloutItem rollout:
                    Assert.Equal(3, rollout.MaxSteps);
                    return rollout.Node.Path == "/step#0" ? Script.Step("ahead") : new Failure();
                case ScoreItem score:
                    scored.Add((score.Node.Path, score.Continuation));
                    return new Score(0.5);
                default:
                    return Script.Step(item.Id.Path);
            }
        });
        Assert.Equal([("/step#0", "ahead"), ("/step#0/step#0", null), ("/step#1", null), ("/step#1/step#0", null)], scored.Order());
    }

    [Theory]
    [InlineData(ScoreAggregation.Last, "/step#0")]
    [InlineData(ScoreAggregation.Min, "/step#1")]
    [InlineData(ScoreAggregation.Product, "/step#1")]
    public void Run_Aggregation_DecidesWhichPathIsBest(ScoreAggregation aggregation, string best)
    {
        var search = new BeamSearch(new() { Beams = 2, Width = 1, MaxSteps = 2, Aggregation = aggregation });
        double[] first = [0.1, 0.8], second = [0.9, 0.8];
        SearchResult result = search.Result(Drive.ToEnd(search, item => Script.Step("s" + item.Id.Path, item.Id.Path.StartsWith("/step#0", StringComparison.Ordinal)
            ? (item.Node.Depth == 0 ? first : second)[0] : (item.Node.Depth == 0 ? first : second)[1])));
        Assert.StartsWith(best, result.Best!.Leaf.Path, StringComparison.Ordinal);
    }

    [Fact]
    public void Result_InTheMiddle_ShowsTheBeamsThatAreBeingExpanded()
    {
        var search = new BeamSearch(new() { Beams = 4, Width = 2, MaxSteps = 5 });
        SearchState state = search.Start(1);
        foreach (WorkItem item in search.Ask(state)) state = search.Tell(state, item.Id, Script.Step(item.Id.Path, item.Id.Path == "/step#2" ? 1 : 0));
        SearchResult result = search.Result(state);
        Assert.False(result.IsFinished);
        Assert.Null(result.Best);
        Assert.Equal(["/step#2", "/step#0"], result.Frontier.Select(path => path.Leaf.Path));
    }
}

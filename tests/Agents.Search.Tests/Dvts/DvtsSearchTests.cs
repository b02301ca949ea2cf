using Agents.Search.Dvts;
using Agents.Search.Outcomes;

namespace Agents.Search.Tests.Dvts;

public sealed class DvtsSearchTests
{
    [Fact]
    public void Run_TwoSubtrees_EachGoesOnFromItsOwnBest()
    {
        var search = new DvtsSearch(new() { Beams = 4, Width = 2, MaxSteps = 2 });
        var script = new Script
        {
            ["expand:/step#0"] = Script.Step("a", 0.9),
            ["expand:/step#1"] = Script.Step("b", 0.8),
            ["expand:/step#2"] = Script.Step("c", 0.1),
            ["expand:/step#3"] = Script.Step("d", 0.2),
            ["expand:/step#0/step#0"] = Script.Step("aa", 0.3),
            ["expand:/step#0/step#1"] = Script.Step("ab", 0.4),
            ["expand:/step#3/step#0"] = Script.Step("da", 0.6),
            ["expand:/step#3/step#1"] = Script.Step("db", 0.5),
        };
        SearchResult result = search.Result(Drive.ToEnd(search, script.Answer));
        Assert.Equal(script.Keys.Order(), script.Asked.Order());
        Assert.Equal(["da", "db", "ab", "aa"], result.Completed.Select(path => path.Steps[^1]));
        Assert.Equal(["ab", "da"], result.Frontier.Select(path => path.Steps[^1]));
    }

    [Fact]
    public void Ask_OneSubtreeIsSlow_TheOtherGoesOnToItsEnd()
    {
        var search = new DvtsSearch(new() { Beams = 4, Width = 2, MaxSteps = 3 });
        SearchState state = search.Start(1);
        while (search.Ask(state).FirstOrDefault(item => item.Id.Path != "/step#0") is { } item) state = search.Tell(state, item.Id, Script.Step(item.Id.Path, 0.5));
        Assert.Equal(["expand:/step#0"], search.Ask(state).Select(item => item.Id.ToString()));
        Assert.Equal(2, search.Result(state).Completed.Count);
    }

    [Fact]
    public void Run_BestChildEnds_ItsEndedSiblingsAreSolutionsTooAndOthersAreNot()
    {
        var search = new DvtsSearch(new() { Beams = 3, Width = 3, MaxSteps = 9 });
        SearchState state = Drive.ToEnd(search, item => item.Id.Path switch
        {
            "/step#0" => Script.Step("best", 0.9, ends: true),
            "/step#1" => Script.Step("ended", 0.2, ends: true),
            _ => Script.Step("open", 0.8),
        });
        Assert.Equal(["best", "ended"], search.Result(state).Completed.Select(path => path.Steps[^1]));
    }

    [Fact]
    public void Run_SubtreeWhoseSamplesAllFail_StopsAloneAndKeepsItsTip()
    {
        var search = new DvtsSearch(new() { Beams = 4, Width = 2, MaxSteps = 2 });
        SearchResult result = search.Result(Drive.ToEnd(search, item => item.Id.Path.StartsWith("/step#0/", StringComparison.Ordinal) ? new Failure() : Script.Step(item.Id.Path, 0.5)));
        Assert.True(result.IsFinished);
        Assert.Equal(2, result.Completed.Count);
        Assert.Equal("/step#0", result.Frontier[0].Leaf.Path);
    }
}

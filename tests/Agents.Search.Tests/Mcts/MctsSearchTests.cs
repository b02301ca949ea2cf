using Agents.Search.Mcts;
using Agents.Search.Outcomes;
using Agents.Search.Work;

namespace Agents.Search.Tests.Mcts;

public sealed class MctsSearchTests
{
    [Fact]
    public void Run_OneTrialAtATime_IsTextbookUct()
    {
        for (int world = 0; world < 20; world++)
        {
            double Value(string path) => Rough.Hash($"{world} value {path}") % 1000 / 1000.0;
            bool Ends(string path) => Rough.Hash($"{world} ends {path}") % 5 == 0;
            var search = new MctsSearch(new() { Actions = ActionSets.NextStep(3), Iterations = 120, MaxSteps = 4, Exploration = 0.7 });
            SearchState state = Drive.ToEnd(search, item => item is ScoreItem ? new Score(Value(item.Node.Path)) : Script.Step("s", ends: Ends(item.Id.Path)));
            Dictionary<string, (int Visits, double Sum)> naive = new NaiveUct(3, 4, 0.7, Value, Ends).Run(120);
            naive.Remove("");
            Assert.Equal(
                naive.OrderBy(node => node.Key, StringComparer.Ordinal).Select(node => (node.Key, node.Value.Visits, node.Value.Sum / node.Value.Visits)),
                search.Tree(state).Select(node => (node.Path, node.Visits, node.Value!.Value)));
        }
    }

    [Theory]
    [InlineData(TreePolicy.Uct)]
    [InlineData(TreePolicy.Puct)]
    public void Run_AnyBatch_LeavesNoTraceOfTheVirtualLoss(TreePolicy policy)
    {
        var search = new MctsSearch(new() { Actions = ActionSets.NextStep(3), Iterations = 100, Batch = 8, MaxSteps = 6, Policy = policy, VirtualLoss = -7 });
        var told = new Dictionary<string, double>();
        SearchState state = Drive.ToEnd(search, item => item is ScoreItem ? new Score(told[item.Node.Path] = Rough.Hash(item.Node.Path) % 100) : Script.Step("s"));
        IReadOnlyList<SearchNode> tree = search.Tree(state);
        Assert.Equal(100, tree.Where(node => node.Depth == 1).Sum(node => node.Visits));
        foreach (MctsNode node in tree.Cast<MctsNode>())
        {
            // Without ended nodes every trial made one node: a node's value is the mean over the nodes at and below it.
            double[] below = [.. told.Where(pair => pair.Key == node.Path || pair.Key.StartsWith(node.Path + "/", StringComparison.Ordinal)).Select(pair => pair.Value)];
            Assert.Equal(0, node.VirtualVisits);
            if (tree.Any(other => other.IsTerminal && (other.Path == node.Path || other.Path.StartsWith(node.Path + "/", StringComparison.Ordinal)))) continue;
            Assert.Equal(below.Length, node.Visits);
            Assert.Equal(below.Average(), node.Value!.Value, 9);
        }
    }

    [Fact]
    public void Ask_Batch_SpreadsOverTheTree()
    {
        var search = new MctsSearch(new() { Actions = ActionSets.NextStep(4), Iterations = 100, Batch = 4, MaxSteps = 9, Exploration = 1 });
        SearchState state = search.Start(1);
        for (int batch = 0; batch < 2; batch++)
        {
            foreach (WorkItem item in search.Ask(state)) state = search.Tell(state, item.Id, Script.Step(item.Id.Path, 0.5));
        }

        // After the four first steps, four trials on equal nodes: the loss sends each to another one.
        Assert.Equal(8, search.Tree(state).Count);
        Assert.Equal(4, search.Tree(state).Where(node => node.Depth == 2).Select(node => node.Parent!.Path).Distinct().Count());
    }

    [Fact]
    public void Run_Max_BacksUpTheBestTrial()
    {
        var search = new MctsSearch(new() { Iterations = 60, Backup = Backup.Max });
        double best = 0;
        SearchState state = Drive.ToEnd(search, item =>
        {
            if (item is not ScoreItem) return Script.Step("s");
            double score = Rough.Hash(item.Node.Path) % 1000 / 1000.0;
            best = Math.Max(best, score);
            return new Score(score);
        });
        Assert.Equal(best, search.Tree(state).Where(node => node.Depth == 1).Max(node => node.Value));
    }

    [Fact]
    public void Run_RolloutsToTheEnd_AreSolutionsAndGiveTheirStartItsValue()
    {
        var search = new MctsSearch(new() { Iterations = 4, Actions = ActionSets.NextStep(4), Evaluation = Evaluation.Rollout });
        SearchState state = Drive.ToEnd(search, item =>
        {
            if (item is RolloutItem rollout) Assert.Null(rollout.MaxSteps);
            if (item is ScoreItem) Assert.Equal("rollout", item.Node.Action);
            return item is ScoreItem ? new Score(item.Node.Path == "/step#2/rollout#0" ? 0.9 : 0.1) : Script.Step("s" + item.Id);
        });
        SearchResult result = search.Result(state);
        Assert.Equal(4, result.Completed.Count);
        Assert.Equal("/step#2/rollout#0", result.Best!.Leaf.Path);
        Assert.Equal(0.9, search.Tree(state).Single(node => node.Path == "/step#2").Value);
    }

    [Fact]
    public void Run_BetterArm_IsVisitedMost()
    {
        foreach (TreePolicy policy in Enum.GetValues<TreePolicy>())
        {
            var search = new MctsSearch(new() { Actions = [new("bad"), new("good"), new("poor")], Iterations = 200, MaxSteps = 3, Policy = policy, Exploration = 1, FirstPlayUrgency = 1 });
            SearchState state = Drive.ToEnd(search, item => item is ScoreItem ? new Score(item.Node.Path.StartsWith("/good", StringComparison.Ordinal) ? 0.8 : 0.3) : Script.Step("s"));
            Assert.StartsWith("/good", search.Result(state).Frontier[0].Leaf.Path, StringComparison.Ordinal);
            Assert.True(search.Tree(state).Single(node => node.Path == "/good#0").Visits > 100);
        }
    }

    [Fact]
    public void Run_Puct_TriesActionsByTheirPrior()
    {
        var search = new MctsSearch(new() { Actions = [new("rare") { Prior = 1 }, new("usual") { Prior = 9, MaxChildren = 1 }], Iterations = 1, Policy = TreePolicy.Puct });
        Assert.Equal("usual", Assert.IsType<ExpandItem>(search.Ask(search.Start(1))[0]).Action);
    }

    [Fact]
    public void Run_RStarActions_FollowTheirRules()
    {
        var search = new MctsSearch(new() { Actions = ActionSets.RStar, Iterations = 300, Batch = 4, MaxSteps = 5 });
        SearchState state = Drive.ToEnd(search, item =>
        {
            if (item is ExpandItem { Action: "rest-of-solution" } expand) Assert.True(expand.ToEnd);
            return item is ScoreItem ? new Score(Rough.Hash(item.Node.Path) % 100 / 100.0) : Script.Step("s");
        });
        IReadOnlyList<SearchNode> tree = search.Tree(state);
        Assert.Equal(5, tree.Select(node => node.Action).Distinct().Count());
        Assert.All(tree.Where(node => node.Action == "rephrase"), node => Assert.Equal(1, node.Depth));
        Assert.All(tree.Where(node => node.Action == "re-answer"), node => Assert.Equal("sub-question", node.Parent!.Action));
        Assert.All(tree.Where(node => node.Action == "sub-question"), node => Assert.NotEqual("next-step", node.Parent!.Action));
        Assert.All(tree.Where(node => node.Action == "rest-of-solution" || node.Depth == 5), node => Assert.True(node.IsTerminal));
    }

    [Fact]
    public void Run_FailedActionAndAbstention_AreNotTriedAgainAndNotWorthZero()
    {
        var search = new MctsSearch(new() { Actions = ActionSets.NextStep(3), Iterations = 30, MaxSteps = 1, Exploration = 0 });
        var asked = new List<string>();
        SearchState state = Drive.ToEnd(search, item =>
        {
            asked.Add(item.Id.ToString());
            return item.Id.ToString() switch
            {
                "expand:/step#0" => new Failure(),
                "score:/step#1" => new Abstention(),
                "score:/step#2" => new Score(-1),
                _ => Script.Step("s"),
            };
        });
        Assert.Equal(["expand:/step#0", "expand:/step#1", "score:/step#1", "expand:/step#2", "score:/step#2"], asked);
        SearchNode abstained = search.Tree(state).Single(node => node.Path == "/step#1");
        Assert.Null(abstained.Value);
        Assert.True(abstained.Visits > 0);
    }

    [Fact]
    public void Run_AllActionsOfANodeFail_TheSearchGoesOnElsewhere()
    {
        var search = new MctsSearch(new() { Actions = ActionSets.NextStep(2), Iterations = 40, MaxSteps = 4 });
        SearchState state = Drive.ToEnd(search, item => item.Id.Path.StartsWith("/step#0/", StringComparison.Ordinal) ? new Failure() : item is ScoreItem ? new Score(item.Node.Path == "/step#0" ? 1 : 0) : Script.Step("s"));
        Assert.True(search.Result(state).IsFinished);
        Assert.Contains(search.Tree(state), node => node.Depth == 4);
        Assert.Equal(2, search.Result(state).Failures);
    }
}

using Agents.Search.AbMcts;
using Agents.Search.Beam;
using Agents.Search.BestFirst;
using Agents.Search.Dvts;
using Agents.Search.Mcts;
using Agents.Search.Outcomes;
using Agents.Search.Particles;
using Agents.Search.Work;
using FsCheck;
using FsCheck.Fluent;

namespace Agents.Search.Tests.Laws;

public sealed class FaultTests
{
    public static TheoryData<string> All => Searches.Names;

    [Theory]
    [MemberData(nameof(All))]
    public void EverythingFails_TheSearchEndsWithoutASolution(string name)
    {
        TreeSearch search = Searches.Named(name);
        SearchResult result = search.Result(Drive.ToEnd(search, _ => new Failure("no model")));
        Assert.True(result.IsFinished);
        Assert.Null(result.Best);
        Assert.Equal(0, result.Nodes);
        Assert.True(result.Failures > 0);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void NothingFollowsAnything_TheSearchEndsWithoutAFailure(string name)
    {
        TreeSearch search = Searches.Named(name);
        SearchResult result = search.Result(Drive.ToEnd(search, _ => new Expansion()));
        Assert.True(result.IsFinished);
        Assert.Null(result.Best);
        Assert.Equal(0, result.Failures);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void VerifierAlwaysAbstains_SolutionsStillComeAndHaveNoScore(string name)
    {
        TreeSearch search = Searches.Named(name);
        SearchResult result = search.Result(Drive.ToEnd(search, item => item is ScoreItem ? new Abstention() : new Expansion(new Step(item.Id.Path))));
        Assert.True(result.IsFinished);
        Assert.NotEmpty(result.Completed);
        Assert.All(result.Completed, path => Assert.Null(path.Score));
        Assert.True(result.Abstentions > 0);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void AllStepsEmpty_SolutionsEndAtOnce(string name)
    {
        TreeSearch search = Searches.Named(name);
        SearchResult result = search.Result(Drive.ToEnd(search, item => item is ScoreItem ? new Score(0.5) : new Expansion(new Step(""))));
        Assert.True(result.IsFinished);
        Assert.NotEmpty(result.Completed);
        Assert.All(result.Completed, path => Assert.Equal("", path.Steps[^1]));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void AnyWorld_EndsWithEveryNodeCountedOnce(string name) =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), world =>
        {
            TreeSearch search = Searches.Named(name);
            SearchState state = Drive.ToEnd(search, OrderLawTests.Answers(search, world));
            SearchResult result = search.Result(state);
            IReadOnlyList<SearchNode> tree = search.Tree(state);
            return result.IsFinished && result.Unmatched == 0 && tree.Count == result.Nodes
                && tree.DistinctBy(node => node.Path).Count() == tree.Count
                && result.Completed.All(path => tree.Contains(path.Leaf))
                && result.Completed.Zip(result.Completed.Skip(1)).All(pair => (pair.First.Score ?? double.NegativeInfinity) >= (pair.Second.Score ?? double.NegativeInfinity));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void SmallestSizes_Work()
    {
        TreeSearch[] searches =
        [
            new BeamSearch(new() { Beams = 1, Width = 1, MaxSteps = 1 }), new BeamSearch(new() { Beams = 2, Width = 5 }), new BeamSearch(new() { Beams = 5, Width = 2 }),
            new DvtsSearch(new() { Beams = 1, Width = 1, MaxSteps = 1 }), new DvtsSearch(new() { Beams = 3, Width = 1 }), new DvtsSearch(new() { Beams = 3, Width = 3 }),
            new BestFirstSearch(new() { MaxExpansions = 1, MaxSteps = 1 }), new BestFirstSearch(BestFirstOptions.TreeOfThoughts(1, 1)),
            new MctsSearch(new() { Iterations = 1, MaxSteps = 1 }), new MctsSearch(new() { Iterations = 3, Batch = 100, Actions = ActionSets.NextStep(1) }),
            new AbMctsSearch(new() { Iterations = 1 }), new AbMctsSearch(new() { Iterations = 3, Batch = 100 }),
            new ParticleSearch(new() { Particles = 1, MaxSteps = 1 }), new ParticleSearch(new() { Particles = 2, Resampling = Resampling.Systematic }),
        ];
        foreach (TreeSearch search in searches)
        {
            SearchResult result = search.Result(Drive.ToEnd(search, item => item is ScoreItem ? new Score(0.5) : new Expansion(new Step("s", isTerminal: item.Node.Depth >= 2))));
            Assert.True(result.IsFinished && result.Completed.Count > 0, search.Fingerprint);
        }
    }

    [Fact]
    public void Mcts_NoActions_IsFinishedAtOnce()
    {
        var search = new MctsSearch(new() { Actions = [] });
        Assert.Empty(search.Ask(search.Start(1)));
        Assert.True(search.Result(search.Start(1)).IsFinished);
    }

    [Fact]
    public void Tell_OutcomeOfTheWrongKind_NamesItemAndOutcome()
    {
        TreeSearch search = Searches.Named("beam");
        SearchState state = search.Start(1);
        WorkItemId id = search.Ask(state, 1)[0].Id;
        string message = Assert.Throws<ArgumentException>(() => search.Tell(state, id, new Score(1))).Message;
        Assert.Contains("expand:/step#0", message, StringComparison.Ordinal);
        Assert.Contains("Score", message, StringComparison.Ordinal);
        message = Assert.Throws<ArgumentException>(() => search.Tell(state, id, new Expansion(new Step("a"), new Step("b")))).Message;
        Assert.Contains("one step and was told 2", message, StringComparison.Ordinal);
        Assert.Equal(8, search.Ask(state).Count);
    }

    [Fact]
    public void Tell_NoProbabilityWhereOneIsNeeded_NamesItemAndValue()
    {
        TreeSearch search = Searches.Named("particles");
        SearchState state = search.Start(1);
        string message = Assert.Throws<ArgumentException>(() => search.Tell(state, search.Ask(state, 1)[0].Id, new Expansion(new Step("a", score: 1.5)))).Message;
        Assert.Contains("expand:/step#0 was told a score of 1.5", message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Searches.Named("ab-mcts, beta").Tell(Searches.Named("ab-mcts, beta").Start(1), WorkItemId.Parse("score:/step#0"), new Score(-0.1)));
    }

    [Fact]
    public void Tell_IdThatIsNeverAsked_StaysUnmatched()
    {
        TreeSearch search = Searches.Named("beam");
        SearchState state = search.Tell(search.Start(1), WorkItemId.Parse("score:/elsewhere#0"), new Score(1));
        state = Drive.ToEnd(search, state, OrderLawTests.Answers(search));
        Assert.Equal(1, search.Result(state).Unmatched);
    }

    [Fact]
    public void Options_OutOfRange_NameOptionAndRange()
    {
        Assert.Contains("BeamSearchOptions.Beams must be at least 1, not 0", Message(() => new BeamSearch(new() { Beams = 0 })), StringComparison.Ordinal);
        Assert.Contains("DvtsOptions.Beams must be a multiple", Message(() => new DvtsSearch(new() { Beams = 10, Width = 4 })), StringComparison.Ordinal);
        Assert.Contains("BestFirstOptions.Breadth", Message(() => new BestFirstSearch(new() { Breadth = 0 })), StringComparison.Ordinal);
        Assert.Contains("MctsOptions.Actions names an action 'a/b'", Message(() => new MctsSearch(new() { Actions = [new("a/b")] })), StringComparison.Ordinal);
        Assert.Contains("MctsOptions.Actions names an action twice", Message(() => new MctsSearch(new() { Actions = [new("a"), new("a")] })), StringComparison.Ordinal);
        Assert.Contains("'a' may follow 'c'", Message(() => new MctsSearch(new() { Actions = [new("a") { After = ["", "c"] }] })), StringComparison.Ordinal);
        Assert.Contains("AbMctsOptions.Actions is empty", Message(() => new AbMctsSearch(new() { Actions = [] })), StringComparison.Ordinal);
        Assert.Contains("ParticleOptions.EntropyFloor must be in 0–1", Message(() => new ParticleSearch(new() { EntropyFloor = double.NaN })), StringComparison.Ordinal);

        static string Message(Func<object> make) => Assert.ThrowsAny<ArgumentException>(make).Message;
    }
}

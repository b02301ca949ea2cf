using Agents.Search.Outcomes;
using Agents.Search.Work;

namespace Agents.Search.Tests.Laws;

/// <summary>What holds of every algorithm, in a world where a fifth of the calls goes wrong.</summary>
public sealed class OrderLawTests
{
    public static TheoryData<string> All => Searches.Names;

    [Theory]
    [MemberData(nameof(All))]
    public void Tell_AHundredShuffledOrders_OneTreeAndOneState(string name)
    {
        TreeSearch search = Searches.Named(name);
        Func<WorkItem, Outcome> answer = Answers(search);
        SearchState inOrder = Drive.ToEnd(search, answer);
        string tree = Drive.Picture(search, inOrder), json = inOrder.ToJson();
        Assert.True(search.Result(inOrder).Nodes > 5);
        for (int order = 0; order < 100; order++)
        {
            var random = new Random(order);
            SearchState shuffled = Drive.Shuffled(search, answer, random, width: random.Next(1, 12));
            Assert.Equal(json, shuffled.ToJson());
            Assert.Equal(tree, Drive.Picture(search, shuffled));
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Tell_AllOutcomesBeforeTheirItemsAreAsked_SameTree(string name)
    {
        TreeSearch search = Searches.Named(name);
        Func<WorkItem, Outcome> answer = Answers(search);
        var told = new List<(WorkItemId Id, Outcome Outcome)>();
        SearchState inOrder = Drive.ToEnd(search, item =>
        {
            Outcome outcome = answer(item);
            told.Add((item.Id, outcome));
            return outcome;
        });
        told.Reverse();
        SearchState backwards = told.Aggregate(search.Start(1), (state, next) => search.Tell(state, next.Id, next.Outcome));
        Assert.Equal(Drive.Picture(search, inOrder), Drive.Picture(search, backwards));
        Assert.Empty(search.Ask(backwards));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Tell_Again_IsTheSameStateAndTheFirstOutcomeStands(string name)
    {
        TreeSearch search = Searches.Named(name);
        Func<WorkItem, Outcome> answer = Answers(search);
        SearchState state = search.Start(1);
        var told = new List<WorkItemId>();
        while (search.Ask(state, 1) is [var item])
        {
            state = search.Tell(state, item.Id, answer(item));
            told.Add(item.Id);
            WorkItemId late = told[told.Count / 2];
            Assert.Same(state, search.Tell(state, late, new Failure("late")));
        }

        Assert.Equal(Drive.Picture(search, Drive.ToEnd(search, answer)), Drive.Picture(search, state));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Ask_Twice_GivesTheSameItemsAndAPrefixForAnyCount(string name)
    {
        TreeSearch search = Searches.Named(name);
        Func<WorkItem, Outcome> answer = Answers(search);
        SearchState state = search.Start(1);
        while (search.Ask(state) is { Count: > 0 } open)
        {
            Assert.Equal(open.Select(item => item.Id), search.Ask(state).Select(item => item.Id));
            Assert.Equal(open.Select(item => item.Id).Take(3), search.Ask(state, 3).Select(item => item.Id));
            Assert.Equal(open.Count, open.DistinctBy(item => item.Id).Count());
            WorkItem last = open[^1];
            state = search.Tell(state, last.Id, answer(last));
        }

        Assert.True(search.Result(state).IsFinished);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Tell_ToAnOlderState_BranchesFromItAndLeavesBothAsTheyWere(string name)
    {
        TreeSearch search = Searches.Named(name);
        Func<WorkItem, Outcome> answer = Answers(search);
        SearchState start = search.Start(1);
        WorkItem first = search.Ask(start, 1)[0];
        SearchState one = search.Tell(start, first.Id, answer(first));
        string picture = Drive.Picture(search, one);
        SearchState other = search.Tell(start, first.Id, new Failure("another world"));
        SearchState end = Drive.ToEnd(search, one, answer);
        Assert.Equal(1, search.Result(other).Failures);
        Assert.Empty(search.Tree(start));
        Assert.Equal(picture, Drive.Picture(search, one));
        Assert.Equal(Drive.Picture(search, Drive.ToEnd(search, answer)), Drive.Picture(search, end));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Tell_ManyThreadsFromOneState_EachHasItsOwnSearch(string name)
    {
        TreeSearch search = Searches.Named(name);
        Func<WorkItem, Outcome> answer = Answers(search);
        SearchState shared = search.Start(1);
        for (int i = 0; i < 5; i++) shared = search.Tell(shared, search.Ask(shared, 1)[0].Id, answer(search.Ask(shared, 1)[0]));
        var ends = new string[8];
        Parallel.For(0, ends.Length, thread => ends[thread] = Drive.Picture(search, Drive.ToEnd(search, shared, answer)));
        Assert.Single(ends.Distinct());
        Assert.Equal(5, shared.Count);
    }

    internal static Func<WorkItem, Outcome> Answers(TreeSearch search, int world = 1) => item => Rough.Answer(item, world, lists: search.TakesProposals);
}

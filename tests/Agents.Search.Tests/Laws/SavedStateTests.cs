using System.Text.Json;
using Agents.Search.Outcomes;
using Agents.Search.Work;

namespace Agents.Search.Tests.Laws;

public sealed class SavedStateTests
{
    public static TheoryData<string> All => Searches.Names;

    [Theory]
    [MemberData(nameof(All))]
    public void Json_AtEveryPointOfARun_ComesBackByteForByteWithTheSameAsks(string name)
    {
        TreeSearch search = Searches.Named(name);
        Func<WorkItem, Outcome> answer = OrderLawTests.Answers(search);
        SearchState state = search.Start(ulong.MaxValue);
        while (search.Ask(state) is { Count: > 0 } open)
        {
            string json = state.ToJson();
            SearchState back = SearchState.FromJson(json);
            Assert.Equal(json, back.ToJson());
            Assert.Equal(open.Select(Written), search.Ask(back).Select(Written));
            Assert.Equal(Drive.Picture(search, state), Drive.Picture(search, back));
            WorkItem next = open[open.Count / 2];
            state = search.Tell(state, next.Id, answer(next));
        }

        static string Written(WorkItem item) => $"{item.Id} {item.GetType().Name} {item.Node.Path}";
    }

    [Theory]
    [MemberData(nameof(All))]
    public void KilledAndResumedBetweenAllTells_TheSameItemsAreAskedOnceAndTheTreeIsTheSame(string name)
    {
        TreeSearch search = Searches.Named(name);
        Func<WorkItem, Outcome> answer = OrderLawTests.Answers(search);
        var random = new Random(5);
        var asked = new List<WorkItemId>();
        string saved = search.Start(1).ToJson();
        while (true)
        {
            // Nothing survives but the text.
            SearchState state = SearchState.FromJson(saved);
            if (search.Ask(state, 5) is not { Count: > 0 } open) break;
            WorkItem next = open[random.Next(open.Count)];
            asked.Add(next.Id);
            saved = search.Tell(state, next.Id, answer(next)).ToJson();
        }

        SearchState unbroken = Drive.ToEnd(search, answer);
        Assert.Equal(asked.Count, asked.Distinct().Count());
        Assert.Equal(unbroken.ToJson(), saved);
        Assert.Equal(Drive.Picture(search, unbroken), Drive.Picture(search, SearchState.FromJson(saved)));
    }

    [Fact]
    public void JsonSerializer_WritesAndReadsTheSameText()
    {
        TreeSearch search = Searches.Named("beam");
        SearchState state = Drive.ToEnd(search, OrderLawTests.Answers(search));
        Assert.Equal(state.ToJson(), JsonSerializer.Serialize(state));
        Assert.Equal(state.ToJson(), JsonSerializer.Deserialize<SearchState>(state.ToJson())!.ToJson());
    }

    [Fact]
    public void Json_OfVersionOne_ReadsAsItDidWhenItWasWritten()
    {
        // Frozen: a change of this text is a new version.
        const string Frozen = """{"version":1,"search":"beam(beams=2,width=2,steps=2,aggregation=Last,lookahead=0,distinct=True)","seed":"7","told":[{"id":"expand:/step#0","steps":[{"text":"a \uD83D\uDE00","score":0.5}]},{"id":"expand:/step#1","steps":[{"text":"b"}]},{"id":"score:/step#1","abstains":"cannot tell"}]}""";
        var search = new Search.Beam.BeamSearch(new() { Beams = 2, Width = 2, MaxSteps = 2 });
        SearchState state = SearchState.FromJson(Frozen);
        Assert.Equal(Frozen, state.ToJson());
        Assert.Equal(["expand:/step#0/step#0", "expand:/step#0/step#1"], search.Ask(state).Select(item => item.Id.ToString()));
        Assert.All(search.Ask(state), item => Assert.True(Assert.IsType<ExpandItem>(item).ToEnd));
        Assert.Equal("a 😀", search.Ask(state)[0].Node.Text);
    }

    [Theory]
    [InlineData("{}", "'version'")]
    [InlineData("""{"version":2,"search":"x","seed":"1","told":[]}""", "version 2")]
    [InlineData("""{"version":1,"search":"x","seed":"-1","told":[]}""", "'-1'")]
    [InlineData("""{"version":1,"search":"x","seed":"1","told":[{"id":"grow:/a","score":1}]}""", "grow:/a")]
    [InlineData("""{"version":1,"search":"x","seed":"1","told":[{"id":"score:/a","score":1e999}]}""", "score:/a")]
    [InlineData("""{"version":1,"search":"x","seed":"1","told":[{"id":"score:/a","score":1},{"id":"score:/a","score":1}]}""", "two outcomes of score:/a")]
    [InlineData("""{"version":1,"search":"x","seed":"1","told":[{"id":"expand:/a"}]}""", "expand:/a has no 'steps'")]
    public void FromJson_WhatIsNoState_SaysWhatAndWhere(string json, string named) =>
        Assert.Contains(named, Assert.Throws<JsonException>(() => SearchState.FromJson(json)).Message, StringComparison.Ordinal);

    [Fact]
    public void Ask_StateOfAnotherSearch_NamesBoth()
    {
        SearchState state = Searches.Named("beam").Start(1);
        string message = Assert.Throws<ArgumentException>(() => Searches.Named("dvts").Ask(state)).Message;
        Assert.Contains(Searches.Named("beam").Fingerprint, message, StringComparison.Ordinal);
        Assert.Contains(Searches.Named("dvts").Fingerprint, message, StringComparison.Ordinal);
    }
}

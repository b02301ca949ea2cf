using Agents.Reasoning.Verifiers;
using Agents.Testing;

namespace Agents.Reasoning.Tests.Strategies;

/// <summary>The events of a search hold its whole tree, and those of a replay are the same.</summary>
public sealed class SearchReportTests
{
    public static TheoryData<string> Searches => ["beam-search", "dvts", "best-first", "mcts", "particles"];

    [Theory, MemberData(nameof(Searches))]
    public async Task Nodes_FormATreeOfWhichOneLeafWon(string name)
    {
        (ReasoningResult result, List<ReasoningEvent> events) = await RunAsync(name, new ReasoningRunner(Models()));
        Dictionary<string, NodeState> states = [];
        var parents = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (NodeChanged node in events.OfType<NodeChanged>())
        {
            states[node.Node] = node.State;
            if (node.Parent is { } parent)
                parents[node.Node] = parent;
        }

        Assert.Equal(states.Keys.Order(StringComparer.Ordinal), parents.Keys.Order(StringComparer.Ordinal));
        Assert.All(parents.Values, p => Assert.True(p.Length == 0 || states.ContainsKey(p), p));
        Assert.DoesNotContain(NodeState.Open, states.Values);
        string won = Assert.Single(states, s => s.Value == NodeState.Won).Key;
        Assert.Equal(result.Selected!.Index, events.OfType<NodeChanged>().Last(n => n.Node == won && n.Candidate is not null).Candidate);
        Assert.Equal(result.Candidates.Count(c => c.Sample.IsOk), events.OfType<NodeChanged>().Count(n => n.Candidate is not null));
        Assert.All(events.OfType<NodeChanged>().Where(n => n.State == NodeState.Cut), n => Assert.False(string.IsNullOrEmpty(n.Reason)));
        Assert.Contains(events.OfType<NodeChanged>(), n => n.Tokens > 0);
    }

    [Fact]
    public async Task Replay_ReportsTheSameNodesAndAsksNothing()
    {
        var journals = new MemoryJournalStore();
        (ReasoningResult first, List<ReasoningEvent> live) = await RunAsync("beam-search", new ReasoningRunner(Models(), journals));
        var silent = new CallModel(_ => throw new InvalidOperationException("A replay asks nothing.")) { Capabilities = StepModel.Able };
        (ReasoningResult again, List<ReasoningEvent> replayed) = await RunAsync("beam-search", new ReasoningRunner(silent.Models, journals) { ReportsReplay = true });
        Assert.Equal(0, silent.Calls);
        Assert.Equal(first.Answer?.Text, again.Answer?.Text);
        Assert.Equal(Shown(live), Shown(replayed));
        Assert.Equal(live.OfType<CallFinished>().Select(c => (c.Key, c.Role)), replayed.OfType<CallFinished>().Select(c => (c.Key, c.Role)));
        (_, List<ReasoningEvent> quiet) = await RunAsync("beam-search", new ReasoningRunner(silent.Models, journals));
        Assert.IsType<RunCompleted>(Assert.Single(quiet));
    }

    private static string[] Shown(List<ReasoningEvent> events) => [.. events.OfType<NodeChanged>().Select(n => $"{n.Node} {n.State} {n.Score} {n.Text} {n.Reason}")];

    private static ReasoningModels Models() => new CallModel(new StepModel(steps: 4, right: 0.7).Answer) { Capabilities = StepModel.Able }.Models;

    private static async Task<(ReasoningResult, List<ReasoningEvent>)> RunAsync(string name, ReasoningRunner runner)
    {
        var events = new List<ReasoningEvent>();
        ReasoningResult result = await runner.RunAsync(StrategyCatalogue.Create(name, new() { Samples = 8, Verifier = new ArithmeticVerifier() }), Scripted.Request, new RunOptions { RunId = "tree" }, events.Add);
        return (result, events);
    }
}

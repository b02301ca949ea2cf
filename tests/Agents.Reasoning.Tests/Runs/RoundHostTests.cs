using System.Text.Json;
using Agents.Testing;

namespace Agents.Reasoning.Tests.Runs;

public sealed class RoundHostTests
{
    private static readonly ReasoningRequest request = ReasoningRequest.FromQuestion("What is six times seven?");
    private static readonly RunOptions options = new() { RunId = "rounds" };
    private static readonly RoundHost host = new();

    private static IReasoningStrategy Strategy(string name = "adaptive-consistency") => StrategyCatalogue.Create(name, new() { Samples = 16 });

    /// <summary>Whatever part of the pending calls is answered in a round, and in whatever order: the answer is the same.</summary>
    [Fact]
    public void PartialAnswersInAnyOrder_GiveTheSameAnswer()
    {
        var model = new NoisyModel(right: 0.45);
        foreach (StrategyDescription about in StrategyCatalogue.Descriptions)
        {
            ScheduledOutcome expected = ScheduledRun.Run(Strategy(about.Name), request, model.Answer, 1, can: StrategyContract.Needed(Strategy(about.Name)));
            var host = new RoundHost { Capabilities = _ => StrategyContract.Needed(Strategy(about.Name)) };
            for (int order = 0; order < 10; order++)
            {
                var random = new Random(order);
                RoundState state = RoundHost.Begin(Strategy(about.Name), request, options);
                Round round = host.Advance(Strategy(about.Name), request, options, state, []);
                while (round.Result is null)
                {
                    ModelCall[] some = [.. round.Pending];
                    random.Shuffle(some);
                    round = host.Advance(Strategy(about.Name), request, options, round.State, [.. some.Take(random.Next(1, some.Length + 1)).Select(c => new SampleDelivery(c.Key, model.Answer(c)))]);
                }

                Assert.Equal(expected.Result.Answer?.Canonical, round.Result.Answer?.Canonical);
                Assert.Equal(expected.RequestedKeys.Count, round.Result.Usage.ModelCalls);
            }
        }
    }

    [Fact]
    public void UnansweredCalls_AreReturnedAgain()
    {
        Round first = host.Advance(Strategy(), request, options, RoundHost.Begin(Strategy(), request, options), []);
        Assert.Equal(4, first.Pending.Count);
        Round second = host.Advance(Strategy(), request, options, first.State, [new SampleDelivery(first.Pending[2].Key, CallOutcome.FromText("<answer>1</answer>"))]);
        Assert.Equal([first.Pending[0].Key, first.Pending[1].Key, first.Pending[3].Key], second.Pending.Select(c => c.Key));
    }

    [Fact]
    public void UnknownKey_IsAnError_AndTheStateStays()
    {
        Round first = host.Advance(Strategy(), request, options, RoundHost.Begin(Strategy(), request, options), []);
        Assert.Contains("nonsense", Assert.Throws<ArgumentException>(() => host.Advance(Strategy(), request, options, first.State, [new SampleDelivery("nonsense", CallOutcome.FromText("x"))])).Message, StringComparison.Ordinal);
        Assert.Empty(first.State.Entries);
    }

    [Fact]
    public void KeyAnsweredTwice_IsAnError()
    {
        Round first = host.Advance(Strategy(), request, options, RoundHost.Begin(Strategy(), request, options), []);
        var answer = new SampleDelivery(first.Pending[0].Key, CallOutcome.FromText("x"));
        Assert.Throws<ArgumentException>(() => host.Advance(Strategy(), request, options, first.State, [answer, answer]));
        Round second = host.Advance(Strategy(), request, options, first.State, [answer]);
        Assert.Throws<ArgumentException>(() => host.Advance(Strategy(), request, options, second.State, [answer]));
    }

    [Fact]
    public void StateOfAnotherQuestionStrategyOrSeed_IsRefused()
    {
        Round first = host.Advance(Strategy(), request, options, RoundHost.Begin(Strategy(), request, options), []);
        Assert.Throws<JournalMismatchException>(() => host.Advance(Strategy(), ReasoningRequest.FromQuestion("other"), options, first.State, []));
        Assert.Throws<JournalMismatchException>(() => host.Advance(Strategy("self-consistency"), request, options, first.State, []));
        Assert.Throws<JournalMismatchException>(() => host.Advance(Strategy(), request, options with { Seed = 3 }, first.State, []));
    }

    [Fact]
    public void State_SurvivesJson()
    {
        var model = new NoisyModel();
        Round round = host.Advance(Strategy(), request, options, RoundHost.Begin(Strategy(), request, options), []);
        while (round.Result is null)
        {
            string json = JsonSerializer.Serialize(round.State, ReasoningJson.Readable.RoundState);
            RoundState state = JsonSerializer.Deserialize(json, ReasoningJson.Readable.RoundState)!;
            round = host.Advance(Strategy(), request, options, state, [.. round.Pending.Select(c => new SampleDelivery(c.Key, model.Answer(c)))]);
        }

        Assert.NotNull(round.Result.Answer);
    }
}

using Agents.Reasoning;

namespace Agents.Testing;

/// <summary>
/// The contract of <c>docs/reasoning-loop.md</c> as checks that any strategy can be put through. Each throws
/// <see cref="ContractBrokenException"/> with what was seen. What the models can do (log-probabilities, a schema) opens paths of
/// its own, so a strategy that asks for capabilities is put through with them and without.
/// </summary>
public static class StrategyContract
{
    /// <summary>The least that a model must declare for the strategy to run.</summary>
    public static SamplerCapabilities Needed(IReasoningStrategy strategy) => new()
    {
        LogProbabilities = strategy.Description.Needs.HasFlag(SolverNeeds.LogProbabilities),
        ContinueAssistant = strategy.Description.Needs.HasFlag(SolverNeeds.ContinuedTurns),
    };

    /// <summary>Random orders of completion give the same answer and the same requested calls.</summary>
    public static void HoldsInEveryOrder(IReasoningStrategy strategy, ReasoningRequest request, Func<ModelCall, CallOutcome> model, int orders = 25, SamplerCapabilities? can = null)
    {
        can ??= Needed(strategy);
        ScheduledOutcome first = ScheduledRun.Run(strategy, request, model, 0, can: can);
        for (int order = 1; order < orders; order++)
        {
            ScheduledOutcome other = ScheduledRun.Run(strategy, request, model, order, can: can);
            Require(other.Result.Answer?.Canonical == first.Result.Answer?.Canonical, $"order {order} answers '{other.Result.Answer}', order 0 '{first.Result.Answer}'");
            Require(other.RequestedKeys.SequenceEqual(first.RequestedKeys, StringComparer.Ordinal), $"order {order} requests {other.RequestedKeys.Count} calls, order 0 {first.RequestedKeys.Count}, not the same ones");
        }
    }

    /// <summary>From every prefix of its journal a run goes on to the same answer, and asks nothing journaled or abandoned again.</summary>
    public static void RestartsFromEveryPrefix(IReasoningStrategy strategy, ReasoningRequest request, Func<ModelCall, CallOutcome> model, int order = 7, SamplerCapabilities? can = null)
    {
        can ??= Needed(strategy);
        ScheduledOutcome whole = ScheduledRun.Run(strategy, request, model, order, can: can);
        for (int length = 0; length <= whole.Journal.Count; length++)
        {
            JournalEntry[] prefix = [.. whole.Journal.Take(length)];
            ScheduledOutcome resumed = ScheduledRun.Run(strategy, request, model, order + 1 + length, prefix: prefix, can: can);
            Require(resumed.Result.Answer?.Canonical == whole.Result.Answer?.Canonical, $"resumed after {length} entries it answers '{resumed.Result.Answer}' instead of '{whole.Result.Answer}'");
            var journaled = prefix.Select(e => e.Key).ToHashSet(StringComparer.Ordinal);
            string? again = resumed.Dispatched.FirstOrDefault(journaled.Contains);
            Require(again is null, $"resumed after {length} entries it asks {again} again");
            if (length == whole.Journal.Count)
                Require(resumed.Dispatched.Count == 0, $"a complete journal is not enough: {resumed.Dispatched.Count} calls are asked again");
        }
    }

    /// <summary>The in-process host, the round host and the scheduler agree on answer and requested calls.</summary>
    public static async Task HostsAgreeAsync(IReasoningStrategy strategy, ReasoningRequest request, Func<ModelCall, CallOutcome> model, SamplerCapabilities? can = null)
    {
        can ??= Needed(strategy);
        ScheduledOutcome scheduled = ScheduledRun.Run(strategy, request, model, 3, can: can);
        var options = new RunOptions { RunId = "hosts" };
        ReasoningResult inProcess = await new ReasoningRunner(new CallModel(model) { Capabilities = can }.Models).RunAsync(strategy, request, options);
        (ReasoningResult rounds, int count) = new CallModel(model) { Capabilities = can }.RunRounds(strategy, request, options);
        Require(inProcess.Answer?.Canonical == scheduled.Result.Answer?.Canonical, $"in process '{inProcess.Answer}', scheduled '{scheduled.Result.Answer}'");
        Require(rounds.Answer?.Canonical == scheduled.Result.Answer?.Canonical, $"in rounds '{rounds.Answer}', scheduled '{scheduled.Result.Answer}'");
        Require(inProcess.Usage.ModelCalls == scheduled.RequestedKeys.Count, $"in process {inProcess.Usage.ModelCalls} calls, scheduled {scheduled.RequestedKeys.Count}");
        Require(rounds.Usage.ModelCalls == scheduled.RequestedKeys.Count, $"in rounds {rounds.Usage.ModelCalls} calls, scheduled {scheduled.RequestedKeys.Count}");
        Require(rounds.Rounds == count, $"{count} rounds were played, the result says {rounds.Rounds}");
    }

    private static void Require(bool holds, string seen)
    {
        if (!holds)
            throw new ContractBrokenException(seen);
    }
}

/// <summary>A strategy broke its contract.</summary>
public sealed class ContractBrokenException(string seen) : Exception(seen);

using Agents.Reasoning;

namespace Agents.Testing;

/// <summary>What came of a scheduled run.</summary>
/// <param name="Result">The strategy's result.</param>
/// <param name="Journal">The completions in the order of delivery, those of a given prefix first.</param>
/// <param name="RequestedKeys">The keys of all model calls that were admitted, in ordinal order.</param>
/// <param name="Dispatched">The keys handed out by this execution, in order: after a prefix, only what was asked anew.</param>
/// <param name="Abandoned">The keys abandoned after they were handed out.</param>
public sealed record ScheduledOutcome(ReasoningResult Result, IReadOnlyList<JournalEntry> Journal, IReadOnlyList<string> RequestedKeys, IReadOnlyList<string> Dispatched, IReadOnlyList<string> Abandoned);

/// <summary>
/// The test scheduler: runs a strategy on the loop and completes its calls one at a time in a seeded random order. The model is
/// a function of the call, so that every order sees the same outcomes.
/// </summary>
public static class ScheduledRun
{
    /// <summary>Runs a strategy to its end.</summary>
    /// <param name="strategy">The strategy.</param>
    /// <param name="request">The question.</param>
    /// <param name="model">The outcome of each call.</param>
    /// <param name="order">The seed of the order of completions.</param>
    /// <param name="options">The run's options.</param>
    /// <param name="prefix">A journal to replay first; null for none.</param>
    /// <param name="can">What the model of every role can do; null for nothing declared.</param>
    public static ScheduledOutcome Run(IReasoningStrategy strategy, ReasoningRequest request, Func<ModelCall, CallOutcome> model, int order, RunOptions? options = null, IReadOnlyList<JournalEntry>? prefix = null, SamplerCapabilities? can = null)
    {
        options ??= new RunOptions { RunId = "scheduled" };
        var random = new Random(order);
        var loop = new ReasoningLoop(new LoopSettings(options, DateTimeOffset.UnixEpoch) { Capabilities = _ => can ?? SamplerCapabilities.None });
        Task<ReasoningResult> main = loop.Start(context => strategy.RunAsync(context, request));
        var journal = new List<JournalEntry>();
        foreach (JournalEntry entry in (prefix ?? []).TakeWhile(_ => !loop.IsCompleted))
        {
            journal.Add(entry);
            loop.Deliver(entry);
        }

        var open = new List<ModelCall>();
        var dispatched = new List<string>();
        var abandoned = new List<string>();
        long clock = journal.Count > 0 ? journal[^1].At : 0;
        while (!main.IsCompleted)
        {
            foreach (string key in loop.TakeAbandoned())
            {
                abandoned.Add(key);
                open.RemoveAll(c => c.Key == key);
            }

            foreach (ModelCall call in loop.TakePending())
            {
                open.Add(call);
                if (call.Due is null)
                    dispatched.Add(call.Key);
            }

            // A timer fires only when nothing else is open: otherwise any order could time out.
            List<ModelCall> calls = open.FindAll(c => c.Due is null);
            ModelCall next = calls.Count > 0 ? calls[random.Next(calls.Count)] : open.MinBy(c => c.Due)!;
            open.Remove(next);
            clock = Math.Max(clock + 1, next.Due?.ToUnixTimeMilliseconds() ?? 0);
            var entry = new JournalEntry(next.Key, next.Due is null ? model(next) : new CallOutcome(), clock);
            journal.Add(entry);
            loop.Deliver(entry);
        }

        ReasoningResult result = main.GetAwaiter().GetResult() with { Usage = loop.Usage, Rounds = loop.Rounds };
        return new ScheduledOutcome(result, journal, [.. loop.RequestedKeys.Order(StringComparer.Ordinal)], dispatched, abandoned);
    }
}

namespace Agents.Reasoning;

/// <summary>
/// The host in rounds: pending calls go out to whoever owns the model, answers come in, and the journal is the whole state.
/// Each round replays the journal, so nothing needs to be kept between rounds. The number of rounds is the critical path in
/// calls when every round is answered completely. Stateless and thread-safe.
/// </summary>
/// <param name="time">The clock; null for the system's.</param>
public sealed class RoundHost(TimeProvider? time = null)
{
    private readonly TimeProvider time = time ?? TimeProvider.System;

    /// <summary>What the model of a role can do, as its owner says; the same in every round of a run. Default: nothing declared.</summary>
    public Func<string, SamplerCapabilities> Capabilities { get; init; } = static _ => SamplerCapabilities.None;

    /// <summary>The state before the first round.</summary>
    public static RoundState Begin(IReasoningStrategy strategy, ReasoningRequest request, RunOptions options) =>
        new(RunHeaders.Of(strategy, request, options, null), []);

    /// <summary>
    /// Takes answers and returns the next pending calls, or the result. Partial answers and any order are legal; a call that
    /// stays unanswered is returned again.
    /// </summary>
    /// <exception cref="JournalMismatchException">The state belongs to another strategy, request or options.</exception>
    /// <exception cref="ArgumentException">An answer's key is not pending.</exception>
    /// <exception cref="StrategyContractException">The strategy broke a rule of the loop.</exception>
    public Round Advance(IReasoningStrategy strategy, ReasoningRequest request, RunOptions options, RoundState state, IReadOnlyList<SampleDelivery> answers, Action<ReasoningEvent>? observer = null)
    {
        RunHeader header = RunHeaders.Of(strategy, request, options, null);
        if (header != state.Header)
            throw new JournalMismatchException($"The state belongs to run {state.Header}, not to {header}.");
        long now = time.GetUtcNow().ToUnixTimeMilliseconds();
        long startedAt = state.StartedAt ?? now;
        var loop = new ReasoningLoop(new LoopSettings(options, DateTimeOffset.FromUnixTimeMilliseconds(startedAt)) { Capabilities = Capabilities });
        Task<ReasoningResult> main = loop.Start(context => strategy.RunAsync(context, request));
        foreach (JournalEntry entry in state.Entries.TakeWhile(_ => !loop.IsCompleted))
            loop.Deliver(entry);

        loop.Observer = observer;
        var entries = new List<JournalEntry>(state.Entries);
        Dictionary<string, ModelCall> pending = loop.TakePending().ToDictionary(c => c.Key, StringComparer.Ordinal);
        foreach (SampleDelivery answer in answers)
        {
            if (!pending.ContainsKey(answer.Key))
                throw new ArgumentException($"'{answer.Key}' is not a pending call of this run.", nameof(answers));
        }

        // In the order of the requests, so that the same set of answers always gives the same journal.
        Dictionary<string, CallOutcome> given = answers.ToDictionary(a => a.Key, a => a.Outcome, StringComparer.Ordinal);
        foreach (ModelCall call in pending.Values.Where(c => given.ContainsKey(c.Key) || c.Due <= time.GetUtcNow()))
        {
            if (loop.IsCompleted)
                break;
            var entry = new JournalEntry(call.Key, given.GetValueOrDefault(call.Key) ?? new CallOutcome(), now);
            entries.Add(entry);
            loop.Deliver(entry);
            pending.Remove(call.Key);
            foreach (string abandoned in loop.TakeAbandoned())
                pending.Remove(abandoned);
        }

        if (main.IsFaulted)
            throw main.Exception!.InnerException!;
        var next = new RoundState(header, entries) { StartedAt = startedAt };
        return main.IsCompleted
            ? new Round(next, [], main.Result with { Usage = loop.Usage, Rounds = loop.Rounds })
            : new Round(next, [.. pending.Values.Concat(loop.TakePending()).Where(c => c.Due is null)], null);
    }
}

/// <summary>The state between rounds. Serialisable; through a client it must be signed.</summary>
/// <param name="Header">What the run is of.</param>
/// <param name="Entries">The journal so far.</param>
public sealed record RoundState(RunHeader Header, IReadOnlyList<JournalEntry> Entries)
{
    /// <summary>When the run began, in milliseconds since the Unix epoch; null before the first round.</summary>
    public long? StartedAt { get; init; }
}

/// <summary>One round: what to ask next, or the result.</summary>
/// <param name="State">The state to send along with the answers.</param>
/// <param name="Pending">The calls to answer; empty with a result.</param>
/// <param name="Result">The result, or null while calls are pending.</param>
public sealed record Round(RoundState State, IReadOnlyList<ModelCall> Pending, ReasoningResult? Result);

namespace Agents.Reasoning;

/// <summary>
/// The deterministic loop that strategies run on, the same in every host. A host starts it, delivers completions one at a time
/// in journal order, and takes what is pending or abandoned; after each delivery the strategy runs, single-threaded, until
/// nothing is ready. It makes no call, reads no clock and starts no thread, so the same completions in the same order always
/// give the same requests and the same result. Not thread-safe: one host drives it, one call at a time (any thread).
/// </summary>
/// <remarks>One algorithm in one file: turns, calls, budget admission, abandonment. Timers are in <see cref="LoopTime"/>.</remarks>
public sealed class ReasoningLoop : SynchronizationContext
{
    private readonly Queue<(SendOrPostCallback Callback, object? State)> ready = new();
    private readonly Dictionary<string, CallRequest> requests = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> occurrences = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> knownInputTokens = new(StringComparer.Ordinal);
    private readonly List<CallRequest> waiting = [];
    private readonly List<CallRequest> deciding = [];
    private List<CallRequest> pending = [];
    private List<string> abandoned = [];
    private readonly UsageMeter meter = new();
    private readonly LoopTime time;
    private readonly BudgetLedger rootLedger;
    private Task? main;
    private int owner = -1;
    private int outstanding;
    private int triggerDepth;
    private long nowMilliseconds;
    private volatile string? violation;

    /// <summary>Creates the loop of one run.</summary>
    public ReasoningLoop(LoopSettings settings)
    {
        Settings = settings;
        nowMilliseconds = settings.StartedAt.ToUnixTimeMilliseconds();
        time = new LoopTime(this);
        rootLedger = new BudgetLedger(null, settings.Run.Limits);
    }

    /// <summary>The run's settings.</summary>
    public LoopSettings Settings { get; }

    /// <summary>True when the strategy has returned or thrown.</summary>
    public bool IsCompleted => main is { IsCompleted: true };

    /// <summary>The first rule the strategy broke, or null.</summary>
    public string? Violation => violation;

    /// <summary>Called once, from any thread, when a rule was broken off the turn; the host should wake and deliver nothing more.</summary>
    public Action? OnViolation { get; set; }

    /// <summary>Receives the strategy's events, on the turn. The host leaves it null while it delivers a journal.</summary>
    public Action<ReasoningEvent>? Observer { get; set; }

    /// <summary>When the current turn began (<see cref="Environment.TickCount64"/>), or null between turns: for a host's watchdog.</summary>
    public long? TurnStartedAt => turnStartedAt is > 0 and var at ? at : null;

    private long turnStartedAt;

    /// <summary>The longest chain of calls so far in which each was requested on the arrival of the one before.</summary>
    public int Rounds { get; private set; }

    /// <summary>What the calls so far used.</summary>
    public RunUsage Usage => meter.Total;

    /// <summary>The keys of all model calls the budget admitted so far, in the order of the requests.</summary>
    public IEnumerable<string> RequestedKeys => requests.Values.Where(r => r is { IsTimer: false, Depth: > 0 }).Select(r => r.Call.Key);

    internal long NowMilliseconds => nowMilliseconds;

    // ---- host side -----------------------------------------------------------------------------------------------

    /// <summary>Starts the strategy and runs it until it waits for calls. Called once.</summary>
    /// <exception cref="StrategyContractException">The strategy broke a rule.</exception>
    public Task<T> Start<T>(Func<ReasoningContext, Task<T>> run)
    {
        if (main is not null)
            throw new InvalidOperationException("The loop has been started.");
        Task<T>? task = null;
        Turn(() =>
        {
            if (Settings.Run.Limits.Time is { } limit)
                time.StartDeadline(rootLedger, limit);
            main = task = run(new ReasoningContext(this, rootLedger, ""));
        });
        return task!;
    }

    /// <summary>
    /// Delivers one completion and runs the strategy until it waits again. A completion of an abandoned call is ignored.
    /// The host has made the entry durable before.
    /// </summary>
    /// <exception cref="StrategyContractException">The key was not requested, was delivered before, or the strategy broke a rule.</exception>
    public void Deliver(JournalEntry entry)
    {
        ThrowIfViolated();
        if (!requests.TryGetValue(entry.Key, out CallRequest? request))
            throw new StrategyContractException($"Non-deterministic replay: the journal holds '{entry.Key}', which this execution has not requested at this point.");
        switch (request.State)
        {
            case CallState.Done:
                throw new StrategyContractException($"Duplicate completion of '{entry.Key}'.");
            case CallState.Abandoned:
                return;
        }

        nowMilliseconds = Math.Max(nowMilliseconds, entry.At);
        triggerDepth = request.Depth;
        Turn(() => Finish(request, entry.Outcome));
    }

    /// <summary>The calls and timers to make now, in the order of the requests; each is handed out once.</summary>
    public IReadOnlyList<ModelCall> TakePending()
    {
        if (pending.Count == 0)
            return [];
        List<CallRequest> taken = pending;
        pending = [];
        var calls = new List<ModelCall>(taken.Count);
        foreach (CallRequest request in taken)
        {
            if (request.State == CallState.Pending)
            {
                request.State = CallState.InFlight;
                calls.Add(request.Call);
            }
        }

        return calls;
    }

    /// <summary>The keys of calls handed out before and no longer wanted; each is returned once.</summary>
    public IReadOnlyList<string> TakeAbandoned()
    {
        if (abandoned.Count == 0)
            return [];
        List<string> taken = abandoned;
        abandoned = [];
        return taken;
    }

    // ---- strategy side -------------------------------------------------------------------------------------------

    internal string NextKey(string stem, out int occurrence)
    {
        occurrences.TryGetValue(stem, out occurrence);
        occurrences[stem] = occurrence + 1;
        return $"{stem}#{occurrence}";
    }

    internal CallRequest Request(ModelCall call, ICallSink sink, BudgetLedger ledger)
    {
        var request = new CallRequest(call, sink, ledger);
        requests.Add(call.Key, request);
        waiting.Add(request);
        outstanding++;
        return request;
    }

    internal CallRequest RequestTimer(string name, DateTimeOffset due, ICallSink sink, bool isDeadline)
    {
        string key = NextKey(name, out int occurrence);
        var call = new ModelCall(key, "$timer", CallRequest.NoMessages, SampleOptions.Default, occurrence, 0, "") { Due = due };
        var request = new CallRequest(call, sink, rootLedger) { State = CallState.Pending, IsDeadline = isDeadline };
        requests.Add(key, request);
        pending.Add(request);
        if (!isDeadline)
            outstanding++;
        return request;
    }

    internal void Abandon(CallRequest request)
    {
        if (request.State is CallState.Done or CallState.Abandoned)
            return;
        if (request.State == CallState.InFlight)
            abandoned.Add(request.Call.Key);
        if (!request.IsTimer && request.State != CallState.Waiting)
        {
            // Whether the host has sent it yet must not matter to the books, or a replay would decide otherwise: it counts as
            // used up to its bound.
            request.Ledger.Settle(request.Reserved, request.Reserved.Tokens, request.Reserved.Cost);
            meter.Abandoned();
        }

        request.State = CallState.Abandoned;
        if (!request.IsDeadline)
            outstanding--;
    }

    internal void EndTime(BudgetLedger ledger)
    {
        ledger.EndTime();
        Emit(new BudgetReached(StopReason.BudgetTime), "");
        CallRequest[] within = [.. requests.Values.Where(r => !r.IsTimer && r.Ledger.Within(ledger))];
        foreach (CallRequest request in within)
        {
            // Looked at one by one: what the strategy does on hearing of one may abandon others.
            if (request.State is CallState.Done or CallState.Abandoned)
                continue;
            Abandon(request);
            request.Sink.Completed(request, BudgetOutcome(StopReason.BudgetTime));
        }
    }

    internal void Emit(ReasoningEvent happened, string path) =>
        Observer?.Invoke(happened with { Path = path, At = nowMilliseconds });

    internal TimeProvider Time => time;

    /// <summary>Throws unless called on the run's turn: every member of the context checks this first.</summary>
    internal void Verify(string api)
    {
        if (owner == Environment.CurrentManagedThreadId && ReferenceEquals(Current, this))
            return;
        Flag($"{api} was used off the run's turn (after ConfigureAwait(false), in Task.Run, from a timer, …).");
        throw new StrategyContractException(violation!);
    }

    internal bool IsOnTurn => owner == Environment.CurrentManagedThreadId;

    internal void Flag(string message)
    {
        violation ??= message;
        OnViolation?.Invoke();
    }

    /// <summary>Queues a continuation of the strategy. Only the turn's own thread may.</summary>
    public override void Post(SendOrPostCallback d, object? state)
    {
        if (IsOnTurn)
            ready.Enqueue((d, state));
        else
            Flag("A continuation arrived from a foreign thread: the strategy awaited something the context did not give it.");
    }

    /// <summary>Never allowed.</summary>
    public override void Send(SendOrPostCallback d, object? state) => throw new StrategyContractException("SynchronizationContext.Send was used.");

    /// <inheritdoc/>
    public override SynchronizationContext CreateCopy() => this;

    // ---- one turn ------------------------------------------------------------------------------------------------

    private void Turn(Action first)
    {
        ThrowIfViolated();
        SynchronizationContext? previous = Current;
        SetSynchronizationContext(this);
        owner = Environment.CurrentManagedThreadId;
        turnStartedAt = Environment.TickCount64;
        try
        {
            first();
            do
            {
                while (ready.TryDequeue(out var work))
                    work.Callback(work.State);
            }
            while (Admit());
        }
        finally
        {
            turnStartedAt = 0;
            owner = -1;
            SetSynchronizationContext(previous);
        }

        ThrowIfViolated();
        if (!main!.IsCompleted && outstanding == 0)
            throw new StrategyContractException("The strategy is blocked on a task that the context did not provide.");
    }

    private void ThrowIfViolated()
    {
        if (violation is { } rule)
            throw new StrategyContractException(rule);
    }

    private void Finish(CallRequest request, CallOutcome outcome)
    {
        request.State = CallState.Done;
        if (!request.IsDeadline)
            outstanding--;
        if (!request.IsTimer)
        {
            Settle(request, outcome);
            meter.Finished(outcome, PriceOf(request.Call.Role));
        }

        request.Sink.Completed(request, outcome);
    }

    // ---- budget --------------------------------------------------------------------------------------------------

    /// <summary>Lets waiting calls through in the order of their requests. True when a denial gave the strategy more to do.</summary>
    private bool Admit()
    {
        if (waiting.Count == 0)
            return false;
        bool denied = false;
        BudgetLedger? blocked = null;
        deciding.Clear();
        deciding.AddRange(waiting);
        waiting.Clear();
        foreach (CallRequest request in deciding)
        {
            if (request.State != CallState.Waiting)
                continue;
            if (ReferenceEquals(request.Ledger, blocked))
            {
                waiting.Add(request);
                continue;
            }

            StopReason? reached = request.Ledger.Reached;
            switch (Decide(request))
            {
                case Admission.Admit:
                    request.State = CallState.Pending;
                    request.Depth = triggerDepth + 1;
                    Rounds = Math.Max(Rounds, request.Depth);
                    pending.Add(request);
                    meter.Admitted();
                    break;
                case Admission.Wait:
                    // Those behind it in the same budget wait too: a small late call never overtakes.
                    blocked = request.Ledger;
                    waiting.Add(request);
                    break;
                case Admission.Deny:
                    denied = true;
                    request.State = CallState.Done;
                    outstanding--;
                    StopReason reason = request.Ledger.Reached ?? StopReason.BudgetCalls;
                    if (reached is null)
                        Emit(new BudgetReached(reason), "");
                    request.Sink.Completed(request, BudgetOutcome(reason));
                    break;
            }
        }

        return denied;
    }

    private Admission Decide(CallRequest request)
    {
        BudgetLedger ledger = request.Ledger;
        if (!ledger.Meters)
        {
            Admission plain = ledger.Decide(default);
            if (plain == Admission.Admit)
                ledger.Reserve(default);
            return plain;
        }

        TokenBound bound = TokenBound.Of(request.Call, knownInputTokens.GetValueOrDefault(request.Call.PromptHash, -1), ledger.TokensUnspent);
        ModelPrice? price = PriceOf(request.Call.Role);
        if (ledger.MetersCost && price is null)
            throw new InvalidOperationException($"The run limits cost, but role '{request.Call.Role}' has no price.");
        var need = new Reservation(bound.Input + bound.Output, price?.Of(new CallUsage(bound.Input, bound.Output)) ?? 0);
        Admission decision = ledger.Decide(need);
        if (decision == Admission.Admit)
        {
            ledger.Reserve(need);
            request.Reserved = need;
            if (request.Call.Options.MaxOutputTokens != bound.Output)
                request.Call = request.Call with { Options = request.Call.Options with { MaxOutputTokens = (int)bound.Output } };
        }

        return decision;
    }

    private void Settle(CallRequest request, CallOutcome outcome)
    {
        if (!request.Ledger.Meters)
            return;
        if (outcome.Usage is { } usage)
        {
            ref long known = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(knownInputTokens, request.Call.PromptHash, out bool exists);
            known = exists ? Math.Max(known, usage.InputTokens) : usage.InputTokens;
            request.Ledger.Settle(request.Reserved, usage.InputTokens + usage.OutputTokens, PriceOf(request.Call.Role)?.Of(usage) ?? 0);
        }
        else
        {
            // Nothing was reported: what was held back stands, so that a limit holds whatever was really used.
            request.Ledger.Settle(request.Reserved, request.Reserved.Tokens, request.Reserved.Cost);
        }
    }

    internal ModelPrice? PriceOf(string role) =>
        Settings.Run.Prices.TryGetValue(role, out ModelPrice? price) || Settings.Run.Prices.TryGetValue("*", out price) ? price : null;

    private static CallOutcome BudgetOutcome(StopReason reason) => CallOutcome.Failed(CallFailureKind.BudgetExhausted, reason switch
    {
        StopReason.BudgetTokens => "The token budget does not allow another call.",
        StopReason.BudgetCost => "The cost budget does not allow another call.",
        StopReason.BudgetTime => "The time budget is spent.",
        _ => "The call budget does not allow another call.",
    });
}

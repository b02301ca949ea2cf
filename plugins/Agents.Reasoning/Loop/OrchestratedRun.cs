using System.Globalization;

namespace Agents.Reasoning;

/// <summary>
/// The host inside a durable orchestrator: the loop is pumped by the orchestrator's own events, each model call is an activity,
/// and each timer a durable one. The journal is the orchestrator's history. The answer is shown as soon as it is decided; then
/// the open activities are told to end, and the run returns when they have, since an orchestration does not complete before.
/// </summary>
/// <remarks>
/// It awaits nothing but what <see cref="IOrchestration"/> gives, on the orchestrator's thread, and so obeys the rules of
/// orchestrators: no other thread, clock, randomness or input.
/// </remarks>
public sealed class OrchestratedRun
{
    private readonly IOrchestration orchestration;
    private readonly OrchestrationOptions options;
    private readonly ReasoningLoop loop;
    private readonly Dictionary<string, OpenCall> open = new(StringComparer.Ordinal);
    private readonly List<Task> cancelling = [];
    // Not RunContinuationsAsynchronously: the continuation must stay on the orchestrator's thread.
    private readonly TaskCompletionSource decided = new();
    private OrchestrationStatus status = new("running");

    private OrchestratedRun(LoopSettings settings, IOrchestration orchestration, OrchestrationOptions options)
    {
        this.orchestration = orchestration;
        this.options = options;
        loop = new ReasoningLoop(settings);
    }

    /// <summary>Runs a strategy within an orchestration. Called once in each replay, with equal arguments.</summary>
    /// <param name="strategy">The strategy.</param>
    /// <param name="request">The question.</param>
    /// <param name="run">Identity, seed, limits, prices. How many calls run at once is the orchestration's business.</param>
    /// <param name="orchestration">The orchestrator.</param>
    /// <param name="options">How activities are treated; null for the defaults.</param>
    /// <param name="capabilities">What the model of a role can do, as it was when the run began; null for nothing declared.</param>
    /// <exception cref="StrategyContractException">The strategy broke a rule of the loop, or an activity answered for another call.</exception>
    public static async Task<ReasoningResult> RunAsync(
        IReasoningStrategy strategy, ReasoningRequest request, RunOptions run, IOrchestration orchestration,
        OrchestrationOptions? options = null, Func<string, SamplerCapabilities>? capabilities = null)
    {
        options ??= new OrchestrationOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxAttempts, 1, "MaxAttempts");
        var settings = new LoopSettings(run, orchestration.Now) { Capabilities = capabilities ?? (static _ => SamplerCapabilities.None) };
        return await new OrchestratedRun(settings, orchestration, options).DriveAsync(strategy, request);
    }

    private async Task<ReasoningResult> DriveAsync(IReasoningStrategy strategy, ReasoningRequest request)
    {
        loop.Observer = Observe;
        Task<ReasoningResult> main = loop.Start(context => strategy.RunAsync(context, request));
        try
        {
            Dispatch();
            await decided.Task;
            ReasoningResult result = await main with { Usage = loop.Usage, Rounds = loop.Rounds };
            status = status with { Phase = "decided", Progress = null, Answer = result.Answer?.Text, Confidence = result.Confidence, StopReason = result.StopReason };
            orchestration.Show(status);
            return result;
        }
        finally
        {
            await EndAsync();
        }
    }

    /// <summary>Makes what is pending, and lets go of what is not wanted any more.</summary>
    private void Dispatch()
    {
        Release(loop.TakeAbandoned());
        foreach (ModelCall pending in loop.TakePending())
        {
            // Its source is not disposed: it has no timer and no handle, and an orchestrator may be dropped between two events.
            var call = new OpenCall(pending, new CancellationTokenSource());
            open.Add(pending.Key, call);
            call.Watch = WatchAsync(call);
        }

        if (loop.IsCompleted)
            decided.TrySetResult();
    }

    private async Task WatchAsync(OpenCall open)
    {
        ModelCall call = open.Call;
        try
        {
            CallOutcome outcome = call.Due is { } due ? await TimerAsync(open, due) : await AskAsync(open);
            // What comes after the answer is in the orchestration's history, and that is all.
            if (!this.open.Remove(call.Key) || decided.Task.IsCompleted)
                return;
            if (call.Due is null)
                status = status with { Calls = status.Calls + 1 };
            loop.Deliver(new JournalEntry(call.Key, outcome, orchestration.Now.ToUnixTimeMilliseconds()));
            Dispatch();
        }
        catch (OperationCanceledException) when (open.Ended.IsCancellationRequested)
        {
            // A wait that nobody waits for.
            this.open.Remove(call.Key);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Nobody awaits a watch before the end: what goes wrong in a turn must end the run.
            this.open.Remove(call.Key);
            decided.TrySetException(e);
        }
    }

    private async Task<CallOutcome> TimerAsync(OpenCall timer, DateTimeOffset due)
    {
        await orchestration.DelayAsync(due, timer.Ended);
        return new CallOutcome();
    }

    private async Task<CallOutcome> AskAsync(OpenCall open)
    {
        for (int attempt = 1; ; attempt++)
        {
            open.IsAtModel = true;
            SampleDelivery delivery = await orchestration.CallAsync(open.Call, attempt);
            open.IsAtModel = false;
            if (delivery.Key != open.Call.Key)
                throw new StrategyContractException($"Non-deterministic replay: the history answers '{delivery.Key}' where this execution asks '{open.Call.Key}'.");
            if (attempt == options.MaxAttempts || open.Ended.IsCancellationRequested || !MayPass(delivery.Outcome.Failure))
                return delivery.Outcome;
            await orchestration.DelayAsync(orchestration.Now + options.FirstRetryAfter * Math.Pow(2, attempt - 1), open.Ended);
        }
    }

    private static bool MayPass(CallFailure? failure) =>
        failure?.Kind is CallFailureKind.RateLimited or CallFailureKind.Unavailable or CallFailureKind.TimedOut;

    /// <summary>Ends timers, and has the activities of calls cancelled. That activity is not waited for here: the run goes on.</summary>
    private void Release(IEnumerable<string> keys)
    {
        OpenCall[] released = [.. keys.Order(StringComparer.Ordinal).Select(key => open.GetValueOrDefault(key)).OfType<OpenCall>().Where(c => !c.Ended.IsCancellationRequested)];
        string[] running = [.. released.Where(c => c.IsAtModel).Select(c => c.Call.Key)];
        foreach (OpenCall call in released)
            call.End();
        if (running.Length > 0)
            cancelling.Add(orchestration.CancelAsync(running));
    }

    private async Task EndAsync()
    {
        decided.TrySetResult();
        Task[] watches = [.. open.Values.Select(c => c.Watch)];
        Release([.. open.Keys]);
        await Task.WhenAll([.. watches, .. cancelling]);
    }

    private void Observe(ReasoningEvent happened)
    {
        if (ProgressText.Of(happened) is not { } progress || decided.Task.IsCompleted)
            return;
        status = status with { Progress = progress.Length <= 200 ? progress : string.Create(CultureInfo.InvariantCulture, $"{progress.AsSpan(0, 199)}…") };
        orchestration.Show(status);
    }

    /// <summary>A call or timer from its start to its end.</summary>
    private sealed class OpenCall(ModelCall call, CancellationTokenSource ended)
    {
        public ModelCall Call => call;

        /// <summary>Completes when the call has ended; never fails.</summary>
        public Task Watch { get; set; } = Task.CompletedTask;

        /// <summary>Whether an activity is under way, rather than the wait before another attempt.</summary>
        public bool IsAtModel { get; set; }

        /// <summary>Cancelled when nobody waits for it any more.</summary>
        public CancellationToken Ended => ended.Token;

        public void End() => ended.Cancel();
    }
}

using System.Threading.Channels;

namespace Agents.Reasoning;

/// <summary>
/// The calls a run has out at its models: at most so many at once, joined into one request where the model takes several,
/// cancelled when abandoned, and never outliving the run.
/// </summary>
internal sealed class InFlightCalls(string runId, ReasoningModels models, ISampleStore? store, int maxConcurrency, TimeProvider time, ChannelWriter<InFlightCalls.Arrival> inbox) : IAsyncDisposable
{
    private readonly SemaphoreSlim slots = new(maxConcurrency);
    private readonly Dictionary<string, Dispatch> dispatches = new(StringComparer.Ordinal);
    private readonly HashSet<Task> running = [];
    private readonly CancellationTokenSource everything = new();

    /// <summary>A call that ended, and how long it took, queueing included.</summary>
    public readonly record struct Arrival(ModelCall Call, CallOutcome Outcome, double Milliseconds);

    /// <summary>Starts calls; those with equal prompts that the model takes together become one request.</summary>
    public void Start(IReadOnlyList<ModelCall> calls)
    {
        foreach (ModelCall timer in calls.Where(c => c.Due is not null))
            Launch([timer], static (self, dispatch) => self.WaitAsync(dispatch));

        foreach (IGrouping<(string, SampleOptions), ModelCall> equal in calls.Where(c => c.Due is null).GroupBy(c => (c.PromptHash, c.Options)))
        {
            int together = models.For(equal.First().Role).Capabilities.MaxSamplesPerRequest;
            foreach (ModelCall[] batch in equal.Chunk(Math.Max(1, together)))
                Launch(batch, static (self, dispatch) => self.CallAsync(dispatch));
        }
    }

    /// <summary>Cancels calls that nobody waits for. A joined request is cancelled when all its calls are abandoned.</summary>
    public void Abandon(IReadOnlyList<string> keys)
    {
        foreach (string key in keys)
        {
            if (dispatches.Remove(key, out Dispatch? dispatch))
                dispatch.Release(key, isAbandoned: true);
        }
    }

    /// <summary>Notes that a call arrived.</summary>
    public void Arrived(string key)
    {
        if (dispatches.Remove(key, out Dispatch? dispatch))
            dispatch.Release(key, isAbandoned: false);
    }

    /// <summary>Cancels everything and waits until nothing is in flight.</summary>
    public async ValueTask DisposeAsync()
    {
        await everything.CancelAsync().ConfigureAwait(false);
        Task[] last;
        lock (running)
            last = [.. running];
        await Task.WhenAll(last).ConfigureAwait(false);
        everything.Dispose();
        slots.Dispose();
    }

    private void Launch(ModelCall[] calls, Func<InFlightCalls, Dispatch, Task> run)
    {
        var dispatch = new Dispatch(calls, time.GetTimestamp(), everything.Token);
        foreach (ModelCall call in calls)
            dispatches[call.Key] = dispatch;
        // Task.Run: neither a sampler that works before its first await nor one that blocks may hold up the loop.
        Task task = Task.Run(() => GuardAsync(run, dispatch));
        lock (running)
            running.Add(task);
        _ = task.ContinueWith(
            done =>
            {
                lock (running)
                    running.Remove(done);
            },
            CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private async Task GuardAsync(Func<InFlightCalls, Dispatch, Task> run, Dispatch dispatch)
    {
        try
        {
            await run(this, dispatch).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (dispatch.Token.IsCancellationRequested)
        {
            // Abandoned, or the run ended: nobody waits for it.
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // A sampler must not throw; one that does loses its own calls, not the run.
            foreach (ModelCall call in dispatch.Undelivered())
                Deliver(dispatch, call, CallOutcome.Failed(CallFailureKind.Other, e.Message));
        }
        finally
        {
            dispatch.Dispose();
        }
    }

    private async Task WaitAsync(Dispatch dispatch)
    {
        ModelCall timer = dispatch.Calls[0];
        TimeSpan wait = timer.Due!.Value - time.GetUtcNow();
        if (wait > TimeSpan.Zero)
            await Task.Delay(wait, time, dispatch.Token).ConfigureAwait(false);
        Deliver(dispatch, timer, new CallOutcome());
    }

    private async Task CallAsync(Dispatch dispatch)
    {
        ISampler sampler = models.For(dispatch.Calls[0].Role);
        if (store is not null)
        {
            SampleKey[] keys = [.. dispatch.Calls.Select(c => KeyOf(sampler, c))];
            IReadOnlyDictionary<SampleKey, CallOutcome> found = await store.FindAsync(keys, dispatch.Token).ConfigureAwait(false);
            for (int i = 0; i < keys.Length; i++)
            {
                if (found.TryGetValue(keys[i], out CallOutcome? stored))
                    Deliver(dispatch, dispatch.Calls[i], stored);
            }
        }

        ModelCall[] open = [.. dispatch.Undelivered()];
        if (open.Length == 0)
            return;
        await slots.WaitAsync(dispatch.Token).ConfigureAwait(false);
        try
        {
            var batch = new SampleBatch(open[0].Messages, open[0].Options, [.. open.Select(c => new SampleRequest(SampleRequest.KeyOf(runId, c.Key), c.Index, c.Seed) { Abandoned = dispatch.AbandonedToken(c.Key) })]);
            await foreach (SampleDelivery delivery in sampler.SampleAsync(batch, dispatch.Token).ConfigureAwait(false))
            {
                ModelCall call = Array.Find(open, c => delivery.Key == SampleRequest.KeyOf(runId, c.Key))
                    ?? throw new InvalidOperationException($"The sampler {sampler.ModelId} delivered '{delivery.Key}', which it was not asked for.");
                Deliver(dispatch, call, delivery.Outcome);
                if (store is not null && delivery.Outcome.Failure is null)
                    await store.AddAsync([new(KeyOf(sampler, call), delivery.Outcome)], CancellationToken.None).ConfigureAwait(false);
            }
        }
        finally
        {
            slots.Release();
        }

        foreach (ModelCall call in dispatch.Undelivered())
            Deliver(dispatch, call, CallOutcome.Failed(CallFailureKind.Malformed, $"The sampler {sampler.ModelId} ended without delivering this sample."));
    }

    private static SampleKey KeyOf(ISampler sampler, ModelCall call) => new(sampler.ModelId, call.PromptHash, call.Seed, call.Index);

    private void Deliver(Dispatch dispatch, ModelCall call, CallOutcome outcome)
    {
        if (dispatch.MarkDelivered(call.Key))
            inbox.TryWrite(new Arrival(call, outcome, time.GetElapsedTime(dispatch.StartedAt).TotalMilliseconds));
    }

    /// <summary>One request to a model, for one call or several.</summary>
    private sealed class Dispatch : IDisposable
    {
        private readonly CancellationTokenSource own;
        private readonly HashSet<string> delivered = new(StringComparer.Ordinal);
        private readonly Dictionary<string, CancellationTokenSource> single = new(StringComparer.Ordinal);
        private int wanted;
        private bool hasAbandoned;
        private bool isDisposed;

        public Dispatch(ModelCall[] calls, long startedAt, CancellationToken everything)
        {
            Calls = calls;
            StartedAt = startedAt;
            wanted = calls.Length;
            own = CancellationTokenSource.CreateLinkedTokenSource(everything);
            Token = own.Token;
            if (calls.Length == 1)
                return;
            foreach (ModelCall call in calls)
                single.Add(call.Key, new CancellationTokenSource());
        }

        public ModelCall[] Calls { get; }

        public long StartedAt { get; }

        /// <summary>Kept apart from its source, so that it can be asked after the source is disposed.</summary>
        public CancellationToken Token { get; }

        /// <summary>The calls still wanted.</summary>
        public IEnumerable<ModelCall> Undelivered()
        {
            lock (delivered)
                return [.. Calls.Where(c => !delivered.Contains(c.Key) && !(single.TryGetValue(c.Key, out CancellationTokenSource? abandoned) && abandoned.IsCancellationRequested))];
        }

        /// <summary>Cancelled when this call of several is abandoned; a call alone ends with <see cref="Token"/>.</summary>
        public CancellationToken AbandonedToken(string key) => single.TryGetValue(key, out CancellationTokenSource? source) ? source.Token : default;

        public bool MarkDelivered(string key)
        {
            lock (delivered)
                return delivered.Add(key);
        }

        /// <summary>One call less to wait for. A request is cancelled once it owes nothing but abandoned calls; before, only the call is.</summary>
        public void Release(string key, bool isAbandoned)
        {
            hasAbandoned |= isAbandoned;
            bool isOver = --wanted <= 0 && hasAbandoned;
            lock (delivered)
            {
                if (isDisposed)
                    return;
                if (isOver)
                    own.Cancel();
                else if (isAbandoned && single.TryGetValue(key, out CancellationTokenSource? source))
                    source.Cancel();
            }
        }

        public void Dispose()
        {
            lock (delivered)
                isDisposed = true;
            own.Dispose();
            foreach (CancellationTokenSource source in single.Values)
                source.Dispose();
        }
    }
}

namespace Agents.Testing;

/// <summary>What passes through the stub model server: requests recorded, calls in flight counted, and signals for tests. Thread-safe.</summary>
public sealed class StubTraffic
{
    private readonly Lock gate = new();
    private readonly List<StubRequest> requests = [];
    private readonly List<(Func<bool> Reached, TaskCompletionSource Signal)> waits = [];
    private int inFlight;
    private int peak;
    private int aborted;

    /// <summary>Every request so far, by arrival.</summary>
    public IReadOnlyList<StubRequest> Requests
    {
        get
        {
            lock (gate)
                return [.. requests];
        }
    }

    /// <summary>Requests being answered now.</summary>
    public int InFlight => Volatile.Read(ref inFlight);

    /// <summary>The most requests that were being answered at one time.</summary>
    public int PeakInFlight => Volatile.Read(ref peak);

    /// <summary>Requests that the client gave up.</summary>
    public int Aborted => Volatile.Read(ref aborted);

    /// <summary>Completes once <paramref name="count"/> requests have arrived.</summary>
    public Task WhenReceivedAsync(int count) => WhenAsync(() => requests.Count >= count);

    /// <summary>Completes once <paramref name="count"/> requests are in flight together.</summary>
    public Task WhenInFlightAsync(int count) => WhenAsync(() => inFlight >= count);

    /// <summary>Completes once nothing is in flight.</summary>
    public Task WhenIdleAsync() => WhenAsync(() => inFlight == 0);

    internal void Enter(Func<int, StubRequest> create, out StubRequest request)
    {
        lock (gate)
        {
            request = create(requests.Count + 1);
            requests.Add(request);
            peak = Math.Max(peak, ++inFlight);
            Release();
        }
    }

    internal void Leave(bool gaveUp)
    {
        lock (gate)
        {
            inFlight--;
            aborted += gaveUp ? 1 : 0;
            Release();
        }
    }

    private Task WhenAsync(Func<bool> reached)
    {
        lock (gate)
        {
            if (reached())
                return Task.CompletedTask;
            var signal = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            waits.Add((reached, signal));
            return signal.Task.WaitAsync(TimeSpan.FromSeconds(30));
        }
    }

    private void Release()
    {
        foreach ((Func<bool> reached, TaskCompletionSource signal) in waits)
        {
            if (reached())
                signal.TrySetResult();
        }

        waits.RemoveAll(w => w.Signal.Task.IsCompleted);
    }
}

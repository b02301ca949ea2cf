namespace Agents.Models.OpenAI;

/// <summary>
/// The one way to an upstream, shared by every model behind it: bounds the requests in flight, holds all of them while the
/// upstream asks for a pause, and keeps optional rates. First come, first served. Thread-safe.
/// </summary>
public sealed class UpstreamGate : IDisposable
{
    private readonly Lock sync = new();
    private readonly TimeProvider time;
    private readonly LinkedList<TaskCompletionSource<Admission>> waiting = [];
    private readonly ITimer timer;
    private int limit;
    private int inFlight;
    private DateTimeOffset pausedUntil;
    private RateAllowance? requests;
    private RateAllowance? tokens;

    internal UpstreamGate(TimeProvider time, int maxConcurrency)
    {
        this.time = time;
        limit = maxConcurrency;
        timer = time.CreateTimer(_ => Admit(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The most requests in flight.</summary>
    public int MaxConcurrency => Volatile.Read(ref limit);

    /// <summary>Requests in flight now.</summary>
    public int InFlight => Volatile.Read(ref inFlight);

    /// <summary>Requests that wait for their turn.</summary>
    public int Waiting
    {
        get
        {
            lock (sync)
                return waiting.Count;
        }
    }

    /// <summary>Until when the upstream asked to be left alone; in the past when it did not.</summary>
    public DateTimeOffset PausedUntil
    {
        get
        {
            lock (sync)
                return pausedUntil;
        }
    }

    /// <summary>Holds every request that has not started until <paramref name="until"/>; never shortens a pause.</summary>
    public void PauseUntil(DateTimeOffset until)
    {
        lock (sync)
        {
            if (until > pausedUntil)
                pausedUntil = until;
        }
    }

    /// <summary>Applies the limits of one more model: the tightest of all hold.</summary>
    internal void Tighten(int maxConcurrency, int? requestsPerMinute, long? tokensPerMinute)
    {
        lock (sync)
        {
            limit = Math.Min(limit, maxConcurrency);
            requests = Tighter(requests, requestsPerMinute);
            tokens = Tighter(tokens, tokensPerMinute);
        }
    }

    /// <summary>Waits for a turn. Dispose the admission when the request has ended.</summary>
    internal async ValueTask<Admission> EnterAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var turn = new TaskCompletionSource<Admission>(TaskCreationOptions.RunContinuationsAsynchronously);
        LinkedListNode<TaskCompletionSource<Admission>> place;
        lock (sync)
        {
            place = waiting.AddLast(turn);
            AdmitLocked();
        }

        if (turn.Task.IsCompleted)
            return await turn.Task.ConfigureAwait(false);
        using CancellationTokenRegistration registration = cancellationToken.UnsafeRegister(_ => GiveUp(place, cancellationToken), null);
        return await turn.Task.ConfigureAwait(false);
    }

    /// <summary>Stops the clock of this gate.</summary>
    public void Dispose() => timer.Dispose();

    private RateAllowance? Tighter(RateAllowance? current, double? perMinute) =>
        perMinute is { } rate && (current is null || rate < current.PerMinute) ? new RateAllowance(rate, time.GetUtcNow()) : current;

    private void GiveUp(LinkedListNode<TaskCompletionSource<Admission>> place, CancellationToken cancellationToken)
    {
        lock (sync)
        {
            if (place.List is null)
                return;
            waiting.Remove(place);
        }

        place.Value.TrySetCanceled(cancellationToken);
    }

    private void Admit()
    {
        lock (sync)
            AdmitLocked();
    }

    private void AdmitLocked()
    {
        while (waiting.First is { } first && inFlight < limit)
        {
            DateTimeOffset now = time.GetUtcNow();
            TimeSpan wait = Longest(pausedUntil - now, requests?.DelayFor(1, now), tokens?.DelayFor(1, now));
            if (wait > TimeSpan.Zero)
            {
                timer.Change(TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)), Timeout.InfiniteTimeSpan);
                return;
            }

            waiting.RemoveFirst();
            inFlight++;
            requests?.Spend(1, now);
            first.Value.SetResult(new Admission(this));
        }
    }

    private static TimeSpan Longest(TimeSpan pause, TimeSpan? requests, TimeSpan? tokens)
    {
        TimeSpan longest = pause;
        if (requests > longest)
            longest = requests.Value;
        return tokens > longest ? tokens.Value : longest;
    }

    private void Leave(long spentTokens)
    {
        lock (sync)
        {
            inFlight--;
            if (spentTokens > 0)
                tokens?.Spend(spentTokens, time.GetUtcNow());
            AdmitLocked();
        }
    }

    /// <summary>A request's place at the upstream.</summary>
    internal sealed class Admission(UpstreamGate gate) : IDisposable
    {
        private int left;

        /// <summary>Tokens that the request turned out to cost.</summary>
        public long Tokens { get; set; }

        public void Dispose()
        {
            if (Interlocked.Exchange(ref left, 1) == 0)
                gate.Leave(Tokens);
        }
    }
}

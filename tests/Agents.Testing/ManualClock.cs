namespace Agents.Testing;

/// <summary>A clock that a test moves by hand. Timers fire inside <see cref="Advance"/>, in the order of their time. Thread-safe.</summary>
public sealed class ManualClock : TimeProvider
{
    private readonly Lock sync = new();
    private readonly List<Timer> timers = [];
    private readonly List<(Func<bool> Reached, TaskCompletionSource Signal)> waits = [];
    private DateTimeOffset now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        lock (sync)
            return now;
    }

    /// <inheritdoc/>
    public override long GetTimestamp() => GetUtcNow().Ticks;

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, callback, state, period);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Completes once so many timers wait whose remaining time matches.</summary>
    public Task WhenTimerAsync(Func<TimeSpan, bool> matches, int count = 1)
    {
        bool Reached() => timers.Count(t => matches(t.Due - now)) >= count;
        lock (sync)
        {
            if (Reached())
                return Task.CompletedTask;
            var signal = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            waits.Add((Reached, signal));
            return signal.Task.WaitAsync(TimeSpan.FromSeconds(30));
        }
    }

    /// <summary>Moves the clock and fires what is due on the way.</summary>
    public void Advance(TimeSpan by)
    {
        DateTimeOffset until = GetUtcNow() + by;
        while (NextDue(until) is { } timer)
            timer.Fire();
        lock (sync)
            now = until;
    }

    /// <summary>Moves the clock to the next timer and fires it alone.</summary>
    /// <exception cref="InvalidOperationException">No timer waits.</exception>
    public void AdvanceToNextTimer()
    {
        Timer next = NextDue(DateTimeOffset.MaxValue) ?? throw new InvalidOperationException("No timer waits on this clock.");
        next.Fire();
    }

    private Timer? NextDue(DateTimeOffset until)
    {
        lock (sync)
        {
            if (timers.Where(t => t.Due <= until).MinBy(t => t.Due) is not { } next)
                return null;
            now = next.Due > now ? next.Due : now;
            timers.Remove(next);
            return next;
        }
    }

    private void Arm(Timer timer, TimeSpan due)
    {
        lock (sync)
        {
            timers.Remove(timer);
            if (due == Timeout.InfiniteTimeSpan)
                return;
            timer.Due = now + due;
            timers.Add(timer);
            foreach ((Func<bool> reached, TaskCompletionSource signal) in waits)
            {
                if (reached())
                    signal.TrySetResult();
            }

            waits.RemoveAll(w => w.Signal.Task.IsCompleted);
        }
    }

    private sealed class Timer(ManualClock clock, TimerCallback callback, object? state, TimeSpan period) : ITimer
    {
        private TimeSpan period = period;

        public DateTimeOffset Due { get; set; }

        public void Fire()
        {
            if (period > TimeSpan.Zero)
                clock.Arm(this, period);
            callback(state);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            this.period = period;
            clock.Arm(this, dueTime);
            return true;
        }

        public void Dispose() => clock.Arm(this, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}

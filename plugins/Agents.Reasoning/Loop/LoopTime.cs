using System.Globalization;

namespace Agents.Reasoning;

/// <summary>
/// The clock of a run: it shows the time of the last delivered entry, and its timers are journaled entries, so that
/// <c>Task.Delay(x, context.Time)</c>, <c>WaitAsync(x, context.Time)</c> and <c>new CancellationTokenSource(x, context.Time)</c> replay exactly.
/// </summary>
internal sealed class LoopTime(ReasoningLoop loop) : TimeProvider
{
    public override long TimestampFrequency => 1000;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeMilliseconds(loop.NowMilliseconds);

    public override long GetTimestamp() => loop.NowMilliseconds;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new LoopTimer(loop, this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Ends the time of <paramref name="ledger"/> after <paramref name="limit"/>; the strategy does not wait for it.</summary>
    public CallRequest StartDeadline(BudgetLedger ledger, TimeSpan limit)
    {
        ledger.EndsAt(GetUtcNow() + limit);
        return loop.RequestTimer("$deadline", GetUtcNow() + limit, new DeadlineSink(loop, ledger), isDeadline: true);
    }

    private sealed class DeadlineSink(ReasoningLoop loop, BudgetLedger ledger) : ICallSink
    {
        public void Completed(CallRequest request, CallOutcome outcome) => loop.EndTime(ledger);
    }

    private sealed class LoopTimer(ReasoningLoop loop, LoopTime time, TimerCallback callback, object? state) : ITimer, ICallSink
    {
        private CallRequest? request;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            loop.Verify("A timer");
            Stop();
            if (dueTime == Timeout.InfiniteTimeSpan)
                return true;
            if (period != Timeout.InfiniteTimeSpan && period != TimeSpan.Zero)
                throw new NotSupportedException(string.Create(CultureInfo.InvariantCulture, $"Periodic timers ({period}) are not available to strategies."));
            request = loop.RequestTimer("$timer", time.GetUtcNow() + dueTime, this, isDeadline: false);
            return true;
        }

        public void Completed(CallRequest request, CallOutcome outcome) => callback(state);

        public void Dispose() => Stop();

        public ValueTask DisposeAsync()
        {
            Stop();
            return default;
        }

        private void Stop()
        {
            if (request is not null)
                loop.Abandon(request);
            request = null;
        }
    }
}

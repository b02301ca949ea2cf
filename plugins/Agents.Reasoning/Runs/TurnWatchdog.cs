namespace Agents.Reasoning;

/// <summary>Notices a turn that does not end: a blocking wait inside a strategy cannot be seen from within.</summary>
internal sealed class TurnWatchdog : IDisposable
{
    private readonly TaskCompletionSource stuck = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ITimer timer;

    public TurnWatchdog(ReasoningLoop loop, TimeSpan limit, TimeProvider time)
    {
        timer = time.CreateTimer(
            _ =>
            {
                if (loop.TurnStartedAt is { } since && Environment.TickCount64 - since > limit.TotalMilliseconds)
                    stuck.TrySetException(new StrategyContractException($"A turn of the strategy has not ended for {limit.TotalSeconds:0} s: it blocks (.Result, .Wait()) or loops without end."));
            },
            null, limit / 2, limit / 2);
    }

    /// <summary>Faults when a turn is stuck; never completes otherwise.</summary>
    public Task Stuck => stuck.Task;

    public void Dispose() => timer.Dispose();
}

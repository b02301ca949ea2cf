namespace Agents.Reasoning;

/// <summary>One call whose outcome a strategy awaits.</summary>
internal sealed class JudgeCall : ICallSink
{
    // Not RunContinuationsAsynchronously: what Task.WhenAll or WaitAsync hang on this task would then run on the thread pool.
    private readonly TaskCompletionSource<Sample> source = new();
    private CancellationTokenRegistration registration;

    public Task<Sample> Start(ReasoningLoop loop, CallRequest request, CancellationToken cancellation)
    {
        if (cancellation.CanBeCanceled)
        {
            registration = cancellation.Register(() =>
            {
                if (!loop.IsOnTurn)
                {
                    loop.Flag("A CancellationToken was cancelled from a foreign thread (a wall-clock time-out?).");
                    return;
                }

                loop.Abandon(request);
                source.TrySetCanceled(cancellation);
            });
        }

        return source.Task;
    }

    public void Completed(CallRequest request, CallOutcome outcome)
    {
        registration.Dispose();
        if (outcome.Failure is { } failure)
            source.TrySetException(new ModelCallException(request.Call.Key, failure));
        else
            source.TrySetResult(new Sample(request.Call.Index, request.Call.Key, outcome));
    }
}

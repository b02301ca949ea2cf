namespace Agents.Reasoning;

/// <summary>
/// The samples of one <see cref="ReasoningContext.SampleAsync"/>, in the order in which they complete. Hot: the calls are
/// requested before anyone enumerates. Enumerable once; leaving the loop abandons what is still open.
/// </summary>
internal sealed class SampleStream : IAsyncEnumerable<Sample>, ICallSink
{
    private readonly ReasoningLoop loop;
    private readonly CallRequest[] requests;
    private readonly Queue<Sample> finished = new();
    private readonly CancellationTokenRegistration registration;
    private TaskCompletionSource? waiter;
    private CancellationToken cancelledBy;
    private bool isCancelled;
    private bool isEnumerated;

    public SampleStream(ReasoningLoop loop, int count, Func<SampleStream, CallRequest> request, CancellationToken cancellation)
    {
        this.loop = loop;
        requests = new CallRequest[count];
        for (int i = 0; i < count; i++)
            requests[i] = request(this);
        if (cancellation.CanBeCanceled)
            registration = cancellation.Register(() => Cancel(cancellation));
    }

    public void Completed(CallRequest request, CallOutcome outcome)
    {
        finished.Enqueue(new Sample(request.Call.Index, request.Call.Key, outcome));
        waiter?.TrySetResult();
    }

    public async IAsyncEnumerator<Sample> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        loop.Verify("Enumerating samples");
        if (isEnumerated)
            throw new InvalidOperationException("The samples of one SampleAsync can be enumerated once.");
        isEnumerated = true;
        using CancellationTokenRegistration also = cancellationToken.CanBeCanceled ? cancellationToken.Register(() => Cancel(cancellationToken)) : default;
        try
        {
            for (int i = 0; i < requests.Length; i++)
            {
                while (finished.Count == 0)
                {
                    if (isCancelled)
                        throw new OperationCanceledException(cancelledBy);
                    // Only this iterator awaits it, so an asynchronous continuation goes through the loop's queue.
                    waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                    await waiter.Task;
                    waiter = null;
                }

                yield return finished.Dequeue();
            }
        }
        finally
        {
            registration.Dispose();
            AbandonOpen();
        }
    }

    private void Cancel(CancellationToken by)
    {
        if (!loop.IsOnTurn)
        {
            // Never throw here: this may be a timer thread, and an exception would end the process.
            loop.Flag("A CancellationToken was cancelled from a foreign thread (a wall-clock time-out?).");
            return;
        }

        isCancelled = true;
        cancelledBy = by;
        AbandonOpen();
        waiter?.TrySetResult();
    }

    private void AbandonOpen()
    {
        foreach (CallRequest request in requests)
            loop.Abandon(request);
    }
}

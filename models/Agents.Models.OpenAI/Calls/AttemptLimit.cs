namespace Agents.Models.OpenAI;

/// <summary>The time limit of one attempt on the injected clock, joined with the caller's own cancellation.</summary>
internal sealed class AttemptLimit : IDisposable
{
    private readonly CancellationTokenSource clock;
    private readonly CancellationTokenSource joined;

    public AttemptLimit(TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        clock = new CancellationTokenSource(limit, time);
        joined = CancellationTokenSource.CreateLinkedTokenSource(clock.Token, cancellationToken);
    }

    /// <summary>Cancelled when time is up or the caller gives up.</summary>
    public CancellationToken Token => joined.Token;

    /// <summary>Starts the time anew.</summary>
    public void Restart(TimeSpan limit) => clock.CancelAfter(limit);

    public void Dispose()
    {
        joined.Dispose();
        clock.Dispose();
    }
}

namespace Agents.Server.Mcp;

/// <summary>
/// A reply that is an event stream, with comments while there is nothing to say: proxies cut what is silent, and a run may think
/// for minutes. Every write to it is a whole event, so that a comment never stands inside one.
/// </summary>
internal sealed class KeptAliveStream : Stream
{
    private static readonly byte[] comment = ": keep-alive\n\n"u8.ToArray();
    private readonly Stream inner;
    private readonly SemaphoreSlim turn = new(1);
    private readonly ITimer beats;
    private readonly CancellationToken aborted;
    private bool hasEnded;

    /// <param name="inner">The reply; not disposed.</param>
    /// <param name="silence">Time between comments.</param>
    /// <param name="time">The clock.</param>
    /// <param name="aborted">The client has gone.</param>
    public KeptAliveStream(Stream inner, TimeSpan silence, TimeProvider time, CancellationToken aborted)
    {
        this.inner = inner;
        this.aborted = aborted;
        beats = time.CreateTimer(_ => _ = BeatAsync(), null, silence, silence);
    }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            await inner.WriteAsync(buffer, cancellationToken);
        }
        finally
        {
            turn.Release();
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async Task FlushAsync(CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            await inner.FlushAsync(cancellationToken);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Ends the comments; one that is being written is finished first.</summary>
    public override async ValueTask DisposeAsync()
    {
        await beats.DisposeAsync();
        await turn.WaitAsync(CancellationToken.None);
        hasEnded = true;
        turn.Release();
        await base.DisposeAsync();
    }

    public override void Flush() => throw new NotSupportedException("The reply is written asynchronously.");

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("The reply is written asynchronously.");

    private async Task BeatAsync()
    {
        // Where something is being written the connection is not silent.
        if (!await turn.WaitAsync(TimeSpan.Zero, CancellationToken.None))
            return;
        try
        {
            if (hasEnded)
                return;
            await inner.WriteAsync(comment, aborted);
            await inner.FlushAsync(aborted);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or ObjectDisposedException)
        {
            // The client has gone, which its run is told by the same token.
        }
        finally
        {
            turn.Release();
        }
    }
}

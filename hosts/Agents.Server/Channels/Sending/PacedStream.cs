using System.Text.Json.Nodes;

namespace Agents.Server.Channels;

/// <summary>
/// A reply that is written while it is read, as Teams streams: informative updates, then the text so far, then the message. Updates are
/// sent by one task, at most one a pace, the latest wins; after a long silence the last one is sent again, or the client would give up.
/// Saying something never waits, and is thread-safe.
/// </summary>
internal sealed class PacedStream : IAsyncDisposable
{
    private readonly Replies replies;
    private readonly TimeProvider time;
    private readonly TimeSpan pace;
    private readonly TimeSpan silence;
    private readonly Lock gate = new();
    private readonly CancellationTokenSource ending = new();
    private readonly CancellationTokenSource stoppedByReader = new();
    private readonly Task pump;
    private TaskCompletionSource news = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private (bool IsInformative, Func<string> Text)? latest;
    private bool hasNews;
    private bool isClosed;
    private string? streamId;
    private int sequence;
    private long lastSent;

    public PacedStream(Replies replies, ChannelOptions options, TimeProvider time)
    {
        this.replies = replies;
        this.time = time;
        pace = TimeSpan.FromSeconds(options.PaceSeconds);
        silence = TimeSpan.FromSeconds(options.UpdateSeconds);
        pump = PumpAsync();
    }

    /// <summary>Cancelled when the reader stops the reply.</summary>
    public CancellationToken StoppedByReader => stoppedByReader.Token;

    /// <summary>Says what goes on. Once there is text of the reply, it is not said any more.</summary>
    public void Inform(string text) => Say(isInformative: true, () => text);

    /// <summary>Shows the reply's text so far: all of it, from its beginning.</summary>
    /// <param name="text">Gives the text when an update is sent; called by the task that sends.</param>
    public void Write(Func<string> text) => Say(isInformative: false, text);

    /// <summary>Ends the stream with its message.</summary>
    /// <returns>False where the stream could not be ended so, and the message must be sent by itself.</returns>
    public async Task<bool> EndAsync(JsonObject message, CancellationToken cancellationToken)
    {
        await ending.CancelAsync();
        await pump;
        bool hasText;
        lock (gate)
            hasText = hasNews && latest is { IsInformative: false };
        if (!isClosed && hasText)
        {
            await KeepPaceAsync(cancellationToken);
            await UpdateAsync(cancellationToken);
        }

        if (isClosed || streamId is null)
            return false;
        await KeepPaceAsync(cancellationToken);
        isClosed = true;
        return (await replies.SendAsync(ReplyJson.Final(message, streamId), cancellationToken)).IsOk;
    }

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await pump;
        ending.Dispose();
        stoppedByReader.Dispose();
    }

    private void Say(bool isInformative, Func<string> text)
    {
        lock (gate)
        {
            if (isInformative && latest is { IsInformative: false })
                return;
            latest = (isInformative, text);
            hasNews = true;
            news.TrySetResult();
        }
    }

    private async Task PumpAsync()
    {
        try
        {
            while (!isClosed)
            {
                await NewsAsync();
                await UpdateAsync(ending.Token);
                await Task.Delay(pace, time, ending.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The end is at hand, and EndAsync goes on from here.
        }
    }

    private async Task NewsAsync()
    {
        Task more;
        lock (gate)
            more = news.Task;
        try
        {
            await more.WaitAsync(silence, time, ending.Token);
        }
        catch (TimeoutException)
        {
            // Nothing new: what was said last is said again.
        }
    }

    private async Task UpdateAsync(CancellationToken cancellationToken)
    {
        (bool IsInformative, Func<string> Text)? said;
        lock (gate)
        {
            (said, hasNews) = (latest, false);
            news = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        if (said is not { } update || update.Text() is not { Length: > 0 } text)
            return;
        lastSent = time.GetTimestamp();
        // An update under way is never given up, or its number would be used twice.
        Sent sent = await replies.UpdateAsync(ReplyJson.Update(replies.To, update.IsInformative, text, streamId, ++sequence), CancellationToken.None);
        streamId ??= sent.Id;
        if (sent.Status is 400 or 403 or 404 or 405)
        {
            isClosed = true;
            if (sent.Status == 403 && sent.Error.Contains("cancel", StringComparison.OrdinalIgnoreCase))
                await stoppedByReader.CancelAsync();
        }
        else if (streamId is null)
        {
            // Without an id the next update would begin another stream.
            isClosed = true;
        }

        cancellationToken.ThrowIfCancellationRequested();
    }

    private async Task KeepPaceAsync(CancellationToken cancellationToken)
    {
        TimeSpan rest = pace - time.GetElapsedTime(lastSent);
        if (sequence > 0 && rest > TimeSpan.Zero)
            await Task.Delay(rest, time, cancellationToken);
    }
}

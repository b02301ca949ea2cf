using System.Collections.Concurrent;
using Agents.Hosting.Texts;

namespace Agents.Hosting.Durable;

/// <summary>
/// Cancels calls that nobody waits for, whether they run in this process, in another, or have not begun: those here by their
/// token, those elsewhere by a mark that they look for. Thread-safe.
/// </summary>
/// <param name="store">Where marks are set.</param>
/// <param name="time">The clock.</param>
public sealed class CallCancellation(IRunStore store, TimeProvider time)
{
    /// <summary>How often a call looks for its mark, where other processes can set it.</summary>
    public static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, CancellationTokenSource> running = new(StringComparer.Ordinal);

    /// <summary>Runs a call until it ends or is cancelled.</summary>
    /// <param name="id">The call's identity among all runs.</param>
    /// <param name="call">The call.</param>
    /// <param name="cancellationToken">Cancels it too.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task<T> RunAsync<T>(string id, Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        string mark = MarkOf(id);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        running[id] = ended;
        try
        {
            // Looked for once the call can be found here: a cancellation in between is not missed.
            if (store.IsMarked(mark))
                throw new OperationCanceledException("Nobody waits for this call.");
            using ITimer? look = store.IsShared ? time.CreateTimer(_ => Look(mark, id), null, LookEvery, LookEvery) : null;
            return await call(ended.Token);
        }
        finally
        {
            running.TryRemove(new(id, ended));
        }
    }

    /// <summary>Cancels calls.</summary>
    public void Cancel(IEnumerable<string> ids)
    {
        foreach (string id in ids)
        {
            store.Mark(MarkOf(id));
            End(id);
        }
    }

    private void Look(string mark, string id)
    {
        try
        {
            if (store.IsMarked(mark))
                End(id);
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            // The store does not answer: the next look may be luckier, and the call ends by itself in any case.
        }
    }

    private void End(string id)
    {
        if (!running.TryGetValue(id, out CancellationTokenSource? call))
            return;
        try
        {
            call.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It ended in this moment.
        }
    }

    private static string MarkOf(string id) => TextId.Of("cancel|" + id);
}

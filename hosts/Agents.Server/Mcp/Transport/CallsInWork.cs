using System.Collections.Concurrent;
using ModelContextProtocol.Protocol;

namespace Agents.Server.Mcp;

/// <summary>
/// Requests in work over HTTP, so that a cancellation finds them. Clients of the handshake leave the reply open and send
/// <c>notifications/cancelled</c> as a request of its own; it finds the other by the caller, the session id that the client was
/// given, and the request's id. A session is nothing but that name. Thread-safe.
/// </summary>
internal sealed class CallsInWork
{
    private readonly ConcurrentDictionary<(string Caller, string Session, object Id), CancellationTokenSource> calls = new();

    /// <summary>Notes a request until it is disposed; without a session nothing can find it.</summary>
    /// <param name="caller">Whose it is.</param>
    /// <param name="session">The session's id; empty for none.</param>
    /// <param name="id">The request's id.</param>
    /// <param name="cancelled">Is cancelled by <see cref="Cancel"/>.</param>
    public IDisposable Note(Caller caller, string session, RequestId id, CancellationTokenSource cancelled)
    {
        if (session.Length == 0 || id.Id is not { } value)
            return new Noted(null, default);
        (string, string, object) key = (caller.Name, session, value);
        // A client that repeats an id breaks the protocol; its first request stays the one that is found.
        return new Noted(calls.TryAdd(key, cancelled) ? calls : null, key);
    }

    /// <summary>Cancels a request. One that has ended is no error.</summary>
    public void Cancel(Caller caller, string session, RequestId id)
    {
        if (id.Id is not { } value || !calls.TryGetValue((caller.Name, session, value), out CancellationTokenSource? found))
            return;
        try
        {
            found.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It ended in between.
        }
    }

    private sealed class Noted(ConcurrentDictionary<(string, string, object), CancellationTokenSource>? calls, (string, string, object) key) : IDisposable
    {
        public void Dispose() => calls?.TryRemove(key, out _);
    }
}

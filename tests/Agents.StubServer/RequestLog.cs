using Agents.Testing;

namespace Agents.StubServer;

/// <summary>One line a request, its idempotency key, on disk before the request is answered. Thread-safe.</summary>
internal sealed class RequestLog(string path) : IDisposable
{
    private readonly Lock sync = new();
    private readonly StreamWriter lines = new(new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite)) { AutoFlush = true };

    public void Append(StubRequest request)
    {
        lock (sync)
            lines.WriteLine(request.IdempotencyKey ?? "-");
    }

    public void Dispose() => lines.Dispose();
}

using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Agents.Reasoning.Sqlite;

/// <summary>Readers that are lent to one caller at a time, each with a connection and statements of its own. Thread-safe.</summary>
internal sealed class ReaderPool<T>(DatabaseFile file, string name, Func<SqliteConnection, T> create) : IDisposable where T : IDisposable
{
    private readonly ConcurrentBag<T> idle = [];
    private volatile bool closed;

    public TResult Read<TResult>(Func<T, TResult> read)
    {
        if (closed)
            throw new ObjectDisposedException(null, $"The {name} is closed.");
        T reader = idle.TryTake(out T? free) ? free : create(file.OpenReader());
        try
        {
            return read(reader);
        }
        finally
        {
            idle.Add(reader);
            if (closed)
                Drain();
        }
    }

    public void Dispose()
    {
        closed = true;
        Drain();
    }

    private void Drain()
    {
        while (idle.TryTake(out T? reader))
            reader.Dispose();
    }
}

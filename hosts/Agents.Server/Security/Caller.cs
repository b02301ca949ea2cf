namespace Agents.Server;

/// <summary>Who calls: a name, limits, and what is used of them. One for each key, for the life of the server. Thread-safe.</summary>
internal sealed class Caller(string name, CallerLimits limits, TimeProvider time)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);
    private readonly Lock gate = new();
    private int inWork;
    private long spent;
    private DateTimeOffset windowStart = time.GetUtcNow();

    public string Name => name;

    public CallerLimits Limits => limits;

    /// <summary>Takes a place among the caller's requests, and gives it back when disposed.</summary>
    /// <exception cref="ApiException">All are taken, or this minute's tokens are spent.</exception>
    public Place Enter()
    {
        lock (gate)
        {
            DateTimeOffset now = time.GetUtcNow();
            if (now - windowStart >= Window)
                (windowStart, spent) = (now, 0);
            if (spent >= limits.TokensPerMinute)
                throw ApiException.TooMany($"The {limits.TokensPerMinute} tokens a minute of '{name}' are spent.", "tokens_per_minute", windowStart + Window - now);
            if (inWork >= limits.MaxConcurrency)
                throw ApiException.TooMany($"'{name}' has {inWork} requests in work already, as many as it may.", "concurrency", TimeSpan.FromSeconds(1));
            inWork++;
            return new Place(this);
        }
    }

    /// <summary>Notes tokens that were used.</summary>
    public void Spend(long tokens)
    {
        lock (gate)
            spent += tokens;
    }

    private void Leave()
    {
        lock (gate)
            inWork--;
    }

    /// <summary>A place among the caller's requests.</summary>
    internal sealed class Place(Caller caller) : IDisposable
    {
        private int isLeft;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref isLeft, 1) == 0)
                caller.Leave();
        }
    }
}

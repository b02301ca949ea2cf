using System.Runtime.CompilerServices;
using System.Text.Json;
using Agents.Reasoning;

namespace Agents.Server.Jobs;

/// <summary>
/// The events of a job as they happen, numbered from 1, for any number of watchers, who may come late. The latest are kept, up
/// to a bound. Thread-safe.
/// </summary>
internal sealed class JobFeed
{
    private const int MaxKept = 4096;
    private readonly Lock gate = new();
    private readonly Queue<(long Number, string Type, byte[] Json)> kept = new();
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long last;
    private bool hasEnded;

    /// <summary>The last progress in words, or null.</summary>
    public string? Progress { get; private set; }

    public void Add(ReasoningEvent happened)
    {
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(happened, ReasoningJson.Readable.ReasoningEvent);
        lock (gate)
        {
            kept.Enqueue((++last, TypeOf(json), json));
            if (kept.Count > MaxKept)
                kept.Dequeue();
            Progress = ProgressText.Of(happened) ?? Progress;
            Wake();
        }
    }

    public void End()
    {
        lock (gate)
        {
            hasEnded = true;
            Wake();
        }
    }

    /// <summary>The events after a number, then those that come, until the job has ended.</summary>
    public async IAsyncEnumerable<(long Number, string Type, byte[] Json)> ReadAsync(long after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            (long, string, byte[])[] news;
            Task more;
            lock (gate)
            {
                news = [.. kept.Where(e => e.Number > after)];
                more = hasEnded ? Task.CompletedTask : changed.Task;
                after = last;
            }

            foreach ((long, string, byte[]) item in news)
                yield return item;
            if (more.IsCompletedSuccessfully && news.Length == 0 && hasEnded)
                yield break;
            await more.WaitAsync(cancellationToken);
        }
    }

    private static string TypeOf(byte[] json) => JsonElement.Parse(json).GetProperty("type").GetString()!;

    private void Wake()
    {
        changed.TrySetResult();
        changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

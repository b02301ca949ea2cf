using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Agents.Reasoning;

namespace Agents.Models.Embedded;

/// <summary>
/// Runs samples on worker threads. A worker owns a group of rows and steps it alone: no thread waits for another within a step.
/// Rows join when there is room and leave as they end. A prompt is run once, then shared by all samples that ask for it.
/// Workers start when there is work and end when there has been none for a while. Thread-safe.
/// </summary>
internal sealed class BatchDecoder
{
    private static readonly TimeSpan idle = TimeSpan.FromSeconds(2);

    private readonly EmbeddedModelOptions options;
    private readonly PrefixCache prefixes;
    private readonly ConcurrentBag<DecodingWorker> spare = [];
    private readonly Func<DecodingWorker> createWorker;

    // Guarded by the gate. A prompt is in one of: unread (nobody runs it), being run, ready (its samples may join).
    private readonly object gate = new();
    private readonly Dictionary<string, PendingPrompt> prompts = new(StringComparer.Ordinal);
    private readonly Queue<PendingPrompt> unread = new();
    private readonly Queue<PendingPrompt> ready = new();
    private int live;
    private int workers;

    /// <param name="options">Threads, and rows of each.</param>
    /// <param name="prefixes">What prompts begin from.</param>
    /// <param name="createWorker">Makes the state of a thread.</param>
    public BatchDecoder(EmbeddedModelOptions options, PrefixCache prefixes, Func<DecodingWorker> createWorker) =>
        (this.options, this.prefixes, this.createWorker) = (options, prefixes, createWorker);

    /// <summary>Prompts that were run so far.</summary>
    public int PromptsRun { get; private set; }

    /// <summary>Starts samples of one prompt.</summary>
    public void Submit(int[] tokens, IReadOnlyList<BatchRow> samples)
    {
        string key = new(MemoryMarshal.Cast<int, char>(tokens));
        lock (gate)
        {
            if (!prompts.TryGetValue(key, out PendingPrompt? prompt))
            {
                prompts.Add(key, prompt = new PendingPrompt(key, tokens));
                unread.Enqueue(prompt);
            }
            else
            {
                // Somebody else's prompt: not one token of it is computed for these.
                foreach (BatchRow sample in samples)
                    sample.CachedTokens = tokens.Length;
            }

            foreach (BatchRow sample in samples)
                prompt.Waiting.Enqueue(sample);
            live += samples.Count;
            for (int needed = Math.Min(options.Threads, live); workers < needed; workers++)
                new Thread(Work) { IsBackground = true, Name = "embedded model" }.Start();
            Monitor.PulseAll(gate);
        }
    }

    private void Work()
    {
        if (!spare.TryTake(out DecodingWorker? worker))
            worker = createWorker();
        while (Take(worker, out PendingPrompt? prompt))
        {
            if (prompt is not null)
                Read(worker, prompt);
            else
                Left(worker.Step());
        }

        spare.Add(worker);
    }

    /// <summary>Gives the worker rows, or a prompt to run. False when there was nothing to do for a while.</summary>
    private bool Take(DecodingWorker worker, out PendingPrompt? prompt)
    {
        var joining = new List<(BatchRow Sample, float[] Logits)>();
        lock (gate)
        {
            while (true)
            {
                prompt = null;
                int share = Math.Clamp((live + options.Threads - 1) / options.Threads, 1, options.RowsPerThread);
                while (worker.Rows + joining.Count < share && NextReady() is { } next)
                    joining.Add(next);
                if (worker.Rows + joining.Count < share && NextUnread() is { } found)
                    prompt = found;
                if (worker.Rows + joining.Count > 0 || prompt is not null)
                    break;
                if (!Monitor.Wait(gate, idle) && unread.Count == 0 && ready.Count == 0)
                {
                    workers--;
                    return false;
                }
            }
        }

        Left(joining.Count(j => !worker.Join(j.Sample, j.Logits)));
        return true;
    }

    /// <summary>A sample that may join a batch, with its prompt's blocks and logits.</summary>
    private (BatchRow, float[])? NextReady()
    {
        while (ready.TryPeek(out PendingPrompt? prompt))
        {
            while (prompt.Waiting.TryDequeue(out BatchRow? sample))
            {
                if (!sample.IsCancelled)
                {
                    sample.Sequence = prompt.Sequence!.Fork();
                    return (sample, prompt.Logits);
                }

                live--;
            }

            ready.Dequeue();
            prompts.Remove(prompt.Key);
            prompt.Sequence!.Dispose();
        }

        return null;
    }

    private PendingPrompt? NextUnread()
    {
        while (unread.TryDequeue(out PendingPrompt? prompt))
        {
            if (prompt.Waiting.Any(s => !s.IsCancelled))
                return prompt;
            live -= prompt.Waiting.Count;
            prompts.Remove(prompt.Key);
        }

        return null;
    }

    private void Read(DecodingWorker worker, PendingPrompt prompt)
    {
        try
        {
            KeyValueSequence sequence = prefixes.Begin(prompt.Tokens);
            prompt.CachedTokens = sequence.Length;
            prompt.Logits = worker.Read(prompt.Tokens, sequence);
            prompt.Sequence = sequence;
            prefixes.Keep(prompt.Tokens, sequence);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // A worker is a thread's end: a fault must reach the callers, not the process.
            Abandon(prompt, e.Message);
            return;
        }

        lock (gate)
        {
            PromptsRun++;
            if (prompt.Waiting.TryPeek(out BatchRow? first) && first.CachedTokens == 0)
                first.CachedTokens = prompt.CachedTokens;
            ready.Enqueue(prompt);
            Monitor.PulseAll(gate);
        }
    }

    private void Abandon(PendingPrompt prompt, string reason)
    {
        BatchRow[] lost;
        lock (gate)
        {
            lost = [.. prompt.Waiting];
            prompts.Remove(prompt.Key);
            live -= lost.Length;
        }

        foreach (BatchRow sample in lost)
            sample.Fail(CallFailureKind.Other, reason);
    }

    private void Left(int rows)
    {
        if (rows == 0)
            return;
        lock (gate)
            live -= rows;
    }
}

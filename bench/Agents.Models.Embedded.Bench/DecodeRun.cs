using System.Diagnostics;

namespace Agents.Models.Embedded.Bench;

/// <summary>One measurement: a batch of samples with one prompt, run through the decoder as a caller's would be.</summary>
internal sealed class DecodeRun(EmbeddedModel model)
{
    // No token ends a text: every row generates as many as it is asked for.
    private readonly BatchDecoder decoder = new(model.Options, model.Prefixes, () => new DecodingWorker(model.Transformer, model.Pool, model.Prefixes, model.Tokenizer, [], model.Options.RowsPerThread));

    public EmbeddedModel Model => model;

    /// <summary>A prompt of so many tokens that no earlier run had, so that the prefix cache cannot spare it.</summary>
    public int[] Prompt(int length, int number)
    {
        var random = new Random(number);
        int[] words = [.. Enumerable.Range(0, model.Tokenizer.Size).Except(model.Tokenizer.Controls)];
        return [.. Enumerable.Range(0, length).Select(_ => words[random.Next(words.Length)])];
    }

    /// <summary>Tokens per second, the prompt's time included.</summary>
    public double TokensPerSecond(int[] prompt, int batch, int newTokens) => Measure(prompt, batch, newTokens).Wall;

    /// <summary>Tokens per second of time and of the process's CPU time, the prompt's included.</summary>
    public (double Wall, double Cpu) Measure(int[] prompt, int batch, int newTokens)
    {
        using var ended = new CountdownEvent(batch);
        long generated = 0;
        var rules = new SamplingRules { Temperature = 1, MaxTokens = newTokens };
        TimeSpan before = Process.GetCurrentProcess().TotalProcessorTime;
        long start = Stopwatch.GetTimestamp();
        BatchRow[] rows =
        [
            .. Enumerable.Range(0, batch).Select(i => new BatchRow(prompt, rules, new SampleRandom(start, i), outcome =>
            {
                Interlocked.Add(ref generated, outcome.Usage!.OutputTokens);
                ended.Signal();
            })),
        ];
        decoder.Submit(prompt, rows);
        ended.Wait();
        return (generated / Stopwatch.GetElapsedTime(start).TotalSeconds, generated / (Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds);
    }
}

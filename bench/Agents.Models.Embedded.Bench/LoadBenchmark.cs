using System.Diagnostics;

namespace Agents.Models.Embedded.Bench;

/// <summary>Time from nothing to a model that can run: the first load in this process, then the median of later ones.</summary>
internal static class LoadBenchmark
{
    public static void Run(BenchSettings settings)
    {
        TimeSpan before = Process.GetCurrentProcess().TotalProcessorTime;
        double first = Measure(settings, out EmbeddedModel model);
        double cpu = (Process.GetCurrentProcess().TotalProcessorTime - before).TotalMilliseconds;
        var decoding = new DecodeRun(model);
        Console.WriteLine($"first load in the process {first:N1} ms, {cpu:N1} ms of CPU on all threads, compiling included");
        long start = Stopwatch.GetTimestamp();
        decoding.TokensPerSecond(decoding.Prompt(settings.PromptLength, 0), 1, 1);
        Console.WriteLine($"first token after it, prompt of {settings.PromptLength}: {Stopwatch.GetElapsedTime(start).TotalMilliseconds:N1} ms");
        Console.WriteLine($"later loads {new Spread(Enumerable.Range(0, settings.Runs).Select(_ => Measure(settings, out EmbeddedModel _)))} ms");
    }

    private static double Measure(BenchSettings settings, out EmbeddedModel model)
    {
        long start = Stopwatch.GetTimestamp();
        model = settings.Load(1);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}

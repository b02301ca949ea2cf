using System.Diagnostics;
using Agents.Answers.Tests.Fuzz;

namespace Agents.Answers.Bench;

/// <summary>Grades, extracts and compares random and mutated inputs; reports exceptions, asymmetries, the slowest inputs and the peak of memory.</summary>
internal static class FuzzCommand
{
    private const int Warmup = 20_000;

    public static int Run(int count, int seed)
    {
        var inputs = new FuzzInputs(seed);
        for (int i = 0; i < Warmup; i++) Try(inputs.Next(), inputs.Next(), out _);
        var slowest = new SortedList<double, string>();
        int failures = 0, asymmetric = 0;
        long largest = 0;
        double slowestFirst = 0;
        for (int i = 0; i < count; i++)
        {
            string a = inputs.Next(), b = inputs.Next();
            int collections = GC.CollectionCount(0);
            long start = Stopwatch.GetTimestamp();
            long allocated = GC.GetAllocatedBytesForCurrentThread();
            if (!Try(a, b, out bool symmetric)) failures++;
            if (!symmetric && asymmetric++ < 10) Console.WriteLine($"asymmetric: {Escape(a)} | {Escape(b)}");
            double elapsed = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            largest = Math.Max(largest, GC.GetAllocatedBytesForCurrentThread() - allocated);
            slowestFirst = Math.Max(slowestFirst, elapsed);
            // On a shared machine a pause may be the scheduler's: an input is as slow as the best of four runs of it.
            for (int repeat = 0; repeat < 3 && elapsed > 2; repeat++)
            {
                start = Stopwatch.GetTimestamp();
                Try(a, b, out _);
                elapsed = Math.Min(elapsed, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }

            if (slowest.Count < 10 || elapsed > slowest.Keys[0])
            {
                slowest[elapsed] = $"{(GC.CollectionCount(0) > collections ? "(with a collection) " : "")}{Escape(a)} | {Escape(b)}";
                if (slowest.Count > 10) slowest.RemoveAt(0);
            }
        }

        foreach ((double elapsed, string pair) in slowest) Console.WriteLine($"{elapsed:F2} ms: {pair}");
        using var process = Process.GetCurrentProcess();
        Console.WriteLine($"{count:N0} pairs (each graded in both orders and extracted): {failures} exceptions, {asymmetric} asymmetric, slowest {slowest.Keys[^1]:F2} ms (best of four runs; {slowestFirst:F0} ms in one run with the machine's pauses), most allocated by one {largest / 1048576.0:F1} MiB, heap {GC.GetTotalMemory(true) / 1048576.0:F1} MiB, peak working set {process.PeakWorkingSet64 / 1048576.0:F0} MiB");
        return failures == 0 && asymmetric == 0 ? 0 : 1;
    }

    private static bool Try(string a, string b, out bool symmetric)
    {
        symmetric = true;
        long faults = Faults.Count;
        try
        {
            symmetric = AnswerGrader.Default.Grade(a, b) == AnswerGrader.Default.Grade(b, a);
            AnswerExtractor.Default.Extract(a);
            AnswerExtractor.Default.Extract(b, AnswerKind.Number);
            _ = Answer.Parse(a).Canonical;
            // The library's boundary hides its own faults from callers, not from here.
            if (Faults.Count == faults) return true;
            Report(Faults.Last!, a, b);
            return false;
        }
        catch (Exception exception)
        {
            Report(exception, a, b);
            return false;
        }
    }

    private static void Report(Exception exception, string a, string b) =>
        Console.WriteLine($"{exception.GetType().Name} {exception.StackTrace?.Split('\n').FirstOrDefault()?.Trim()}: {Escape(a)} | {Escape(b)}");

    private static string Escape(string text) => (text.Length > 200 ? text[..200] + "…" : text).ReplaceLineEndings("⏎");
}

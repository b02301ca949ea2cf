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
            if (slowest.Count < 10 || elapsed > slowest.Keys[0])
            {
                slowest[elapsed] = $"{(GC.CollectionCount(0) > collections ? "(with a collection) " : "")}{Escape(a)} | {Escape(b)}";
                if (slowest.Count > 10) slowest.RemoveAt(0);
            }
        }

        foreach ((double elapsed, string pair) in slowest) Console.WriteLine($"{elapsed:F2} ms: {pair}");
        using var process = Process.GetCurrentProcess();
        Console.WriteLine($"{count:N0} pairs (each graded in both orders and extracted): {failures} exceptions, {asymmetric} asymmetric, slowest {slowest.Keys[^1]:F2} ms, most allocated by one {largest / 1048576.0:F1} MiB, heap {GC.GetTotalMemory(true) / 1048576.0:F1} MiB, peak working set {process.PeakWorkingSet64 / 1048576.0:F0} MiB");
        return failures == 0 && asymmetric == 0 ? 0 : 1;
    }

    private static bool Try(string a, string b, out bool symmetric)
    {
        symmetric = true;
        try
        {
            symmetric = AnswerGrader.Default.Grade(a, b) == AnswerGrader.Default.Grade(b, a);
            AnswerExtractor.Default.Extract(a);
            AnswerExtractor.Default.Extract(b, AnswerKind.Number);
            _ = Answer.Parse(a).Canonical;
            return true;
        }
        catch (Exception exception)
        {
            Console.WriteLine($"{exception.GetType().Name} at {exception.StackTrace?.Split('\n').FirstOrDefault()?.Trim()}: {Escape(a)} | {Escape(b)}");
            return false;
        }
    }

    private static string Escape(string text) => (text.Length > 200 ? text[..200] + "…" : text).ReplaceLineEndings("⏎");
}

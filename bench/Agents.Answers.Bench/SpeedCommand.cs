using System.Diagnostics;
using System.Text.Json;

namespace Agents.Answers.Bench;

/// <summary>Pairs per second on one core: short answers compared as text, parsed afresh each time; and, given a file, its pairs graded.</summary>
internal static class SpeedCommand
{
    private const double Seconds = 3;

    private static readonly (string, string)[] Pairs =
    [
        ("42", "42.0"), ("1/3", "\\frac13"), ("1,234", "1234"), ("0.5", "\\frac{1}{2}"), ("x=3", "3"), ("(1,2)", "(2,1)"), ("5 cm", "5"), ("12", "13"),
        ("\\sqrt{2}/2", "\\frac{1}{\\sqrt 2}"), ("x^2+2x+1", "(x+1)^2"), ("50%", "0.5"), ("yes", "Yes."), ("(B)", "B"), ("[0,1)", "[0,1]"), ("-7", "7"), ("Paris", "the Paris"),
        ("\\frac{14}{3}", "14/3"), ("3\\sqrt{13}", "\\sqrt{117}"), ("$18", "18"), ("12/13/2001", "December 13, 2001"),
    ];

    public static int Run(string? file)
    {
        Measure("short pairs, Compare(string, string)", Pairs, (a, b) => AnswerEquivalence.Default.Compare(a, b));
        (Answer, Answer)[] parsed = [.. Pairs.Select(p => (Answer.Parse(p.Item1), Answer.Parse(p.Item2)))];
        Measure("short pairs, Compare(Answer, Answer) already parsed", parsed, (a, b) => AnswerEquivalence.Default.Compare(a, b));
        Measure("short pairs, Grade", Pairs, (a, b) => AnswerGrader.Default.Grade(a, b));
        if (file is null) return 0;
        (string, string)[] rows = [.. File.ReadLines(file).Select(Row)];
        Measure("rows of the file that are answers (≤ 100 characters), Grade", [.. rows.Where(r => r.Item1.Length <= 100 && r.Item2.Length <= 100)], (a, b) => AnswerGrader.Default.Grade(a, b));
        Measure("all rows of the file, Grade", rows, (a, b) => AnswerGrader.Default.Grade(a, b));
        return 0;
    }

    private static (string, string) Row(string line)
    {
        using JsonDocument row = JsonDocument.Parse(line);
        return (row.RootElement.GetProperty("gold").GetString()!, row.RootElement.GetProperty("pred").GetString()!);
    }

    private static void Measure<T>(string name, (T, T)[] pairs, Func<T, T, Equivalence> compare)
    {
        long Loop(double seconds)
        {
            long count = 0;
            for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start).TotalSeconds < seconds; count += pairs.Length)
            {
                foreach ((T a, T b) in pairs) compare(a, b);
            }

            return count;
        }

        Loop(1.5); // tiered compilation settles
        long begin = Stopwatch.GetTimestamp();
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        long done = Loop(Seconds);
        double elapsed = Stopwatch.GetElapsedTime(begin).TotalSeconds;
        Console.WriteLine($"{name}: {done / elapsed:N0} pairs/s, {(GC.GetAllocatedBytesForCurrentThread() - allocated) / (double)done:N0} bytes a pair");
    }
}

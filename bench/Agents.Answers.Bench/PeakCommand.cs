using System.Diagnostics;

namespace Agents.Answers.Bench;

/// <summary>Inputs made to be expensive: time and memory of each.</summary>
internal static class PeakCommand
{
    public static int Run()
    {
        foreach ((string name, string a, string b) in Inputs())
        {
            AnswerGrader.Default.Grade("1", "2");
            long allocated = GC.GetAllocatedBytesForCurrentThread();
            long start = Stopwatch.GetTimestamp();
            Equivalence result = AnswerGrader.Default.Grade(a, b);
            Console.WriteLine($"{name}: {result}, {Stopwatch.GetElapsedTime(start).TotalMilliseconds:F2} ms, {(GC.GetAllocatedBytesForCurrentThread() - allocated) / 1048576.0:F2} MiB");
        }

        return 0;
    }

    private static IEnumerable<(string Name, string A, string B)> Inputs()
    {
        yield return ("warm-up", "\\frac{1}{2}+\\sqrt{2}", "x+\\sin(1)");
        yield return ("200 nested parentheses", new string('(', 200) + "1" + new string(')', 200), "1");
        yield return ("10^10^10", "10^{10^{10}}", "10^{10^{11}}");
        yield return ("2^1000000", "2^{1000000}", "4^{500000}");
        yield return ("(a+b+c+d+e)^20", "(a+b+c+d+e)^{20}", "(a+b+c+d+e)^{20}+1");
        yield return ("100! against 101!", "100!", "101!");
        yield return ("nested fractions", string.Concat(Enumerable.Repeat("\\frac{1}{1+", 100)) + "x" + new string('}', 100), "x");
        yield return ("nested roots", string.Concat(Enumerable.Repeat("\\sqrt{2+", 100)) + "2" + new string('}', 100), "2");
        yield return ("many opening braces", new string('{', 4000), "1");
        yield return ("many boxes", string.Concat(Enumerable.Repeat("\\boxed{", 20000)), "1");
        yield return ("many dollars", new string('$', 200000), "1");
        yield return ("many digits", new string('7', 100000), "7");
        yield return ("product of sums", string.Concat(Enumerable.Range(0, 60).Select(i => $"(x_{{{i}}}+1)")), "1");
        yield return ("chain of matrices", string.Concat(Enumerable.Repeat("\\begin{pmatrix}1&x\\\\y&1\\end{pmatrix}", 60)), "1");
        yield return ("list of 400", string.Join(',', Enumerable.Range(0, 400)), string.Join(',', Enumerable.Range(0, 400).Reverse()));
        yield return ("cues", string.Concat(Enumerable.Repeat("the answer is ", 15000)), "1");
        yield return ("thinking", string.Concat(Enumerable.Repeat("<think>", 30000)), "1");
        yield return ("numbers", string.Concat(Enumerable.Repeat("1,222 ", 30000)), "1");
        yield return ("words and numbers", string.Concat(Enumerable.Repeat("a1 ", 60000)), "1");
        yield return ("json", string.Concat(Enumerable.Repeat("{\"answer\": ", 20000)), "1");
        yield return ("nested integrals", "\\sqrt[" + string.Concat(Enumerable.Repeat("\\int", 290)) + "x", "n|n\\log_2 8");
        yield return ("nested integrals of x", string.Concat(Enumerable.Repeat("\\int", 290)) + "x", "5");
        yield return ("sums of nested integrals", string.Concat(Enumerable.Repeat("1+\\int", 290)) + "x", "y");
        yield return ("big powers", string.Join('*', Enumerable.Repeat("2.5^{900}", 100)), "1");
        yield return ("roots of big numbers", string.Join('+', Enumerable.Range(1, 200).Select(i => $"\\sqrt{{99999999{i}7}}")), "1");
    }
}

using Agents.Reasoning.Verifiers;

namespace Agents.Distillation;

/// <summary>The steps of a trace as it marks them: <c>&lt;step&gt;…&lt;/step&gt;</c>, else its lines that are not blank.</summary>
internal static class TraceSteps
{
    private const string Open = "<step>", Close = "</step>", ThinkOpen = "<think>", ThinkClose = "</think>";

    public static bool AreMarked(string text) => text.Contains(Open, StringComparison.Ordinal);

    /// <summary>The steps' texts, in order, without tags.</summary>
    public static IReadOnlyList<string> Of(string text)
    {
        if (!AreMarked(text))
            return [.. text.Replace(ThinkOpen, "\n", StringComparison.Ordinal).Replace(ThinkClose, "\n", StringComparison.Ordinal).Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0)];
        var steps = new List<string>();
        for (int at = text.IndexOf(Open, StringComparison.Ordinal); at >= 0;)
        {
            int start = at + Open.Length;
            int close = text.IndexOf(Close, start, StringComparison.Ordinal);
            if (close < 0)
                break;
            steps.Add(text[start..close]);
            at = text.IndexOf(Open, close, StringComparison.Ordinal);
        }

        return steps;
    }

    /// <summary>The index of the first step with a wrong calculation; −1 for none.</summary>
    public static int FirstWrong(IReadOnlyList<string> steps)
    {
        for (int i = 0; i < steps.Count; i++)
        {
            if (IsWrong(steps[i]))
                return i;
        }

        return -1;
    }

    /// <summary>Whether a step holds a calculation that is wrong.</summary>
    public static bool IsWrong(string step) => ArithmeticVerifier.Calculations(step).Any(c => !c.IsRight);
}

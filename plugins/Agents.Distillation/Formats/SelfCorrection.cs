using System.Text.Json.Nodes;
using Agents.Reasoning.Verifiers;

namespace Agents.Distillation;

/// <summary>
/// Self-correction traces in the manner of journey learning (Qin et al. 2024, arXiv:2410.18982): the beginning that a right and a
/// wrong solution of one question share, the wrong solution's next step, a step that notices it, and the right solution from
/// there on. The mistake is the model's own. Made only where the marked steps show, by the arithmetic checker, that exactly
/// that one step is wrong; the row gives its span, so that the loss can leave it out.
/// </summary>
internal static class SelfCorrection
{
    public static IEnumerable<TrainingRow> Rows(TrainingQuestion question, FormatOptions options)
    {
        // Each wrong solution once, with the first right one that shares its beginning; samples repeat each other, rows do not.
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (Trace wrong in question.Wrong.Where(w => TraceSteps.AreMarked(w.Text)))
        {
            IReadOnlyList<string> mistaken = TraceSteps.Of(wrong.Text);
            int slip = TraceSteps.FirstWrong(mistaken);
            if (slip < 0)
                continue;
            Trace? right = question.Traces.Where(t => t.IsRight == true && TraceSteps.AreMarked(t.Text) && TraceSteps.FirstWrong(TraceSteps.Of(t.Text)) < 0)
                .FirstOrDefault(t => Shared(TraceSteps.Of(t.Text), mistaken) >= slip);
            if (right is not null && Row(question, right, wrong, slip, options) is { } row && seen.Add(row.Json.ToJsonString()))
                yield return row;
        }
    }

    private static TrainingRow? Row(TrainingQuestion question, Trace right, Trace wrong, int slip, FormatOptions options)
    {
        IReadOnlyList<string> good = TraceSteps.Of(right.Text), bad = TraceSteps.Of(wrong.Text);
        // The step that the right solution takes instead must be another one.
        if (slip >= good.Count || good[slip] == bad[slip])
            return null;
        int firstStep = right.Text.IndexOf("<step>", StringComparison.Ordinal);
        int lastStep = right.Text.LastIndexOf("</step>", StringComparison.Ordinal) + "</step>".Length;
        string before = right.Text[..firstStep] + Marked(good.Take(slip));
        string mistake = Marked([bad[slip]]);
        string after = Marked(["wait, " + Quoted(bad[slip]) + " is not right; go back", .. good.Skip(slip)]) + right.Text[lastStep..];
        string text = before + mistake + after;
        IReadOnlyList<string> all = TraceSteps.Of(text);
        if (all.Count(TraceSteps.IsWrong) != 1)
            return null;
        JsonArray messages = TrainingFormat.Prompt(question, options);
        messages.Add((JsonNode)new JsonObject { ["role"] = "assistant", ["content"] = text });
        return new TrainingRow(
            new JsonObject
            {
                ["messages"] = messages,
                ["masked_spans"] = new JsonArray(new JsonArray(before.Length, before.Length + mistake.Length)),
            },
            [right, wrong]);
    }

    // The claim is named by its left side: repeated in full it would be a second wrong calculation.
    private static string Quoted(string step)
    {
        Calculation wrong = ArithmeticVerifier.Calculations(step).First(c => !c.IsRight);
        int equals = wrong.Text.IndexOf('=', StringComparison.Ordinal);
        return (equals < 0 ? wrong.Text : wrong.Text[..equals]).Trim();
    }

    private static int Shared(IReadOnlyList<string> one, IReadOnlyList<string> other)
    {
        int i = 0;
        while (i < one.Count && i < other.Count && one[i] == other[i])
            i++;
        return i;
    }

    private static string Marked(IEnumerable<string> steps) => string.Concat(steps.Select(s => $"<step>{s}</step>"));
}

using System.Text.Json.Nodes;

namespace Agents.Distillation;

/// <summary>
/// Steps with labels for process reward models. Where rollouts labelled them (<see cref="RolloutStep"/>), those labels; else as far as they are known for certain: every step of a right solution without a
/// wrong calculation is right; of a wrong solution the steps up to its first wrong calculation, which is the last labelled.
/// Wrong solutions without a wrong calculation are left out: where they fail is not known.
/// </summary>
internal static class StepLabels
{
    public static IEnumerable<TrainingRow> Rows(TrainingQuestion question, FormatOptions options)
    {
        // Samples repeat each other, and wrong ones share their first error: rows do not repeat.
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return All(question).Where(row => seen.Add(row.Json.ToJsonString()));
    }

    private static IEnumerable<TrainingRow> All(TrainingQuestion question)
    {
        foreach (Trace trace in question.Traces.Concat(question.Wrong).Where(t => t.Steps.Count > 0))
            yield return Row(question, trace, [.. trace.Steps.Select(s => s.Text)], [.. trace.Steps.Select(s => s.IsRight)]);

        foreach (Trace trace in question.Traces.Where(t => t.Steps.Count == 0))
        {
            IReadOnlyList<string> steps = TraceSteps.Of(trace.Text);
            if (steps.Count > 0 && TraceSteps.FirstWrong(steps) < 0)
                yield return Row(question, trace, steps, [.. steps.Select(_ => true)]);
        }

        foreach (Trace trace in question.Wrong.Where(t => t.Steps.Count == 0))
        {
            IReadOnlyList<string> steps = TraceSteps.Of(trace.Text);
            int wrong = TraceSteps.FirstWrong(steps);
            if (wrong >= 0)
                yield return Row(question, trace, [.. steps.Take(wrong + 1)], [.. steps.Take(wrong + 1).Select((_, i) => i < wrong)]);
        }
    }

    private static TrainingRow Row(TrainingQuestion question, Trace trace, IReadOnlyList<string> steps, IReadOnlyList<bool> labels) => new(
        new JsonObject
        {
            ["prompt"] = question.Question,
            ["completions"] = new JsonArray([.. steps.Select(s => (JsonNode)s)]),
            ["labels"] = new JsonArray([.. labels.Select(l => (JsonNode)l)]),
        },
        [trace]);
}

using System.Text.Json.Nodes;

namespace Agents.Distillation;

/// <summary>Steps with soft labels: of the traces that rollouts labelled, the steps from which completions were drawn or inferred.</summary>
internal static class StepValues
{
    public static IEnumerable<TrainingRow> Rows(TrainingQuestion question, FormatOptions options)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return question.Traces.Concat(question.Wrong).Where(t => t.Steps.Count > 0).Select(trace => new TrainingRow(
            new JsonObject
            {
                ["prompt"] = question.Question,
                ["completions"] = Array(trace, s => s.Text),
                ["labels"] = Array(trace, s => s.IsRight),
                ["values"] = Array(trace, s => s.Share),
                ["right"] = Array(trace, s => s.Right),
                ["of"] = Array(trace, s => s.Of),
                ["low"] = Array(trace, s => s.Interval.Low),
                ["high"] = Array(trace, s => s.Interval.High),
            },
            [trace])).Where(row => seen.Add(row.Json.ToJsonString()));
    }

    private static JsonArray Array(Trace trace, Func<StepEvidence, JsonNode?> of) => new([.. trace.Steps.Select(of)]);
}

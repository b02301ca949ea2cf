using System.Text.Json.Nodes;

namespace Agents.Distillation;

/// <summary>
/// Siblings: two steps after the same beginning, of which one is right and one is the first wrong one. The right one is another
/// trace's, or that of a completion which reached the right answer. The row's prompt ends with the beginning as a partial reply.
/// </summary>
internal static class StepPairs
{
    public static IEnumerable<TrainingRow> Rows(TrainingQuestion question, FormatOptions options)
    {
        Trace[] labelled = [.. question.Traces.Concat(question.Wrong).Where(t => t.Steps.Count > 0)];
        Dictionary<string, List<(string Step, Trace Trace)>> right = RightSteps(labelled);
        var seen = new HashSet<(string, string)>();
        foreach (Trace trace in labelled)
        {
            int wrong = FirstWrong(trace);
            if (wrong < 0)
                continue;
            string beginning = Beginning(trace, wrong), rejected = trace.Steps[wrong].Written;
            if (!right.TryGetValue(beginning, out List<(string Step, Trace Trace)>? siblings) || !seen.Add((beginning, rejected.Trim())))
                continue;
            if (siblings.FirstOrDefault(s => s.Step.Trim() != rejected.Trim()) is { Step: { } chosen, Trace: { } other })
                yield return Row(question, options, beginning, (chosen, other), (rejected, trace));
        }
    }

    /// <summary>The right steps by the beginning they follow: of traces, then of completions.</summary>
    private static Dictionary<string, List<(string Step, Trace Trace)>> RightSteps(IReadOnlyList<Trace> traces)
    {
        var steps = new Dictionary<string, List<(string, Trace)>>(StringComparer.Ordinal);
        foreach (Trace trace in traces)
        {
            for (int i = 0; i < trace.Steps.Count && trace.Steps[i].IsRight; i++)
                Add(Beginning(trace, i), trace.Steps[i].Written, trace);
        }

        foreach (Trace trace in traces)
        {
            for (int i = 0; i < trace.Steps.Count; i++)
            {
                if (trace.Steps[i].RightNext is { } next)
                    Add(Beginning(trace, i + 1), next, trace);
            }
        }

        return steps;

        void Add(string beginning, string step, Trace trace)
        {
            if (!steps.TryGetValue(beginning, out List<(string, Trace)>? all))
                steps.Add(beginning, all = []);
            all.Add((step, trace));
        }
    }

    private static int FirstWrong(Trace trace)
    {
        for (int i = 0; i < trace.Steps.Count; i++)
        {
            if (!trace.Steps[i].IsRight)
                return i;
        }

        return -1;
    }

    private static string Beginning(Trace trace, int steps) => string.Concat(trace.Steps.Take(steps).Select(s => s.Written));

    private static TrainingRow Row(TrainingQuestion question, FormatOptions options, string beginning, (string Step, Trace Trace) chosen, (string Step, Trace Trace) rejected)
    {
        JsonArray prompt = TrainingFormat.Prompt(question, options);
        if (beginning.Length > 0)
            prompt.Add((JsonNode)new JsonObject { ["role"] = "assistant", ["content"] = beginning });
        return new TrainingRow(
            new JsonObject { ["prompt"] = prompt, ["chosen"] = TrainingFormat.Reply(chosen.Step), ["rejected"] = TrainingFormat.Reply(rejected.Step) },
            ReferenceEquals(chosen.Trace, rejected.Trace) ? [rejected.Trace] : [chosen.Trace, rejected.Trace]);
    }
}

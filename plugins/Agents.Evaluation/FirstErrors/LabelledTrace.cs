using System.Text.Json;

namespace Agents.Evaluation;

/// <summary>A solution whose first wrong step is known, as in BIG-Bench Mistake (Tyen et al. 2023, arXiv:2311.08516).</summary>
/// <param name="Id">Its id.</param>
/// <param name="Task">The task it belongs to.</param>
/// <param name="Question">The question.</param>
/// <param name="Steps">The steps, at least one.</param>
/// <param name="FirstError">The index of the first wrong step, from 0; null when none is wrong.</param>
public sealed record LabelledTrace(string Id, string Task, string Question, IReadOnlyList<string> Steps, int? FirstError)
{
    /// <summary>Reads <c>{"id","task","question","gold","steps":[{"text"}],"first_error_step"}</c> a line, plain or gzip.</summary>
    /// <exception cref="EvaluationDataException">The file or a line is wrong; the message says where.</exception>
    public static async Task<IReadOnlyList<LabelledTrace>> ReadAsync(string path, CancellationToken cancellationToken = default)
    {
        var traces = new List<LabelledTrace>();
        await foreach ((EvaluationItem item, long line) in EvaluationReader.ReadAsync(path, cancellationToken).ConfigureAwait(false))
            traces.Add(Of(item, path, line));
        return traces.Count > 0 ? traces : throw new EvaluationDataException(path, null, "holds no solution");
    }

    private static LabelledTrace Of(EvaluationItem item, string path, long line)
    {
        if (!item.Other.TryGetValue("steps", out JsonElement list) || list.ValueKind != JsonValueKind.Array || list.GetArrayLength() == 0)
            throw new EvaluationDataException(path, line, "the field \"steps\" must be a list of at least one step");
        var steps = new List<string>();
        foreach (JsonElement step in list.EnumerateArray())
        {
            if (step.ValueKind != JsonValueKind.Object || !step.TryGetProperty("text", out JsonElement text) || text.ValueKind != JsonValueKind.String)
                throw new EvaluationDataException(path, line, $"steps[{steps.Count}] has no text");
            steps.Add(text.GetString()!);
        }

        if (!item.Other.TryGetValue("first_error_step", out JsonElement first))
            throw new EvaluationDataException(path, line, "the field \"first_error_step\" is missing; null says that no step is wrong");
        int? error = null;
        if (first.ValueKind != JsonValueKind.Null)
        {
            if (first.ValueKind != JsonValueKind.Number || !first.TryGetInt32(out int index) || index < 0 || index >= steps.Count)
                throw new EvaluationDataException(path, line, $"\"first_error_step\" must be null or an index from 0 to {steps.Count - 1}");
            error = index;
        }

        string task = item.Other.TryGetValue("task", out JsonElement named) && named.ValueKind == JsonValueKind.String ? named.GetString()! : "all";
        return new LabelledTrace(item.Id, task, item.Question, steps, error);
    }
}

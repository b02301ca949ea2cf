using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Agents.Distillation;

/// <summary>Writes <c>report.json</c>, the data card <c>README.md</c>, and the grader that a reinforcement format needs. No clock and no path stands in them.</summary>
internal static class DataCard
{
    private static readonly JsonSerializerOptions readable = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task WriteAsync(string folder, DistillationRecipe recipe, DistillationReport report, IReadOnlyList<(FittedVerifier Fit, PrecisionThreshold Threshold)> fitted, IReadOnlyList<TrainingQuestion> questions, CancellationToken cancellationToken)
    {
        if (recipe.Outputs.Any(o => o.Format.SchemaName == "reinforcement"))
            await PutAsync(Path.Combine(folder, "grader.json"), Grader().ToJsonString(readable) + "\n", cancellationToken).ConfigureAwait(false);
        await PutAsync(Path.Combine(folder, "README.md"), Card(recipe, report, fitted, questions), cancellationToken).ConfigureAwait(false);
        await PutAsync(Path.Combine(folder, "report.json"), Json(recipe, report, fitted).ToJsonString(readable) + "\n", cancellationToken).ConfigureAwait(false);
    }

    private static async Task PutAsync(string path, string text, CancellationToken cancellationToken)
    {
        await File.WriteAllTextAsync(path + ".part", text, new UTF8Encoding(false), cancellationToken).ConfigureAwait(false);
        File.Move(path + ".part", path, overwrite: true);
    }

    private static JsonObject Json(DistillationRecipe recipe, DistillationReport report, IReadOnlyList<(FittedVerifier Fit, PrecisionThreshold Threshold)> fitted) => new()
    {
        ["name"] = recipe.Name,
        ["recipe_sha256"] = recipe.Hash,
        ["seed"] = recipe.Seed,
        ["questions"] = report.Questions,
        ["questions_kept"] = report.QuestionsKept,
        ["in"] = report.In,
        ["kept"] = report.Kept,
        ["stages"] = new JsonArray([.. report.Stages.Select(s => (JsonNode)new JsonObject
        {
            ["step"] = s.Name,
            ["in"] = s.In,
            ["kept"] = s.Kept,
            ["dropped"] = new JsonObject(s.Dropped.Select(d => KeyValuePair.Create<string, JsonNode?>(d.Key, d.Value))),
            ["judged"] = s.Judged,
            ["right"] = s.Right,
        })]),
        ["thresholds"] = new JsonArray([.. fitted.Select(f => (JsonNode)new JsonObject
        {
            ["verifier"] = f.Fit.Verifier.Name,
            ["precision"] = f.Fit.Precision,
            ["confidence"] = f.Fit.Confidence,
            ["threshold"] = f.Threshold.IsReached ? f.Threshold.Threshold : null,
            ["held_out_kept"] = f.Threshold.Kept,
            ["held_out_right"] = f.Threshold.Right,
            ["lower_bound"] = f.Threshold.LowerBound,
        })]),
        ["files"] = new JsonObject(report.Files.Select(f => KeyValuePair.Create<string, JsonNode?>(f.Key, f.Value))),
    };

    private static string Card(DistillationRecipe recipe, DistillationReport report, IReadOnlyList<(FittedVerifier Fit, PrecisionThreshold Threshold)> fitted, IReadOnlyList<TrainingQuestion> questions)
    {
        var text = new StringBuilder();
        Line($"# {recipe.Name}");
        Line($"");
        if (recipe.Description is { } description)
            Line($"{description}\n");
        Line($"{report.Questions} questions with {report.In} traces; {report.Kept} traces of {report.QuestionsKept} questions are left. Recipe {(recipe.Hash.Length > 0 ? recipe.Hash[..16] : "made in code")}, seed {recipe.Seed}, {100 * recipe.TestShare:0.#} % of the questions in the test split.");
        Line($"");
        Line($"| step | in | kept | dropped | right of those kept (95 %) |");
        Line($"|---|---|---|---|---|");
        foreach (StageReport stage in report.Stages)
            Line($"| {stage.Name} | {stage.In} | {stage.Kept} | {string.Join(", ", stage.Dropped.Select(d => string.Create(CultureInfo.InvariantCulture, $"{d.Key} {d.Value}")))} | {Precision(stage)} |");
        foreach ((FittedVerifier fit, PrecisionThreshold threshold) in fitted)
            Line($"\nThe threshold of {fit.Verifier.Name} {(threshold.IsReached ? string.Create(CultureInfo.InvariantCulture, $"is {threshold.Threshold:0.####}: of {threshold.Kept} held-out traces at or above it {threshold.Right} are right, at least {100 * threshold.LowerBound:0.0} %") : "does not exist: none reaches the precision")}, for a precision of {100 * fit.Precision:0.#} % with confidence {100 * fit.Confidence:0.#} %.");
        Line($"\n| file | rows | format |");
        Line($"|---|---|---|");
        foreach ((string file, int rows) in report.Files)
            Line($"| {file} | {rows} | {recipe.Outputs.First(o => file.StartsWith(o.Name + ".", StringComparison.Ordinal)).Format.Idea} |");
        Line($"\nBeside each file, `.provenance.jsonl` says line by line where its rows come from. Sources: {Sources(questions)}.");
        return text.ToString();

        void Line(FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
    }

    private static string Precision(StageReport stage)
    {
        if (stage.Judged == 0)
            return "unknown";
        (double low, double high) = Wilson(stage.Right, stage.Judged);
        return string.Create(CultureInfo.InvariantCulture, $"{100.0 * stage.Right / stage.Judged:0.0} % ({100 * low:0.0}–{100 * high:0.0}) of {stage.Judged}");
    }

    private static string Sources(IReadOnlyList<TrainingQuestion> questions) => string.Join("; ", questions.SelectMany(q => q.Traces)
        .Select(t => $"{t.Provenance.Source}{(t.Provenance.Teacher is { } teacher ? ", " + teacher : "")}{(t.Provenance.Licence is { } licence ? ", " + licence : ", licence not stated")}")
        .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

    // Wilson's interval, 95 %.
    private static (double Low, double High) Wilson(int right, int of)
    {
        const double z = 1.959963984540054;
        double p = (double)right / of, middle = p + (z * z / (2 * of)), half = z * Math.Sqrt((p * (1 - p) / of) + (z * z / (4.0 * of * of))), scale = 1 + (z * z / of);
        return (Math.Max(0, (middle - half) / scale), Math.Min(1, (middle + half) / scale));
    }

    // The answer between its tags must be the reference, spaces and case aside; the form of our own completions.
    private static JsonObject Grader() => new()
    {
        ["type"] = "string_check",
        ["name"] = "answer",
        ["input"] = "{{sample.output_text}}",
        ["reference"] = "<answer>{{item.reference_answer}}</answer>",
        ["operation"] = "ilike",
    };
}

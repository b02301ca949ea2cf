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

    public static async Task WriteAsync(string folder, DistillationRecipe recipe, DistillationReport report, IEnumerable<string> sources, CancellationToken cancellationToken)
    {
        foreach (RecipeStage stage in recipe.Stages.Where(s => s.Outputs.Any(o => o.Format.SchemaName == "reinforcement")))
            await PutAsync(Path.Combine(folder, stage.Name, "grader.json"), Grader().ToJsonString(readable) + "\n", cancellationToken).ConfigureAwait(false);
        await PutAsync(Path.Combine(folder, "README.md"), Card(recipe, report, sources), cancellationToken).ConfigureAwait(false);
        await PutAsync(Path.Combine(folder, "report.json"), ReportJson.Of(recipe, report).ToJsonString(readable) + "\n", cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Where a trace comes from, in words.</summary>
    public static string SourceOf(Trace trace)
    {
        Provenance from = trace.Provenance;
        return $"{from.Source}{(from.Teacher is { } teacher ? ", " + teacher : "")}{(from.Strategy is { } strategy ? " by " + strategy : "")}{(from.IsHinted ? ", hinted" : "")}{(from.Licence is { } licence ? ", " + licence : ", licence not stated")}";
    }

    private static async Task PutAsync(string path, string text, CancellationToken cancellationToken)
    {
        await File.WriteAllTextAsync(path + ".part", text, new UTF8Encoding(false), cancellationToken).ConfigureAwait(false);
        File.Move(path + ".part", path, overwrite: true);
    }

    private static string Card(DistillationRecipe recipe, DistillationReport report, IEnumerable<string> sources)
    {
        var text = new StringBuilder();
        Line($"# {recipe.Name}");
        Line($"");
        if (recipe.Description is { } description)
            Line($"{description}\n");
        Line($"{report.Questions} questions with {report.In} traces; {report.Kept} traces of {report.QuestionsKept} questions are left. Recipe {(recipe.Hash.Length > 0 ? recipe.Hash[..16] : "made in code")}, seed {recipe.Seed}.");
        for (int i = 0; i < report.Stages.Count; i++)
            AddStage(recipe.Stages[i], report.Stages[i], Line);
        Line($"\nBeside each file, `.provenance.jsonl` says line by line where its rows come from. Sources: {string.Join("; ", sources)}.");
        return text.ToString();

        void Line(FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
    }

    private static void AddStage(RecipeStage stage, StageReport report, Action<FormattableString> line)
    {
        if (stage.Name.Length > 0)
            line($"\n## {stage.Name}");
        foreach (PartReport part in report.Parts)
            AddPart(part, line);
        line($"\n| file | rows | format |");
        line($"|---|---|---|");
        foreach ((string file, int rows) in report.Files)
            line($"| {file} | {rows} | {stage.Outputs.First(o => Path.GetFileName(file).StartsWith(o.Name + ".", StringComparison.Ordinal)).Format.Idea} |");
        if (stage.TestShare > 0)
            line($"\n{100 * stage.TestShare:0.#} % of the questions are in the test split.");
    }

    private static void AddPart(PartReport part, Action<FormattableString> line)
    {
        line($"\n{(part.Name.Length > 0 ? $"**{part.Name}**, of " : "Of ")}{part.Source}: {part.In} traces of {part.Questions} questions; {part.Kept} of {part.QuestionsKept} questions are kept.");
        if (part.Steps.Count == 0)
            return;
        line($"\n| step | in | kept | dropped | right of those kept (95 %) |");
        line($"|---|---|---|---|---|");
        foreach (StepReport step in part.Steps)
            line($"| {step.Name} | {step.In} | {step.Kept} | {string.Join(", ", step.Dropped.Select(d => string.Create(CultureInfo.InvariantCulture, $"{d.Key} {d.Value}")))} | {Precision(step)} |");
        foreach (StepReport step in part.Steps.Where(s => s.Figures.Count > 0))
            line($"\nOf {step.Name}: {string.Join(", ", step.Figures.Select(f => string.Create(CultureInfo.InvariantCulture, $"{f.Key} {f.Value:0.####}")))}.");
        foreach ((FittedVerifier fit, PrecisionThreshold threshold) in part.Fitted)
            line($"\nThe threshold of {fit.Verifier.Name} {(threshold.IsReached ? string.Create(CultureInfo.InvariantCulture, $"is {threshold.Threshold:0.####}: of {threshold.Kept} held-out traces at or above it {threshold.Right} are right, at least {100 * threshold.LowerBound:0.0} %") : "does not exist: none reaches the precision")}, for a precision of {100 * fit.Precision:0.#} % with confidence {100 * fit.Confidence:0.#} %.");
    }

    private static string Precision(StepReport step)
    {
        if (step.Judged == 0)
            return "unknown";
        (double low, double high) = WilsonInterval.Of(step.Right, step.Judged);
        return string.Create(CultureInfo.InvariantCulture, $"{100.0 * step.Right / step.Judged:0.0} % ({100 * low:0.0}–{100 * high:0.0}) of {step.Judged}");
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

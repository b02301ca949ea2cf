using System.CommandLine;
using System.Globalization;
using Agents.Distillation;
using Agents.Evaluation;
using Agents.Hosting;
using Agents.Hosting.Workflows;
using Agents.Reasoning;
using Agents.Rewards;

namespace Agents.Cli.Distilling;

/// <summary><c>agents distill</c>: from questions and samples to training data.</summary>
internal static class DistillCommand
{
    public static Command Create(CommandConsole console)
    {
        var data = new Argument<string>("data") { Description = "Questions, with recorded samples or a written solution where the data has them. .jsonl or .jsonl.gz." };
        var recipe = new Option<string>("--recipe") { Description = "The recipe, YAML or JSON.", Required = true, HelpName = "FILE" };
        var output = new Option<string>("--out") { Description = "The folder for the files, the report and the data card. Interrupted, the same command goes on; nothing is bought twice.", Required = true, HelpName = "DIR" };
        var model = new Option<string?>("--model") { Description = "A model to sample first; without it the recorded samples are used.", HelpName = "M" };
        var judge = new Option<string>("--judge-model") { Description = "The model that verifiers ask.", DefaultValueFactory = _ => "embedded", HelpName = "M" };
        var licence = new Option<string?>("--licence") { Description = "The licence of the data, for provenance." };
        var shared = new SharedOptions();
        var command = new Command("distill", "Turns verified reasoning into training data for TRL, OpenAI and Azure.") { data, recipe, output, model, judge, licence };
        foreach (Option option in new Option[] { shared.Samples, shared.Seed, shared.Expect, shared.Prompt, shared.Exemplars, shared.Prompts, shared.Temperature, shared.MaxTokens })
            command.Options.Add(option);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var verifiers = new VerifierProvider();
            using var models = new ModelProvider();
            string judgeSpec = parsed.GetValue(judge)!;
            // The recipe first: a mistake in it must not come to light after the samples were bought.
            DistillationRecipe read = Read(parsed.GetValue(recipe)!, name => new VerifierReward(verifiers.Create(name), new ReasoningRunner(verifiers.AddTo(new ReasoningModels(models.Create(judgeSpec))))));
            string folder = parsed.GetValue(output)!;
            Directory.CreateDirectory(folder);
            EvaluationData questions = await EvaluationData.LoadAsync(parsed.GetValue(data)!, cancellationToken);
            var provenance = new Provenance(questions.Name, 0) { Licence = parsed.GetValue(licence) };
            if (parsed.GetValue(model) is { } spec)
            {
                RecordingPlan plan = shared.Recording(parsed, questions, models.Create(spec));
                string recorded = Path.Combine(folder, "samples.jsonl");
                await SampleRecorder.RecordAsync(plan, recorded, new LineProgress(console.Error, questions.Items.Count, "sampled"), cancellationToken);
                questions = InOrder(await EvaluationData.LoadAsync(recorded, cancellationToken), questions);
                provenance = provenance with
                {
                    Teacher = plan.Model.ModelId,
                    Prompt = plan.Prompt.Fingerprint,
                    Seed = plan.Seed,
                    Sampling = string.Create(CultureInfo.InvariantCulture, $"temperature {plan.Sampling.Temperature ?? RecordingPlan.DefaultTemperature}"),
                };
            }

            DistillationReport report = await new Distiller(read).RunAsync(TraceSource.Of(questions, provenance), folder, new LineProgress(console.Error, questions.Items.Count, "distilled"), cancellationToken);
            foreach (StageReport stage in report.Stages)
                await console.Output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{stage.Name}: {stage.In} in, {stage.Kept} kept{string.Concat(stage.Dropped.Select(d => $", {d.Value} {d.Key}"))}{(stage.Judged > 0 ? $"; {stage.Right} of {stage.Judged} right" : "")}"));
            foreach ((string file, int rows) in report.Files)
                await console.Output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{Path.Combine(folder, file)}: {rows} rows"));
            return ExitCodes.Done;
        });
        return command;
    }

    private static DistillationRecipe Read(string file, Func<string, IReward> verifier)
    {
        string text = File.ReadAllText(file);
        if (!Path.GetExtension(file).Equals(".json", StringComparison.OrdinalIgnoreCase))
            text = YamlJson.Of(text);
        try
        {
            return RecipeDocument.Parse(text, verifier, name => Texts(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(file))!, name)));
        }
        catch (DocumentException e)
        {
            throw new FormatException($"{file} {e.Message}", e);
        }
    }

    /// <summary>The questions of an evaluation set, and what solutions it has: files are named relative to the recipe.</summary>
    private static IEnumerable<string> Texts(string path)
    {
        if (!File.Exists(path))
            throw new ArgumentException($"there is no file '{path}'");
        return EvaluationData.LoadAsync(path).GetAwaiter().GetResult().Items.SelectMany(i => i.Other.TryGetValue("solution", out System.Text.Json.JsonElement solution) ? new[] { i.Question, solution.ToString() } : [i.Question]);
    }

    // Samples are recorded as they finish; the files must not depend on that.
    private static EvaluationData InOrder(EvaluationData recorded, EvaluationData questions)
    {
        Dictionary<string, EvaluationItem> byId = recorded.Items.ToDictionary(i => i.Id, StringComparer.Ordinal);
        return recorded with { Items = [.. questions.Items.Where(q => byId.ContainsKey(q.Id)).Select(q => byId[q.Id])] };
    }
}

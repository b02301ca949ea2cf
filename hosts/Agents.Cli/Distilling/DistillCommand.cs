using System.CommandLine;
using System.Globalization;
using Agents.Distillation;
using Agents.Evaluation;
using Agents.Hosting;
using Agents.Reasoning;
using Agents.Rewards;

namespace Agents.Cli.Distilling;

/// <summary><c>agents distill</c>: from questions, samples and runs to training data.</summary>
internal static class DistillCommand
{
    public static Command Create(CommandConsole console)
    {
        var data = new Argument<string?>("data") { Description = "Questions, with recorded samples or a written solution where the data has them. .jsonl or .jsonl.gz. May be left out with --runs; right answers are then not known.", Arity = ArgumentArity.ZeroOrOne };
        var recipe = new Option<string>("--recipe") { Description = "The recipe, YAML or JSON.", Required = true, HelpName = "FILE" };
        var output = new Option<string>("--out") { Description = "The folder for the files, the report and the data card. Interrupted, the same command goes on; nothing is bought twice.", Required = true, HelpName = "DIR" };
        var model = new Option<string?>("--model") { Description = "A model to sample first; without it, or with `replay`, the recorded samples are used.", HelpName = "M" };
        var strategy = new Option<string?>("--strategy") { Description = "Take the candidates of this strategy in place of samples, where the recipe names no source.", HelpName = "S" };
        var runs = new Option<string?>("--runs") { Description = "Take the candidates of journaled runs (solve --journal, eval --out, a server's state) in place of samples, where the recipe names no source.", HelpName = "DIR" };
        var judge = new Option<string>("--judge-model") { Description = "The model that verifiers ask.", DefaultValueFactory = _ => "embedded", HelpName = "M" };
        var licence = new Option<string?>("--licence") { Description = "The licence of the data, for provenance." };
        var shared = new SharedOptions();
        var command = new Command("distill", "Turns verified reasoning into training data for TRL, OpenAI and Azure.") { data, recipe, output, model, strategy, runs, judge, licence };
        foreach (Option option in new Option[] { shared.Samples, shared.Seed, shared.Expect, shared.Prompt, shared.Exemplars, shared.Prompts, shared.Temperature, shared.MaxTokens })
            command.Options.Add(option);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var verifiers = new VerifierProvider();
            using var models = new ModelProvider();
            string judgeSpec = parsed.GetValue(judge)!, file = parsed.GetValue(recipe)!, folder = parsed.GetValue(output)!;
            if (parsed.GetValue(strategy) is not null && parsed.GetValue(runs) is not null)
                throw new ArgumentException("--strategy and --runs are two sources: give one.");
            ISampler? sampler = parsed.GetValue(model) is { } spec && spec != "replay" ? models.Create(spec) : null;
            // What was asked is kept beside the output, opened when it is first needed.
            await using var store = new LazySampleStore(Path.Combine(folder, "samples.db"));
            TeacherModel? teacher = sampler is null ? null : shared.Teacher(parsed, new StoredSampler(sampler, store));
            // The recipe first: a mistake in it must not come to light after the samples were bought.
            DistillationRecipe read = RecipeFile.Read(file, name => new VerifierReward(verifiers.Create(name), new ReasoningRunner(verifiers.AddTo(new ReasoningModels(models.Create(judgeSpec))))), teacher);
            EvaluationData? questions = parsed.GetValue(data) is { } path ? await EvaluationData.LoadAsync(path, cancellationToken) : null;
            Directory.CreateDirectory(folder);
            var source = new RecipeTraces
            {
                Data = questions,
                Licence = parsed.GetValue(licence),
                Model = sampler,
                Teacher = teacher,
                Judge = parsed.GetResult(judge) is { Implicit: false } ? models.Create(judgeSpec) : null,
                Samples = parsed.GetValue(shared.Samples) ?? 8,
                Standard = parsed.GetValue(runs) is { } journal ? new RunsSource(Path.GetFullPath(journal)) : parsed.GetValue(strategy) is { } named ? new StrategySource(named) : null,
                RecipeFolder = RecipeFile.FolderOf(file),
                Folder = folder,
                Verifiers = verifiers,
                Remarks = console.Error,
            };
            int parts = read.Stages.Sum(s => s.Parts.Count);
            DistillationReport report = await new Distiller(read).RunAsync(source, folder, questions is null ? null : new LineProgress(console.Error, questions.Items.Count * parts, "distilled"), cancellationToken);
            await ShowAsync(console, report, folder);
            return ExitCodes.Done;
        });
        return command;
    }

    private static async Task ShowAsync(CommandConsole console, DistillationReport report, string folder)
    {
        foreach (StageReport stage in report.Stages)
        {
            foreach (PartReport part in stage.Parts)
            {
                string place = string.Join('/', new[] { stage.Name, part.Name }.Where(n => n.Length > 0));
                foreach (StepReport step in part.Steps)
                {
                    await console.Output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{(place.Length > 0 ? place + " " : "")}{step.Name}: {step.In} in, {step.Kept} kept{string.Concat(step.Dropped.Select(d => $", {d.Value} {d.Key}"))}{(step.Judged > 0 ? $"; {step.Right} of {step.Judged} right" : "")}"));
                    foreach ((string figure, double value) in step.Figures)
                        await console.Output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  {figure}: {value:0.####}"));
                }
            }
        }

        foreach ((string file, int rows) in report.Files)
            await console.Output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{Path.Combine(folder, file)}: {rows} rows"));
    }
}

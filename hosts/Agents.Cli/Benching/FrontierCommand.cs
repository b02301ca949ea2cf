using System.CommandLine;
using Agents.Cli.Evaluating;
using Agents.Evaluation;
using Agents.Hosting;
using Agents.Reasoning;

namespace Agents.Cli.Benching;

/// <summary><c>agents bench frontier</c>: accuracy against tokens for fixed strategies and the controller, as figures, a picture and a comparison.</summary>
internal static class FrontierCommand
{
    public static Command Create(CommandConsole console)
    {
        var data = new Argument<string>("data") { Description = "Questions, one JSON object a line: id, question, gold. Not those that anything was tuned on." };
        var model = new Option<string>("--model") { Description = "The model; it should report usage.", HelpName = "M", DefaultValueFactory = _ => "embedded" };
        var verifier = new Option<string?>("--verifier") { Description = "The verifier of the second half of the figure; without it only the first is made.", HelpName = "V" };
        var output = new Option<string>("--out") { Description = "The folder for frontier.csv, frontier.svg, frontier.md and the journal. Interrupted, the same command goes on.", Required = true, HelpName = "DIR" };
        var limit = new Option<int?>("--limit") { Description = "Only so many of the questions, drawn by the seed.", HelpName = "N" };
        var temperature = new Option<double>("--temperature") { Description = "Sampling temperature of every strategy.", HelpName = "X", DefaultValueFactory = _ => 0.7 };
        var seed = new Option<long>("--seed") { Description = "The seed of samples, of the order of questions and of the bootstrap.", HelpName = "K" };
        var parallel = new Option<int>("--parallel") { Description = "Questions in work at once.", HelpName = "N", DefaultValueFactory = _ => 8 };
        var set = SettingOption.Create("of the controller");
        var command = new Command("frontier", "Accuracy against tokens: vote, weighted best-of-N, searches and the controller over budgets, with paired tests.") { data, model, verifier, output, limit, temperature, seed, parallel, set };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var verifiers = new VerifierProvider();
            using var models = new ModelProvider();
            IVerifier? judge = parsed.GetValue(verifier) is { } name ? verifiers.Create(name) : null;
            StrategySettings settings = SettingOption.Apply(parsed, set, StrategySettings.Default, ["auto"]);
            IReadOnlyList<FrontierPoint> points = FrontierPoint.All(judge, settings);
            ReasoningModels roles = verifiers.AddTo(new ReasoningModels(models.Create(parsed.GetValue(model)!)));
            EvaluationData questions = await EvaluationData.LoadAsync(parsed.GetValue(data)!, cancellationToken);
            questions = FrontierQuestions.Drawn(questions, parsed.GetValue(limit), parsed.GetValue(seed));
            var plan = new EvaluationPlan
            {
                Data = questions,
                Strategies = [.. points.Select(p => new EvaluatedStrategy(p.Name, p.Runs))],
                Models = _ => roles,
                IsReplay = false,
                ModelName = parsed.GetValue(model)!,
                Seed = parsed.GetValue(seed),
                Sampling = new SampleOptions { Temperature = parsed.GetValue(temperature) },
                MaxParallelQuestions = parsed.GetValue(parallel),
            };
            plan.Validate();
            string folder = parsed.GetValue(output)!;
            // No samples are shared between strategies: each is charged with what it asks.
            await using RunStores stores = RunStores.Open(folder, keepSamples: false);
            EvaluationOutcome outcome = await EvalView.WatchAsync(console, progress => new Evaluator(stores.Journals).RunAsync(plan, progress, cancellationToken));
            IReadOnlyList<FrontierFigure> figures = FrontierFigure.Of(points, outcome);
            string text = FrontierTable.Render(figures, judge?.Name, plan.Seed);
            await File.WriteAllTextAsync(Path.Combine(folder, "frontier.csv"), FrontierTable.Csv(figures), cancellationToken);
            await File.WriteAllTextAsync(Path.Combine(folder, "frontier.svg"), FrontierSvg.Render(figures, judge?.Name), cancellationToken);
            await File.WriteAllTextAsync(Path.Combine(folder, "frontier.md"), text, cancellationToken);
            console.Output.Write(text);
            return ExitCodes.Done;
        });
        return command;
    }
}

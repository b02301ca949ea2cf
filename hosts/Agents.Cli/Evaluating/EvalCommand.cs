using System.CommandLine;
using Agents.Evaluation;
using Agents.Hosting;
using Agents.Hosting.Workflows;
using Agents.Reasoning;
using Agents.Reasoning.Workflows;

namespace Agents.Cli.Evaluating;

/// <summary><c>agents eval</c>: strategies on questions, with a report; interrupted, the same command goes on where it stopped.</summary>
internal static class EvalCommand
{
    public static Command Create(CommandConsole console)
    {
        var data = new Argument<string>("data") { Description = "Questions, one JSON object a line: id, question, gold, and samples where they were recorded. .jsonl or .jsonl.gz." };
        var strategies = new Option<string[]>("--strategy") { Description = "A strategy; may be given several times to compare.", DefaultValueFactory = _ => [], AllowMultipleArgumentsPerToken = true, HelpName = "S" };
        var workflows = new Option<string[]>("--workflow") { Description = "A workflow document, YAML or JSON, evaluated like a strategy; may be given several times.", DefaultValueFactory = _ => [], AllowMultipleArgumentsPerToken = true, HelpName = "FILE" };
        var model = new Option<string>("--model") { Description = "The model; `replay` draws the recorded samples inside the data.", DefaultValueFactory = _ => "embedded" };
        var answers = new Option<AnswerSource?>("--answers") { Description = "Where answers come from; default: recorded ones where the data has them and the model is replay." };
        var output = new Option<string>("--out") { Description = "The folder for results.jsonl, summary.json, report.html and the run's journal.", Required = true, HelpName = "DIR" };
        var limit = new Option<int?>("--limit") { Description = "Only the first so many questions.", HelpName = "N" };
        var parallel = new Option<int>("--parallel") { Description = "Questions in work at once.", DefaultValueFactory = _ => 8 };
        var shared = new SharedOptions();
        var command = new Command("eval", "Evaluates strategies on questions with known answers and writes a report.") { data, strategies, workflows, model, answers, output, limit, parallel };
        shared.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetResult(strategies) is not { Implicit: false } && result.GetResult(workflows) is not { Implicit: false })
                result.AddError("Option '--strategy' is required, or '--workflow'.");
        });
        command.SetAction(async (parsed, cancellationToken) =>
        {
            // Everything that can be wrong with the command is checked before the first file is written.
            using var verifiers = new VerifierProvider();
            StrategySettings settings = shared.Settings(parsed, verifiers, parsed.GetValue(strategies)!);
            WorkflowDocument[] documents = [.. parsed.GetValue(workflows)!.Select(WorkflowFile.Load)];
            EvaluatedStrategy[] evaluated =
            [
                .. parsed.GetValue(strategies)!.Distinct(StringComparer.OrdinalIgnoreCase).Select(name => new EvaluatedStrategy(StrategyCatalogue.Create(name, settings))),
                .. documents.Select(document => new EvaluatedStrategy(document.Build(shared.Catalogue(parsed)))),
            ];
            string[] named = [.. documents.SelectMany(d => d.Roles)];
            BudgetLimits limits = shared.Limits(parsed);
            IReadOnlyDictionary<string, ModelPrice> prices = RoleModels.Prices(parsed, shared, named);
            WorkflowOption.CheckPrices(limits, prices, documents);
            string spec = parsed.GetValue(model)!;
            using var models = new ModelProvider();
            ISampler? sampler = spec == "replay" ? null : models.Create(spec);
            RoleModels roles = RoleModels.Read(parsed, shared, models, named);
            EvaluationData questions = await EvaluationData.LoadAsync(parsed.GetValue(data)!, cancellationToken);
            if (parsed.GetValue(limit) is { } most)
                questions = questions with { Items = [.. questions.Items.Take(Math.Max(1, most))] };

            var plan = new EvaluationPlan
            {
                Data = questions,
                Strategies = evaluated,
                Models = item => verifiers.AddTo(roles.Over(sampler is not null ? new ReasoningModels(sampler) : ReplayModels.For(item, questions.Name)), named),
                IsReplay = sampler is null,
                ModelName = roles.IsEmpty ? spec : $"{spec}, {roles.Description}",
                Command = CommandText(parsed),
                Seed = parsed.GetValue(shared.Seed),
                Answers = parsed.GetValue(answers) ?? (SharedOptions.RunsCode(settings) ? AnswerSource.Code : null),
                ExpectedAnswer = parsed.GetValue(shared.Expect),
                Sampling = shared.Sampling(parsed),
                Limits = limits,
                Prices = prices,
                VerifierFingerprint = settings.Verifier?.Fingerprint,
                MaxParallelQuestions = parsed.GetValue(parallel),
                MaxConcurrency = parsed.GetValue(shared.Concurrency),
            };
            plan.Validate();
            string folder = parsed.GetValue(output)!;
            // Recorded samples cost nothing to read again; bought ones are kept and shared by all strategies.
            await using RunStores stores = RunStores.Open(folder, keepSamples: sampler is not null);
            var evaluator = new Evaluator(stores.Journals, stores.Samples);
            EvaluationOutcome outcome = await EvalView.WatchAsync(console, progress => evaluator.RunAsync(plan, folder, progress, cancellationToken));
            EvalView.Show(console, outcome, folder);
            return ExitCodes.Done;
        });
        return command;
    }

    private static string CommandText(ParseResult parsed) =>
        "agents " + string.Join(' ', parsed.Tokens.Select(t => t.Value.Any(c => char.IsWhiteSpace(c) || c is '"' or '&' or '?') ? $"\"{t.Value}\"" : t.Value));
}

using System.CommandLine;
using Agents.Hosting;
using Agents.Hosting.Results;
using Agents.Reasoning;
using Agents.Reasoning.Workflows;
using Agents.Reasoning.Verifiers;

namespace Agents.Cli.Solving;

/// <summary><c>agents solve</c>: one question, one answer with its certificate.</summary>
internal static class SolveCommand
{
    public static Command Create(CommandConsole console)
    {
        var question = new Argument<string>("question") { Description = "The question; - reads it from standard input." };
        var strategy = new Option<string>("--strategy") { Description = "The strategy; `agents strategies` lists them.", DefaultValueFactory = _ => ReasoningExtensions.DefaultStrategy };
        var workflow = new Option<string?>("--workflow") { Description = "A workflow document, YAML or JSON, in place of --strategy.", HelpName = "FILE" };
        var model = new Option<string>("--model") { Description = "The model; `agents models` lists the kinds.", DefaultValueFactory = _ => "embedded" };
        var json = new Option<bool>("--json") { Description = "Print one JSON object and nothing else on standard output." };
        var trace = new Option<string?>("--trace") { Description = "Write every event of the run to this file, one JSON object a line; a file named .html gets the picture of the run.", HelpName = "FILE" };
        var journal = new Option<string?>("--journal") { Description = "Keep runs and samples in this folder: an interrupted run goes on, and a sample is bought once.", HelpName = "DIR" };
        var shared = new SharedOptions();
        var command = new Command("solve", "Answers a question.") { question, strategy, workflow, model, json, trace, journal };
        shared.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            string text = parsed.GetValue(question)!;
            if (text == "-")
                text = await Console.In.ReadToEndAsync(cancellationToken);
            if (string.IsNullOrWhiteSpace(text))
                throw new ArgumentException("The question is empty.");
            using var verifiers = new VerifierProvider();
            StrategySettings settings = shared.Settings(parsed, verifiers, parsed.GetValue(workflow) is null ? [parsed.GetValue(strategy)!] : []);
            WorkflowDocument? document = WorkflowOption.Load(parsed, workflow, [strategy, .. shared.OfStrategies]);
            IReasoningStrategy chosen = document?.Build(shared.Catalogue(parsed)) ?? StrategyCatalogue.Create(parsed.GetValue(strategy)!, settings);
            IReadOnlyList<string> named = document?.Roles ?? [];
            ReasoningRequest request = ReasoningRequest.FromQuestion(text.Trim(), parsed.GetValue(shared.Expect)) with { Options = shared.Sampling(parsed) };
            // What is run is also what is answered.
            if (SharedOptions.RunsCode(settings))
                request = request with { Extractor = CodeExtractor.Instance };
            var options = new RunOptions { Seed = parsed.GetValue(shared.Seed), Limits = shared.Limits(parsed), MaxConcurrency = parsed.GetValue(shared.Concurrency), Prices = RoleModels.Prices(parsed, shared, named) };
            WorkflowOption.CheckPrices(options.Limits, options.Prices, document);
            using var models = new ModelProvider();
            ReasoningModels roles = verifiers.AddTo(RoleModels.Read(parsed, shared, models, named).Over(new ReasoningModels(models.Create(parsed.GetValue(model)!))), named);

            await using RunStores stores = RunStores.Open(parsed.GetValue(journal));
            if (stores.Journals is not null)
            {
                // The run is found again by what it is, not by a number.
                RunHeader header = RunHeaders.Of(chosen, request, options with { RunId = "" }, roles);
                options = options with { RunId = "solve-" + PromptHash.Of(string.Join('|', header.Strategy, header.Fingerprint, header.InputHash, header.OptionsHash)) };
            }

            await using EventTrace events = EventTrace.Open(parsed.GetValue(trace), request.Question);
            // A picture shows the whole run, also what an earlier command did of it.
            var runner = new ReasoningRunner(roles, stores.Journals, stores.Samples) { ReportsReplay = EventTrace.IsPicture(parsed.GetValue(trace)) };
            ReasoningResult result = await SolveView.WatchAsync(console, parsed.GetValue(json), observer => runner.RunAsync(
                chosen, request, options,
                happened =>
                {
                    events.Write(happened);
                    observer(happened);
                },
                cancellationToken));
            if (parsed.GetValue(json))
                await console.Output.WriteLineAsync(ResultJson.Write(result));
            else
                SolveView.Show(console, result);
            return result.Answer is null ? ExitCodes.NoAnswer : ExitCodes.Done;
        });
        return command;
    }
}

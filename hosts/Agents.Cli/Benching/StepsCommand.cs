using System.CommandLine;
using Agents.Evaluation;
using Agents.Hosting;
using Agents.Reasoning;

namespace Agents.Cli.Benching;

/// <summary><c>agents bench steps</c>: how well a step verifier locates the first wrong step of labelled solutions.</summary>
internal static class StepsCommand
{
    public static Command Create(CommandConsole console)
    {
        var data = new Argument<string>("data") { Description = "Solutions with their first wrong step, JSON Lines, plain or gzip: id, task, question, gold, steps, first_error_step." };
        var verifier = new Option<string>("--verifier") { Description = "Judges the steps: " + string.Join(", ", VerifierProvider.Forms) + ".", HelpName = "V", DefaultValueFactory = _ => "arithmetic" };
        var model = new Option<string>("--model") { Description = "The model of every role that the verifier asks.", HelpName = "M", DefaultValueFactory = _ => "embedded" };
        var threshold = new Option<double>("--threshold") { Description = "A step with a score below it is wrong.", HelpName = "X", DefaultValueFactory = _ => 0.5 };
        var fit = new Option<bool>("--fit") { Description = "Fit the threshold by task on every second solution and use it on the others, both ways; for scores that are no probabilities." };
        var command = new Command("steps", "Locates first errors: the first step that a verifier scores below the threshold, against chance.") { data, verifier, model, threshold, fit };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (parsed.GetValue(threshold) is not (> 0 and <= 1))
                throw new ArgumentException("--threshold must be more than 0 and at most 1.");
            IReadOnlyList<LabelledTrace> traces = await LabelledTrace.ReadAsync(parsed.GetValue(data)!, cancellationToken);
            using var verifiers = new VerifierProvider();
            using var models = new ModelProvider();
            IVerifier judge = verifiers.Create(parsed.GetValue(verifier)!);
            // Exact verifiers ask nobody, and need no model to be there.
            ISampler sampler = parsed.GetValue(verifier) is "arithmetic" ? Unasked.Instance : models.Create(parsed.GetValue(model)!);
            ReasoningModels roles = verifiers.AddTo(new ReasoningModels(sampler));
            var bench = new FirstErrorBench(judge, roles, parsed.GetValue(threshold));
            console.Output.Write(FirstErrorTable.Render(parsed.GetValue(fit) ? await bench.RunFittedAsync(traces, cancellationToken) : await bench.RunAsync(traces, cancellationToken)));
            return ExitCodes.Done;
        });
        return command;
    }

    /// <summary>The model of a verifier that asks none.</summary>
    private sealed class Unasked : ISampler
    {
        public static Unasked Instance { get; } = new();

        public string ModelId => "none";

        public SamplerCapabilities Capabilities => SamplerCapabilities.None;

        public IAsyncEnumerable<SampleDelivery> SampleAsync(SampleBatch batch, CancellationToken cancellationToken = default) =>
            batch.Requests.Select(r => new SampleDelivery(r.Key, CallOutcome.Failed(CallFailureKind.Other, "This verifier asks no model."))).ToAsyncEnumerable();
    }
}

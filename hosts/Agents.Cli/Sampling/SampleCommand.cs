using System.CommandLine;
using System.Globalization;
using Agents.Evaluation;
using Agents.Hosting;
using Spectre.Console;

namespace Agents.Cli.Sampling;

/// <summary><c>agents sample</c>: records samples of a model, for replay and for training data.</summary>
internal static class SampleCommand
{
    public static Command Create(CommandConsole console)
    {
        var data = new Argument<string>("data") { Description = "Questions, one JSON object a line: id, question, gold. .jsonl or .jsonl.gz." };
        var model = new Option<string>("--model") { Description = "The model.", DefaultValueFactory = _ => "embedded", HelpName = "M" };
        var output = new Option<string>("--out") { Description = "The file of recorded samples; eval --model replay reads it. Interrupted, the same command goes on.", Required = true, HelpName = "FILE" };
        var limit = new Option<int?>("--limit") { Description = "Only the first so many questions.", HelpName = "N" };
        var parallel = new Option<int>("--parallel") { Description = "Questions in work at once.", DefaultValueFactory = _ => 8 };
        var shared = new SharedOptions();
        var command = new Command("sample", "Records samples of a model: bought once, replayed by any strategy.") { data, model, output, limit, parallel };
        foreach (Option option in new Option[] { shared.Samples, shared.Seed, shared.Expect, shared.Prompt, shared.Exemplars, shared.Prompts, shared.Temperature, shared.MaxTokens })
            command.Options.Add(option);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var models = new ModelProvider();
            EvaluationData questions = await EvaluationData.LoadAsync(parsed.GetValue(data)!, cancellationToken);
            if (parsed.GetValue(limit) is { } most)
                questions = questions with { Items = [.. questions.Items.Take(Math.Max(1, most))] };
            RecordingPlan plan = shared.Recording(parsed, questions, models.Create(parsed.GetValue(model)!)) with { MaxParallelQuestions = parsed.GetValue(parallel) };
            RecordingOutcome outcome = await WatchAsync(console, questions.Items.Count, progress => SampleRecorder.RecordAsync(plan, parsed.GetValue(output)!, progress, cancellationToken));
            await console.Output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{outcome.Questions} questions, {outcome.Samples} samples, {100.0 * outcome.Correct / Math.Max(1, outcome.Samples):0.0} % right, {outcome.Failed} failed, {outcome.OutputTokens} tokens generated: {parsed.GetValue(output)}"));
            return ExitCodes.Done;
        });
        return command;
    }

    private static async Task<RecordingOutcome> WatchAsync(CommandConsole console, int total, Func<IProgress<int>?, Task<RecordingOutcome>> record)
    {
        if (!console.IsErrorTerminal)
            return await record(new LineProgress(console.Error, total));
        RecordingOutcome? outcome = null;
        await console.DrawProgress().Progress().AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async context =>
            {
                ProgressTask bar = context.AddTask("questions", maxValue: total);
                outcome = await record(new Progress<int>(done => bar.Value = done));
            });
        return outcome!;
    }
}

using System.Globalization;
using Agents.Evaluation;
using Spectre.Console;

namespace Agents.Cli.Evaluating;

/// <summary>What a person sees of <c>eval</c>: progress with rate and remaining time, then a table of the strategies.</summary>
internal static class EvalView
{
    /// <summary>Seconds between progress lines where standard error is no terminal.</summary>
    private const double PlainInterval = 5;

    public static async Task<EvaluationOutcome> WatchAsync(CommandConsole console, Func<IProgress<EvaluationProgress>, Task<EvaluationOutcome>> run)
    {
        if (!console.IsErrorTerminal)
            return await run(new PlainProgress(console.Error, TimeProvider.System));

        EvaluationOutcome? outcome = null;
        await console.DrawProgress().Progress().AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn())
            .StartAsync(async context =>
            {
                ProgressTask bar = context.AddTask("starting");
                outcome = await run(new BarProgress(p =>
                {
                    bar.MaxValue = p.Total;
                    bar.Value = p.Done;
                    bar.Description = Markup.Escape(Line(p));
                }));
            });
        return outcome!;
    }

    public static void Show(CommandConsole console, EvaluationOutcome outcome, string folder)
    {
        EvaluationSummary summary = SummaryBuilder.Build(outcome);
        var table = new Table().Border(TableBorder.Simple).AddColumns("strategy", "right", "accuracy (95 %)", "samples", "calls", "rounds", "tokens/q.", "stopped");
        foreach (int column in new[] { 1, 3, 4, 5, 6 })
            table.Columns[column].RightAligned();
        table.Columns[0].NoWrap();
        table.Columns[2].NoWrap();
        foreach (StrategySummary s in summary.Strategies)
        {
            table.AddRow(
                new Markup($"[bold]{Markup.Escape(s.Name)}[/]"),
                new Text(Number($"{s.Correct}/{s.Questions}")),
                new Text(Number($"{s.Accuracy * 100:0.0} % ({s.AccuracyInterval.Low * 100:0.0}–{s.AccuracyInterval.High * 100:0.0})")),
                new Text(Number($"{s.MeanSamples:0.00}")),
                new Text(Number($"{s.MeanCalls:0.00}")),
                new Text(Number($"{s.MeanRounds:0.00}")),
                new Text(s.UnreportedCalls == s.ModelCalls ? "unknown" : Number($"{(s.InputTokens + s.OutputTokens) / (double)Math.Max(1, s.Questions):0}")),
                new Text(string.Join(", ", s.StopReasons.Select(r => $"{r.Key} {r.Value}"))));
        }

        IAnsiConsole draw = console.Draw();
        draw.Write(table);
        foreach (PairedComparison pair in summary.Pairs)
            draw.WriteLine(Number($"{pair.First} vs {pair.Second}: {pair.Difference * 100:+0.0;-0.0;0.0} points (95 % {pair.DifferenceInterval.Low * 100:+0.0;-0.0;0.0} to {pair.DifferenceInterval.High * 100:+0.0;-0.0;0.0}), McNemar p {(pair.PValue < 0.001 ? "< 0.001" : Number($"= {pair.PValue:0.000}"))}: {pair.Verdict}"));
        draw.WriteLine(Number($"{summary.Data}, {summary.Questions} questions, model {summary.Model}, answers {summary.Answers.ToString().ToLowerInvariant()}, seed {summary.Seed}"));
        draw.WriteLine($"report: {Path.Combine(folder, EvaluationFiles.Report)}");
    }

    private static string Line(EvaluationProgress p) => Number($"{p.Done}/{p.Total} runs, {p.Rate:0.0}/s{(p.Remaining is { } left ? Number($", {left:h\\:mm\\:ss} left") : "")} · {string.Join(" · ", p.Strategies.Where(s => s.Done > 0).Select(s => Number($"{s.Name} {100.0 * s.Correct / s.Done:0.0} %")))}");

    private static string Number(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private sealed class BarProgress(Action<EvaluationProgress> show) : IProgress<EvaluationProgress>
    {
        public void Report(EvaluationProgress value) => show(value);
    }

    private sealed class PlainProgress(TextWriter error, TimeProvider time) : IProgress<EvaluationProgress>
    {
        private readonly Lock gate = new();
        private long last = time.GetTimestamp();

        public void Report(EvaluationProgress value)
        {
            lock (gate)
            {
                if (time.GetElapsedTime(last).TotalSeconds < PlainInterval)
                    return;
                last = time.GetTimestamp();
                error.WriteLine(Line(value));
            }
        }
    }
}

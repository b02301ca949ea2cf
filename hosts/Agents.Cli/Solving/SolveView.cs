using System.Globalization;
using Agents.Hosting.Results;
using Agents.Reasoning;
using Spectre.Console;

namespace Agents.Cli.Solving;

/// <summary>What a person sees of <c>solve</c>: live progress on a terminal, plain lines elsewhere, and the answer with its votes.</summary>
internal static class SolveView
{
    private const int BarWidth = 32;

    /// <summary>Runs <paramref name="run"/> and shows what it reports.</summary>
    public static async Task<ReasoningResult> WatchAsync(CommandConsole console, bool isQuiet, Func<Action<ReasoningEvent>, Task<ReasoningResult>> run)
    {
        if (isQuiet)
            return await run(static _ => { });
        var steps = new StepLines();
        if (!console.IsErrorTerminal)
        {
            return await run(happened =>
            {
                // Each vote a line would bury the rest; stages and failures are what a log needs.
                if (happened is not VoteChanged && ProgressText.Of(happened) is { } line)
                    console.Error.WriteLine(line);
                foreach (string step in steps.Of(happened))
                    console.Error.WriteLine(step);
            });
        }

        ReasoningResult? result = null;
        IAnsiConsole progress = console.DrawProgress();
        await progress.Status().Spinner(Spinner.Known.Dots).StartAsync("asking…", async status =>
            result = await run(happened =>
            {
                foreach (string step in steps.Of(happened))
                    progress.MarkupLine($"[dim]{Markup.Escape(step)}[/]");
                if (ProgressText.Of(happened) is { } line)
                    status.Status(Markup.Escape(line));
            }));
        return result!;
    }

    public static void Show(CommandConsole console, ReasoningResult result)
    {
        IAnsiConsole draw = console.Draw();
        if (result.Answer is null)
        {
            console.Error.WriteLine($"agents: no answer ({SnakeCase.Of(result.StopReason)}): {result.Failure?.ReplaceLineEndings(" ")}");
            return;
        }

        // Whoever reads this with a program reads the answer first; a person sees how it came about.
        if (console.IsErrorTerminal && result.Selected is { Sample.IsOk: true } selected && result.Candidates.Count > 1)
        {
            foreach (string step in StepLines.Of(selected.Sample))
                draw.Write(new Markup($"[dim]{Markup.Escape(step)}[/]\n"));
        }

        draw.Write(new Markup($"[bold green]{Markup.Escape(result.Answer.Text)}[/]\n"));
        if (result.Votes.Count > 0 && result.Candidates.Count > 1)
        {
            var table = new Table().Border(TableBorder.None).HideHeaders().AddColumns("answer", "bar", "votes");
            double most = result.Votes.Max(v => v.Weight);
            foreach (VoteShare vote in result.Votes.Take(8))
                table.AddRow(new Text(Shorten(vote.Answer.Text)), new Text(new string('█', Math.Max(1, (int)Math.Round(BarWidth * vote.Weight / most)))), new Text(vote.Votes.ToString(CultureInfo.InvariantCulture)));
            if (result.Votes.Count > 8)
                table.AddRow("…", "", string.Create(CultureInfo.InvariantCulture, $"{result.Votes.Skip(8).Sum(v => v.Votes)}"));
            if (result.Abstentions > 0)
                table.AddRow(new Markup("[dim]no answer[/]"), new Text(""), new Text(result.Abstentions.ToString(CultureInfo.InvariantCulture)));
            draw.Write(table);
        }

        string confidence = result.Confidence is { } sure ? string.Create(CultureInfo.InvariantCulture, $"confidence {sure:0.00} · ") : "";
        RunUsage usage = result.Usage;
        string tokens = usage.UnreportedCalls == usage.ModelCalls ? "tokens not reported" : string.Create(CultureInfo.InvariantCulture, $"{usage.InputTokens} + {usage.OutputTokens} tokens{(usage.UnreportedCalls > 0 ? $" ({usage.UnreportedCalls} calls unreported)" : "")}");
        draw.Write(new Markup($"[dim]{Markup.Escape($"{result.Strategy} · {confidence}{Count(usage.ModelCalls, "call")} in {Count(result.Rounds, "round")} · {tokens} · {SnakeCase.Of(result.StopReason)}")}[/]\n"));
        foreach (CascadeStageUse stage in result.Stages)
            draw.Write(new Markup($"[dim]{Markup.Escape(string.Create(CultureInfo.InvariantCulture, $"{(stage.IsAnswer ? "▸" : " ")} {stage.Name ?? stage.Role} · {Count(stage.ModelCalls, "call")} · {stage.Tokens} tokens · {(stage.Cost > 0 || stage.Why is null ? $"cost {stage.Cost:0.######}" : "")}{(stage.Why is null ? "" : $"{(stage.Cost > 0 ? " · " : "")}{stage.Why}")}"))}[/]\n"));
        foreach (string note in result.Notes)
            draw.Write(new Markup($"[yellow]{Markup.Escape(note)}[/]\n"));
    }

    private static string Count(long number, string what) => string.Create(CultureInfo.InvariantCulture, $"{number} {what}{(number == 1 ? "" : "s")}");

    private static string Shorten(string text)
    {
        text = text.ReplaceLineEndings(" ");
        return text.Length <= 48 ? text : text[..47] + "…";
    }
}

using System.CommandLine;
using Agents.Hosting;
using Spectre.Console;

namespace Agents.Cli.Listing;

/// <summary><c>agents models</c>: the kinds of models, and what a given one can do.</summary>
internal static class ModelsCommand
{
    public static Command Create(CommandConsole console)
    {
        var probe = new Option<string?>("--probe") { Description = "Try what this model can do, by a few short calls.", HelpName = "SPEC" };
        var command = new Command("models", "Lists the kinds of models.") { probe };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (parsed.GetValue(probe) is not { } spec)
            {
                Show(console);
                return ExitCodes.Done;
            }

            using var models = new ModelProvider();
            ModelFindings findings = await models.ProbeAsync(spec, cancellationToken);
            await console.Output.WriteLineAsync(findings.Text);
            return findings.IsReached ? ExitCodes.Done : ExitCodes.NoAnswer;
        });
        return command;
    }

    private static void Show(CommandConsole console)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("spec", "what it is", "needs", "here");
        table.Columns[0].NoWrap();
        foreach (ModelKind kind in ModelKind.All)
            table.AddRow(new Markup($"[bold]{Markup.Escape(kind.Form)}[/]"), new Text(kind.Idea), new Text(kind.Needs), new Text(kind.Missing ?? "yes"));
        console.Draw().Write(table);
    }
}

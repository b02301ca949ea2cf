using System.CommandLine;
using Agents.Hosting.Catalogue;
using Agents.Reasoning;
using Spectre.Console;

namespace Agents.Cli.Listing;

/// <summary><c>agents strategies</c>: every strategy with its cost, critical path and source.</summary>
internal static class StrategiesCommand
{
    public static Command Create(CommandConsole console)
    {
        var json = new Option<bool>("--json") { Description = "Print a JSON array." };
        var command = new Command("strategies", "Lists the strategies: idea, calls, critical path, source.") { json };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(json))
                console.Output.WriteLine(CatalogueJson.Strategies());
            else
                Show(console);
            return ExitCodes.Done;
        });
        return command;
    }

    private static void Show(CommandConsole console)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("strategy", "calls", "critical path", "idea", "source");
        table.Columns[0].NoWrap();
        foreach (StrategyDescription about in StrategyCatalogue.Descriptions)
            table.AddRow(new Markup($"[bold]{Markup.Escape(about.Name)}[/]"), new Text(about.Calls), new Text(about.CriticalPath), new Text(about.Idea), new Text(about.Source));
        console.Draw().Write(table);
    }
}

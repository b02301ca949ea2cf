using System.CommandLine;
using System.Text.Json;
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
                console.Output.WriteLine(JsonSerializer.Serialize(StrategyCatalogue.Descriptions.Select(d => new { name = d.Name, idea = d.Idea, calls = d.Calls, critical_path = d.CriticalPath, source = d.Source, settings = StrategyCatalogue.SettingsOf(d.Name).Select(s => Setting(d.Name, s)) }), readable));
            else
                Show(console);
            return ExitCodes.Done;
        });
        return command;
    }

    private static readonly JsonSerializerOptions readable = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A setting for <c>--set</c>; the default is null where there is none.</summary>
    private static object Setting(string strategy, StrategySetting s) => new
    {
        name = s.Name,
        type = s.Kind.ToString().ToLowerInvariant(),
        @default = StrategyDefaults.Of(strategy, s),
        minimum = s.Min,
        maximum = s.Max,
        choices = s.Choices.Count > 0 ? s.Choices : null,
        meaning = s.Idea,
    };

    private static void Show(CommandConsole console)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("strategy", "calls", "critical path", "idea", "source");
        table.Columns[0].NoWrap();
        foreach (StrategyDescription about in StrategyCatalogue.Descriptions)
            table.AddRow(new Markup($"[bold]{Markup.Escape(about.Name)}[/]"), new Text(about.Calls), new Text(about.CriticalPath), new Text(about.Idea), new Text(about.Source));
        console.Draw().Write(table);
    }
}

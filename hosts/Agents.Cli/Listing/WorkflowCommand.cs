using System.CommandLine;
using Agents.Hosting.Workflows;
using Agents.Reasoning;
using Agents.Reasoning.Workflows;

namespace Agents.Cli.Listing;

/// <summary><c>agents workflow</c>: checks a workflow document and says what it would run, or prints the schema of such documents.</summary>
internal static class WorkflowCommand
{
    public static Command Create(CommandConsole console)
    {
        var file = new Argument<string?>("file") { Description = "The document, YAML or JSON.", Arity = ArgumentArity.ZeroOrOne };
        var schema = new Option<bool>("--schema") { Description = "Print the JSON Schema of workflow documents." };
        var command = new Command("workflow", "Checks a workflow document: what it runs, its calls, its roles.") { file, schema };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(schema))
                console.Output.Write(WorkflowSchema.Text);
            else if (parsed.GetValue(file) is { } path)
                Show(console, WorkflowFile.Load(path));
            else
                throw new ArgumentException("Name a workflow document, or give --schema.");
            return ExitCodes.Done;
        });
        return command;
    }

    private static void Show(CommandConsole console, WorkflowDocument document)
    {
        StrategyDescription about = document.Build().Description;
        console.Output.WriteLine(about.Name);
        console.Output.WriteLine($"  {about.Idea}");
        console.Output.WriteLine($"  calls          {about.Calls}");
        console.Output.WriteLine($"  critical path  {about.CriticalPath}");
        console.Output.WriteLine($"  roles          {(document.Roles.Count == 0 ? "none of its own" : string.Join(", ", document.Roles))}");
        console.Output.WriteLine($"  sources        {about.Source}");
    }
}

using System.CommandLine;
using Agents.Evaluation;

namespace Agents.Cli.Benching;

/// <summary><c>agents bench</c>: simulations and measures that anyone can repeat.</summary>
internal static class BenchCommand
{
    public static Command Create(CommandConsole console)
    {
        var problems = new Option<int>("--problems") { Description = "Synthetic problems.", DefaultValueFactory = _ => new SelectionBenchOptions().Problems };
        var seed = new Option<long>("--seed") { Description = "The seed.", DefaultValueFactory = _ => new SelectionBenchOptions().Seed };
        var selection = new Command("selection", "Selection rules on synthetic problems with a simulated verifier: best-of-N, weighted votes, early stopping.") { problems, seed };
        selection.SetAction(parsed =>
        {
            console.Output.Write(SelectionTable.Render(SelectionBench.Run(new SelectionBenchOptions { Problems = parsed.GetValue(problems), Seed = parsed.GetValue(seed) })));
            return ExitCodes.Done;
        });
        return new Command("bench", "Simulations, and measures on labelled data.") { selection, StepsCommand.Create(console), FrontierCommand.Create(console) };
    }
}

using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json;
using Agents.Cli.Analysing;
using Agents.Cli.Benching;
using Agents.Cli.Calibrating;
using Agents.Cli.Distilling;
using Agents.Cli.Evaluating;
using Agents.Cli.Grading;
using Agents.Cli.Listing;
using Agents.Cli.Planning;
using Agents.Cli.Rewarding;
using Agents.Cli.Sampling;
using Agents.Cli.Serving;
using Agents.Cli.Solving;
using Agents.Evaluation;
using Agents.Hosting;
using Agents.Reasoning;
using Agents.Reasoning.Workflows;

namespace Agents.Cli;

/// <summary>The command line, and its one boundary for errors: one clear line on standard error and an exit code.</summary>
internal static class AgentsCommand
{
    public static async Task<int> RunAsync(string[] args, CommandConsole console)
    {
        var root = new RootCommand("Makes language models reason better at inference time.");
        root.Subcommands.Add(SolveCommand.Create(console));
        root.Subcommands.Add(EvalCommand.Create(console));
        root.Subcommands.Add(SampleCommand.Create(console));
        root.Subcommands.Add(CalibrateCommand.Create(console));
        root.Subcommands.Add(AnalyseCommand.Create(console));
        root.Subcommands.Add(PlanCommand.Create(console));
        root.Subcommands.Add(GradeCommand.Create(console));
        root.Subcommands.Add(DistillCommand.Create(console));
        root.Subcommands.Add(RewardCommand.Create(console));
        root.Subcommands.Add(BenchCommand.Create(console));
        root.Subcommands.Add(StrategiesCommand.Create(console));
        root.Subcommands.Add(ModelsCommand.Create(console));
        root.Subcommands.Add(WorkflowCommand.Create(console));
        root.Subcommands.Add(ServeCommand.Create(console));
        root.Subcommands.Add(HealthCommand.Create(console));
        root.Subcommands.Add(McpCommand.Create());

        ParseResult parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (ParseError error in parsed.Errors)
                await console.Error.WriteLineAsync($"agents: {OneLine(error.Message)}");
            await console.Error.WriteLineAsync($"Try: agents {(parsed.CommandResult.Command is RootCommand ? "" : parsed.CommandResult.Command.Name + " ")}--help");
            return ExitCodes.BadUsage;
        }

        try
        {
            var invocation = new InvocationConfiguration { Output = console.Output, Error = console.Error, EnableDefaultExceptionHandler = false };
            return await parsed.InvokeAsync(invocation);
        }
        catch (OperationCanceledException)
        {
            await console.Error.WriteLineAsync("agents: interrupted; what was finished is kept, and the same command goes on from there.");
            return ExitCodes.Interrupted;
        }
        catch (WorkflowException e)
        {
            foreach (WorkflowError error in e.Errors)
                await console.Error.WriteLineAsync($"agents: workflow: {OneLine(error.ToString())}");
            return ExitCodes.BadUsage;
        }
        catch (Exception e) when (IsBadInput(e))
        {
            await console.Error.WriteLineAsync($"agents: {OneLine(e.Message)}");
            return ExitCodes.BadUsage;
        }
    }

    private static bool IsBadInput(Exception e) => e is ArgumentException or FormatException or EvaluationDataException or ModelSpecException
        or JournalLeaseException or JournalMismatchException or IOException or UnauthorizedAccessException or JsonException or GradeInputException or KeyNotFoundException;

    // The parameter's name that .NET appends to argument errors tells a user nothing.
    private static string OneLine(string message)
    {
        int parameter = message.IndexOf(" (Parameter '", StringComparison.Ordinal);
        return (parameter < 0 ? message : message[..parameter]).ReplaceLineEndings(" ");
    }
}

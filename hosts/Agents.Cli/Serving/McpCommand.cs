using System.CommandLine;
using Agents.Hosting.Runs;
using Agents.Server;
using Agents.Server.Mcp;
using Microsoft.Extensions.Logging;

namespace Agents.Cli.Serving;

/// <summary><c>agents mcp</c>: the tools for one MCP client, over standard input and output, until the input ends.</summary>
internal static class McpCommand
{
    public static Command Create()
    {
        var models = new Option<string[]>("--model") { Description = "A model of the tools, by the name that calls use; may be given several times. A spec alone is named `default`. Default: the model that ships inside, as `embedded`.", DefaultValueFactory = _ => [], HelpName = "[NAME=]M" };
        var strategy = new Option<string?>("--strategy") { Description = "The strategy of calls that name none.", HelpName = "S" };
        var calls = new Option<int?>("--budget-calls") { Description = "The most model calls of a tool call.", HelpName = "N" };
        var tokens = new Option<long?>("--budget-tokens") { Description = "The most tokens of a tool call, input and output.", HelpName = "T" };
        var seconds = new Option<double?>("--budget-seconds") { Description = "The most wall-clock time of a tool call.", HelpName = "S" };
        var samples = new Option<int?>("--samples") { Description = "The most samples that a tool call may ask for.", HelpName = "N" };
        var file = new Option<string?>("--config") { Description = "A JSON file with the section Agents: models, prices, limits.", HelpName = "FILE" };
        var state = new Option<string?>("--state") { Description = "Keep jobs in this folder: they go on with the next start.", HelpName = "DIR" };
        var verbose = new Option<bool>("--verbose") { Description = "Log what is done, on standard error." };
        var command = new Command("mcp", "Serves strategies as MCP tools over standard input and output, for the client that starts it. `agents serve` does the same over HTTP, at /mcp.") { models, strategy, samples, calls, tokens, seconds, file, state, verbose };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            ServerOptions read = ServerConfiguration.Read(parsed.GetValue(file), [], ServeCommand.Named([.. parsed.GetValue(models)!.Select(Named)]));
            CallerLimits limits = read.Limits;
            ServerOptions options = read with
            {
                StateFolder = parsed.GetValue(state) ?? read.StateFolder,
                Mcp = read.Mcp with { Strategy = parsed.GetValue(strategy) ?? read.Mcp.Strategy },
                Limits = limits with
                {
                    MaxSamples = parsed.GetValue(samples) ?? limits.MaxSamples,
                    MaxCalls = parsed.GetValue(calls) ?? limits.MaxCalls,
                    MaxTokens = parsed.GetValue(tokens) ?? limits.MaxTokens,
                    MaxSeconds = parsed.GetValue(seconds) ?? limits.MaxSeconds,
                },
            };
            LogLevel least = parsed.GetValue(verbose) ? LogLevel.Information : LogLevel.Warning;
            // The output is the protocol's; a stray line of any library would break the client's connection.
            Console.SetOut(Console.Error);
            await McpStandardStreams.RunAsync(options, logging => logging.SetMinimumLevel(least)
                .AddFilter("ModelContextProtocol", LogLevel.Warning)
                .AddSimpleConsole(line => line.SingleLine = true).AddConsole(log => log.LogToStandardErrorThreshold = LogLevel.Trace), cancellationToken: cancellationToken);
            return ExitCodes.Done;
        });
        return command;
    }

    private static string Named(string model) => model == "embedded" || ServeCommand.IsNamed(model) ? model : "default=" + model;
}

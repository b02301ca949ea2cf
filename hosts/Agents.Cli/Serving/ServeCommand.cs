using System.CommandLine;
using Agents.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Agents.Cli.Serving;

/// <summary><c>agents serve</c>: the HTTP server, until it is told to stop.</summary>
internal static class ServeCommand
{
    public static Command Create(CommandConsole console)
    {
        var urls = new Option<string[]>("--urls") { Description = $"Where to listen; default {ServerConfiguration.DefaultUrl}. Other machines are let in only with API keys.", DefaultValueFactory = _ => [], AllowMultipleArgumentsPerToken = true, HelpName = "U" };
        var models = new Option<string[]>("--model") { Description = "A model to serve, by the name that requests use; may be given several times. Default: the model that ships inside, as `embedded`.", DefaultValueFactory = _ => [], HelpName = "NAME=M" };
        var file = new Option<string?>("--config") { Description = "A JSON file with the section Agents: models, keys, limits.", HelpName = "FILE" };
        var state = new Option<string?>("--state") { Description = "Keep jobs in this folder: they go on after a restart.", HelpName = "DIR" };
        var workflows = new Option<string?>("--workflows") { Description = "Serve the workflows in this folder by name, at /api/workflows/NAME.", HelpName = "DIR" };
        var command = new Command("serve", $"Serves strategies over HTTP: the OpenAI API at /v1, MCP at /mcp, jobs and their steps at /api, a playground at /. A key for callers comes from {ServerConfiguration.KeyVariable} or the configuration, never from the command line.") { urls, models, file, state, workflows };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            ServerOptions options = ServerConfiguration.Read(parsed.GetValue(file), [.. parsed.GetValue(urls)!.SelectMany(u => u.Split(';'))], Named(parsed.GetValue(models)!));
            if (parsed.GetValue(state) is { } folder)
                options = options with { StateFolder = folder };
            if (parsed.GetValue(workflows) is { } documents)
                options = options with { WorkflowFolder = documents };
            await using WebApplication server = ReasoningServer.Build(options, configure: builder => builder.Logging
                // What a request was is in the lines of this program; those of the framework repeat its address.
                .AddFilter("Microsoft.AspNetCore", LogLevel.Warning).AddFilter("ModelContextProtocol", LogLevel.Warning)
                .AddJsonConsole(json => json.UseUtcTimestamp = true).AddConsole(log => log.LogToStandardErrorThreshold = LogLevel.Trace));
            try
            {
                await server.StartAsync(cancellationToken);
            }
            catch (IOException e)
            {
                throw new IOException($"Cannot listen: {e.Message}", e);
            }

            foreach (string url in server.Urls)
                await console.Output.WriteLineAsync($"Listening on {url}");
            try
            {
                await server.WaitForShutdownAsync(cancellationToken);
            }
            finally
            {
                // Streams that are open finish; jobs stop and go on with the next start.
                await server.StopAsync(CancellationToken.None);
            }

            return ExitCodes.Done;
        });
        return command;
    }

    /// <summary>Whether a model is given with a name: a spec may hold an equal sign of its own, after its colon.</summary>
    internal static bool IsNamed(string text)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 && !text.AsSpan(0, equals).ContainsAny(":?");
    }

    /// <summary>The models that options of the form NAME=M name.</summary>
    internal static Dictionary<string, string> Named(string[] given)
    {
        var models = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string text in given)
        {
            int equals = text.IndexOf('=', StringComparison.Ordinal);
            bool isNamed = IsNamed(text);
            string name = isNamed ? text[..equals] : text == "embedded" ? text : throw new ArgumentException("--model must be NAME=M, such as small=openai:MODEL@URL.");
            if (!models.TryAdd(name, isNamed ? text[(equals + 1)..] : text))
                throw new ArgumentException($"--model gives the name '{name}' to two models.");
        }

        return models;
    }
}

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Server;

namespace Agents.Server.Mcp;

/// <summary>
/// MCP over standard input and output: one client, which is this machine's user. Nothing but the protocol is written to the
/// output. When the input ends, so do the calls that are in work.
/// </summary>
public static class McpStandardStreams
{
    /// <summary>Serves one client until its input ends.</summary>
    /// <param name="options">How the server is set up; addresses and keys are not used.</param>
    /// <param name="logging">Where logs go; never to the output.</param>
    /// <param name="environment">Reads the variables with the upstreams' keys; null for the process's own.</param>
    /// <param name="time">The clock; null for the system's.</param>
    /// <param name="input">The client's messages; null for the process's standard input.</param>
    /// <param name="output">The server's messages; null for the process's standard output.</param>
    /// <param name="cancellationToken">Ends the server.</param>
    /// <exception cref="ServerOptionsException">An option cannot be used.</exception>
    /// <exception cref="Agents.Hosting.ModelSpecException">A model's spec cannot be served.</exception>
    public static async Task RunAsync(ServerOptions options, Action<ILoggingBuilder> logging, Func<string, string?>? environment = null, TimeProvider? time = null, Stream? input = null, Stream? output = null, CancellationToken cancellationToken = default)
    {
        // Whoever started the process is who calls; keys are for the network.
        options = options with { Keys = [] };
        ServerOptionsReview.Check(options with { Urls = [] });
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        ReasoningServer.AddServices(builder.Services, options, environment, time ?? TimeProvider.System);
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        logging(builder.Logging);
        using IHost host = builder.Build();
        // Models and workflows are made now: one that cannot be served fails here and not at the first call.
        host.Services.GetRequiredService<ServedModels>();
        ReasoningMcpServer server = host.Services.GetRequiredService<ReasoningMcpServer>();
        Caller local = host.Services.GetRequiredService<CallerRegister>().Local;
        ILoggerFactory loggers = host.Services.GetRequiredService<ILoggerFactory>();
        await host.StartAsync(cancellationToken);

        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        const string name = "agents";
        await using (StreamServerTransport transport = input is null ? new StdioServerTransport(name, loggers) : new StreamServerTransport(input, output ?? Stream.Null, name, loggers))
        {
            Task end = CancelAtEndAsync(transport, ended);
            await using (McpServer one = McpServer.Create(transport, server.OptionsFor(local, ended.Token, entersCalls: true), loggers))
            {
                try
                {
                    await one.RunAsync(ended.Token);
                }
                catch (OperationCanceledException) when (ended.IsCancellationRequested)
                {
                }
            }

            await ended.CancelAsync();
            await end;
        }

        await host.StopAsync(CancellationToken.None);
    }

    // Whoever asked has gone: what was begun for them would only cost.
    private static async Task CancelAtEndAsync(StreamServerTransport transport, CancellationTokenSource ended)
    {
        try
        {
            await transport.MessageReader.Completion.WaitAsync(ended.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // The connection broke, or the server is told to end: the same.
        }

        await ended.CancelAsync();
    }

    /// <summary>The process's end is the command's affair.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}

using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Agents.Functions.Activities;
using Agents.Functions.Configuration;
using Agents.Functions.Orchestrations;
using Agents.Hosting.Durable;
using Agents.Hosting.Operations;
using Agents.Hosting.Runs;
using Agents.Hosting.Texts;
using Agents.Reasoning;
using Agents.Testing;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Agents.Functions.Tests;

/// <summary>The real Durable Task engine in this process, in memory, with the app's orchestration and activities, before a stub as the model's server.</summary>
public sealed class DurableEngine : IAsyncDisposable
{
    private readonly ServiceProvider services;
    private readonly DurableTaskTestHost host;

    private DurableEngine(StubModelServer upstream, ServiceProvider services, DurableTaskTestHost host, Traffic traffic, int port)
    {
        Upstream = upstream;
        this.services = services;
        this.host = host;
        Seen = traffic;
        Address = new Uri($"http://localhost:{port}");
    }

    /// <summary>What passed between the engine and the app.</summary>
    public sealed class Traffic
    {
        public ConcurrentQueue<JsonElement> Tickets { get; } = new();

        public ConcurrentQueue<JsonElement> Receipts { get; } = new();

        public ConcurrentQueue<int> Cancelled { get; } = new();

        public int Executions { get; private set; }

        internal void Executed()
        {
            lock (this.Tickets)
                Executions++;
        }
    }

    public StubModelServer Upstream { get; }

    public Traffic Seen { get; }

    /// <summary>Where the engine's own protocol is spoken.</summary>
    public Uri Address { get; }

    public DurableTaskClient Client => host.Client;

    public IRunStore Store => services.GetRequiredService<IRunStore>();

    public AppOptions Options => services.GetRequiredService<AppOptions>();

    public OperationPlanner Planner => services.GetRequiredService<OperationPlanner>();

    /// <summary>The settings of an app before this upstream: single requests, no retries of its own, so that one activity is one request.</summary>
    public static AppOptions OptionsFor(StubModelServer upstream, string? store = null) => new()
    {
        Models = new Dictionary<string, ServedModelOptions> { ["gpt-x"] = new() { Spec = $"openai:gpt-x@{upstream.Endpoint}?retries=0&n=off" } },
        RetrySeconds = 0.01,
        RunStore = store,
    };

    /// <param name="store">A folder for the run store; null for memory.</param>
    /// <param name="call">Makes the calls in place of this process; null for none.</param>
    public static async Task<DurableEngine> StartAsync(string? store = null, Func<JsonElement, Task<JsonElement>>? call = null)
    {
        StubModelServer upstream = await StubModelServer.StartAsync();
        ServiceProvider services = new ServiceCollection().AddLogging().AddReasoning(OptionsFor(upstream, store)).BuildServiceProvider();
        var seen = new Traffic();
        var orchestration = new RunOrchestration(services.GetRequiredService<OperationPlanner>(), services.GetRequiredService<IRunStore>(), services.GetRequiredService<CallCancellation>(), services.GetRequiredService<OrchestrationOptions>());
        var calls = new CallFunctions(services.GetRequiredService<CallMaker>(), services.GetRequiredService<CallCancellation>());
        int port = FreePort();
        DurableTaskTestHost host = await DurableTaskTestHost.StartAsync(
            tasks =>
            {
                tasks.AddOrchestratorFunc(RunOrchestration.Name, context =>
                {
                    seen.Executed();
                    return orchestration.RunAsync(context);
                });
                tasks.AddActivityFunc<JsonElement, JsonElement>(CallFunctions.CallName, async (_, ticket) =>
                {
                    seen.Tickets.Enqueue(ticket);
                    JsonElement receipt = await (call is null ? calls.CallAsync(ticket, CancellationToken.None) : call(ticket));
                    seen.Receipts.Enqueue(receipt);
                    return receipt;
                });
                tasks.AddActivityFunc<JsonElement, int>(CallFunctions.CancelName, (_, ids) =>
                {
                    int count = calls.Cancel(ids);
                    seen.Cancelled.Enqueue(count);
                    return Task.FromResult(count);
                });
            },
            new DurableTaskTestHostOptions { Port = port });
        return new DurableEngine(upstream, services, host, seen, port);
    }

    /// <summary>The run that an operation asks for, as the HTTP function plans it.</summary>
    public RunPlan Plan(string operation, string body, string id) => Planner.Plan(operation, JsonElement.Parse(body), id, Options.Limits);

    /// <summary>Schedules an operation as the HTTP function does.</summary>
    public async Task<string> ScheduleAsync(string operation, string body, TimeSpan? approval = null, Func<DurableTicket, DurableTicket>? change = null)
    {
        string id = Guid.NewGuid().ToString("N");
        var ticket = DurableTicket.Of(operation, JsonElement.Parse(body), Plan(operation, body, id), Options.Limits.MaxSamples, approval);
        return await Client.ScheduleNewOrchestrationInstanceAsync(RunOrchestration.Name, (change ?? (t => t))(ticket).ToJson(Store), new StartOrchestrationOptions { InstanceId = id });
    }

    /// <summary>Waits for the end of a run.</summary>
    public async Task<OrchestrationMetadata> EndAsync(string id)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        return await Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, patience.Token);
    }

    /// <summary>Runs an operation to its end and gives its whole result.</summary>
    public async Task<JsonElement> RunAsync(string operation, string body)
    {
        OrchestrationMetadata run = await EndAsync(await ScheduleAsync(operation, body));
        Assert.True(run.RuntimeStatus == OrchestrationRuntimeStatus.Completed, $"{run.RuntimeStatus}: {run.FailureDetails?.ErrorMessage}");
        return DurableOutput.Whole(JsonElement.Parse(run.SerializedOutput!), Store);
    }

    public async ValueTask DisposeAsync()
    {
        await Upstream.DisposeAsync();
        await host.DisposeAsync();
        await services.DisposeAsync();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

using System.Text.Json;
using Agents.Functions.Activities;
using Agents.Functions.Tests.Host;

namespace Agents.Functions.Tests;

/// <summary>
/// The real worker process before a small host, and the real Durable engine beside it: HTTP functions schedule on the engine by its
/// own protocol, and the engine's model calls are activities of the worker process, invoked over FunctionRpc.
/// </summary>
public sealed class WorkerFixture : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("agents-functions-").FullName;

    internal DurableEngine Engine { get; private set; } = null!;

    internal SmallHost Host { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Engine = await DurableEngine.StartAsync(folder, ticket => Host.InvokeAsync(CallFunctions.CallName, "ticket", ticket.GetRawText()));
        Host = new SmallHost
        {
            DurableClient = JsonSerializer.Serialize(new Dictionary<string, string>
            {
                ["rpcBaseUrl"] = Engine.Address.ToString(),
                ["taskHubName"] = "Tests",
                ["connectionName"] = "Storage",
                ["requiredQueryStringParameters"] = "code=system-key",
                ["httpBaseUrl"] = "http://localhost:7071/runtime/webhooks/durabletask",
            }),
        };
        await Host.StartAsync(new Dictionary<string, string>
        {
            ["Agents__Models__gpt-x__Spec"] = Engine.Options.Models["gpt-x"].Spec,
            ["Agents__RunStore"] = folder,
            ["Agents__RetrySeconds"] = "0.01",
        });
    }

    public async Task DisposeAsync()
    {
        await Host.DisposeAsync();
        await Engine.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}

using Agents.Reasoning;
using Agents.Testing;
using Microsoft.Extensions.AI;

namespace Agents.Models.OpenAI.Tests;

/// <summary>A stub server and a factory for each test.</summary>
public abstract class StubTests : IAsyncLifetime
{
    protected const string Secret = "sk-test-0123456789abcdef";

    protected StubModelServer Server { get; private set; } = null!;

    protected OpenAIModelFactory Factory { get; } = new();

    protected StubTraffic Traffic => Server.Traffic;

    /// <summary>Options for the stub: retries follow each other at once, so that no test waits for a backoff.</summary>
    protected OpenAIModelOptions Options => new("stub")
    {
        Endpoint = Server.Endpoint,
        Credential = OpenAICredential.FromKey(Secret),
        RetryDelay = TimeSpan.FromMilliseconds(1),
    };

    public async Task InitializeAsync() => Server = await StubModelServer.StartAsync();

    public async Task DisposeAsync()
    {
        Factory.Dispose();
        await Server.DisposeAsync();
    }

    protected static SampleBatch Batch(int count, SampleOptions? options = null, string prompt = "What is 6 times 7?") =>
        new([new ChatMessage(ChatRole.User, prompt)], options ?? SampleOptions.Default, [.. Enumerable.Range(0, count).Select(i => new SampleRequest($"run/solver#{i}", i, 1000 + i))]);

    /// <summary>The outcomes of a batch in the order of its requests.</summary>
    protected static Task<IReadOnlyList<CallOutcome>> DrawAsync(ISampler sampler, SampleBatch batch, CancellationToken cancellationToken = default) =>
        CollectAsync(sampler, batch, cancellationToken).WaitAsync(TimeSpan.FromSeconds(60), CancellationToken.None);

    private static async Task<IReadOnlyList<CallOutcome>> CollectAsync(ISampler sampler, SampleBatch batch, CancellationToken cancellationToken)
    {
        var byKey = new Dictionary<string, CallOutcome>();
        await foreach (SampleDelivery delivery in sampler.SampleAsync(batch, cancellationToken))
            byKey.Add(delivery.Key, delivery.Outcome);
        return [.. batch.Requests.Select(r => byKey[r.Key])];
    }

    protected Task<IReadOnlyList<CallOutcome>> DrawAsync(int count, SampleOptions? options = null) =>
        DrawAsync(Factory.CreateSampler(Options), Batch(count, options));
}

using System.Collections.Concurrent;

namespace Agents.Models.OpenAI;

/// <summary>
/// Makes the models of a process and owns what they share: the connections, one gate per upstream, and what was learnt of
/// each. Keep one for the life of the process; its models end with it. Thread-safe.
/// </summary>
public sealed class OpenAIModelFactory : IDisposable
{
    private readonly TimeProvider time;
    private readonly HttpClient http;
    private readonly ConcurrentDictionary<(string Authority, OpenAICredential Credential), Lazy<UpstreamGate>> gates = new();
    private readonly ConcurrentDictionary<string, UpstreamTraits> traits = new(StringComparer.Ordinal);

    /// <summary>A factory with its own connections.</summary>
    /// <param name="timeProvider">The clock of time-outs, pauses and retries; null for the system's.</param>
    public OpenAIModelFactory(TimeProvider? timeProvider = null)
    {
        time = timeProvider ?? TimeProvider.System;

        // A reply that is given up is not drained: the upstream sees at once that nobody waits for it.
        http = new HttpClient(new SocketsHttpHandler
        {
            MaxConnectionsPerServer = int.MaxValue,
            ResponseDrainTimeout = TimeSpan.Zero,
            MaxResponseDrainSize = 0,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            ConnectTimeout = TimeSpan.FromSeconds(30),
            AllowAutoRedirect = false,
            UseCookies = false,
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    /// <summary>A sampler of the model.</summary>
    /// <param name="options">The model; checked here.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public OpenAISampler CreateSampler(OpenAIModelOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        UpstreamGate gate = GateOf(options);
        gate.Tighten(options.MaxConcurrency, options.RequestsPerMinute, options.TokensPerMinute);
        UpstreamTraits known = traits.GetOrAdd(options.ModelId, _ => new UpstreamTraits());
        return new OpenAISampler(options, new CompletionClient(options, gate, known, new SdkTransport(options, http), time), known);
    }

    /// <summary>The model as a chat client, on which the sampler is found as a service.</summary>
    /// <param name="options">The model; checked here.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public OpenAIReasoningClient CreateChatClient(OpenAIModelOptions options) => new(CreateSampler(options));

    /// <summary>The gate of the model's upstream: the same one for all models of equal scheme, host, port and credential.</summary>
    public UpstreamGate GateOf(OpenAIModelOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return gates.GetOrAdd(
            (options.Endpoint.GetLeftPart(UriPartial.Authority), options.Credential),
            _ => new Lazy<UpstreamGate>(() => new UpstreamGate(time, options.MaxConcurrency))).Value;
    }

    /// <summary>Closes the connections; requests in flight fail.</summary>
    public void Dispose()
    {
        foreach (Lazy<UpstreamGate> gate in gates.Values)
            gate.Value.Dispose();
        http.Dispose();
    }
}

using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Agents.Testing;

/// <summary>
/// An OpenAI-compatible model server on loopback whose behaviour a test decides, request by request: it can delay, ignore
/// <c>n</c>, refuse, cut a stream, hang, and return malformed or empty bodies. Real HTTP; deterministic texts.
/// </summary>
public sealed class StubModelServer : IAsyncDisposable
{
    private readonly WebApplication app;
    private Func<StubRequest, StubBehavior?> script = _ => null;
    private StubBehavior behavior = StubBehavior.Default;

    private StubModelServer(WebApplication app) => this.app = app;

    /// <summary>The address to give to a client, ending in <c>/v1</c>.</summary>
    public Uri Endpoint { get; private set; } = null!;

    /// <summary>What has passed through.</summary>
    public StubTraffic Traffic { get; } = new();

    /// <summary>Called with every request as it arrives.</summary>
    public Action<StubRequest> OnRequest { get; set; } = _ => { };

    /// <summary>How requests are treated that the script leaves alone.</summary>
    public StubBehavior Behavior
    {
        get => Volatile.Read(ref behavior);
        set => Volatile.Write(ref behavior, value);
    }

    /// <summary>Decides for each request; null leaves it to <see cref="Behavior"/>. Called on many threads.</summary>
    public Func<StubRequest, StubBehavior?> Script
    {
        get => Volatile.Read(ref script);
        set => Volatile.Write(ref script, value);
    }

    /// <summary>Starts a server.</summary>
    /// <param name="port">The port; 0 for a free one.</param>
    public static async Task<StubModelServer> StartAsync(int port = 0)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<IHostLifetime, GuestLifetime>();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}").UseShutdownTimeout(TimeSpan.Zero);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        var server = new StubModelServer(builder.Build());
        server.app.MapPost("/v1/chat/completions", server.CompleteAsync);
        server.app.MapGet("/v1/models", () => Results.Text("""{"object":"list","data":[{"id":"stub","object":"model","created":0,"owned_by":"stub"}]}""", "application/json"));
        await server.app.StartAsync().ConfigureAwait(false);
        server.Endpoint = new Uri(server.app.Urls.Single() + "/v1");
        return server;
    }

    /// <summary>Lets the first requests take these behaviours, in order of arrival, and the rest the usual one.</summary>
    public void Enqueue(params StubBehavior[] behaviors)
    {
        int seen = Traffic.Requests.Count;
        ImmutableArray<StubBehavior> queue = [.. behaviors];
        Script = request => request.Number - seen <= queue.Length ? queue[request.Number - seen - 1] : null;
    }

    /// <summary>Stops the server; open requests are cut.</summary>
    public async ValueTask DisposeAsync()
    {
        await app.StopAsync(new CancellationToken(canceled: true)).ConfigureAwait(false);
        await app.DisposeAsync().ConfigureAwait(false);
    }

    private async Task CompleteAsync(HttpContext context)
    {
        DateTimeOffset receivedAt = TimeProvider.System.GetUtcNow();
        JsonElement body;
        using (JsonDocument document = await JsonDocument.ParseAsync(context.Request.Body).ConfigureAwait(false))
            body = document.RootElement.Clone();
        Dictionary<string, string> headers = context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase);

        Traffic.Enter(number => new StubRequest { Number = number, ReceivedAt = receivedAt, Body = body, Headers = headers }, out StubRequest request);
        CancellationToken aborted = context.RequestAborted;
        StubBehavior chosen = Script(request) ?? Behavior;
        try
        {
            OnRequest(request);
            await WaitAsync(chosen, aborted).ConfigureAwait(false);
            await StubResponder.RespondAsync(context, request, chosen).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (aborted.IsCancellationRequested)
        {
            // The client gave up, which the traffic counts.
        }
        finally
        {
            Traffic.Leave(gaveUp: aborted.IsCancellationRequested && !chosen.Disconnect);
        }
    }

    private static async Task WaitAsync(StubBehavior behavior, CancellationToken aborted)
    {
        if (behavior.Delay > TimeSpan.Zero)
            await Task.Delay(behavior.Delay, aborted).ConfigureAwait(false);
        if (behavior.Until is { } signal)
            await signal.WaitAsync(aborted).ConfigureAwait(false);
        if (behavior.Hang)
            await Task.Delay(Timeout.Infinite, aborted).ConfigureAwait(false);
    }
}

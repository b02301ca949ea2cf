using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Agents.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Agents.Server.Tests;

/// <summary>The server on a free port of this machine, before a stub as its upstream. Real HTTP on both sides.</summary>
public sealed class RunningServer : IAsyncDisposable
{
    private readonly WebApplication app;

    private RunningServer(WebApplication app, StubModelServer upstream, RecordedLog log)
    {
        this.app = app;
        Upstream = upstream;
        Log = log;
        Client = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(60) };
    }

    /// <summary>The upstream: served as <c>gpt-x</c>.</summary>
    public StubModelServer Upstream { get; }

    /// <summary>What the server logged.</summary>
    public RecordedLog Log { get; }

    /// <summary>A client of the server.</summary>
    public HttpClient Client { get; }

    /// <summary>Where the server listens.</summary>
    public Uri Address => new(app.Urls.First());

    /// <summary>The server's services.</summary>
    public IServiceProvider Services => app.Services;

    /// <summary>Starts a server and its upstream.</summary>
    /// <param name="change">Changes the options; null for none.</param>
    /// <param name="environment">The environment; null for one with no variables.</param>
    /// <param name="time">The server's clock; null for the system's.</param>
    /// <param name="upstream">The upstream; null for a new one.</param>
    public static async Task<RunningServer> StartAsync(Func<ServerOptions, ServerOptions>? change = null, Func<string, string?>? environment = null, TimeProvider? time = null, StubModelServer? upstream = null)
    {
        upstream ??= await StubModelServer.StartAsync();
        var options = new ServerOptions
        {
            Urls = ["http://127.0.0.1:0"],
            Models = new Dictionary<string, ServedModelOptions> { ["gpt-x"] = new() { Spec = $"openai:gpt-x@{upstream.Endpoint}?retries=0", InputPrice = 1, OutputPrice = 4 } },
        };
        var log = new RecordedLog();
        WebApplication app = ReasoningServer.Build((change ?? (o => o))(options), environment ?? (_ => null), time, builder =>
        {
            builder.Logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log);
            builder.Services.AddSingleton<IHostLifetime, QuietLifetime>();
        });
        await app.StartAsync();
        return new RunningServer(app, upstream, log);
    }

    /// <summary>Starts a server whose model can do all that any strategy needs of one.</summary>
    public static async Task<RunningServer> StartCapableAsync()
    {
        StubModelServer upstream = await StubModelServer.StartAsync();
        return await StartAsync(o => o with { Models = new Dictionary<string, ServedModelOptions> { ["gpt-x"] = new() { Spec = $"openai:gpt-x@{upstream.Endpoint}?retries=0&logprobs=on&prefill=on" } } }, upstream: upstream);
    }

    /// <summary>Posts JSON.</summary>
    public async Task<(int Status, JsonElement Body, HttpResponseMessage Response)> PostAsync(string path, string json, params (string Name, string Value)[] headers)
    {
        using HttpRequestMessage request = Request(path, json, headers);
        HttpResponseMessage response = await Client.SendAsync(request);
        string text = await response.Content.ReadAsStringAsync();
        return ((int)response.StatusCode, text.Length == 0 ? default : JsonElement.Parse(text), response);
    }

    /// <summary>Gets JSON.</summary>
    public async Task<(int Status, JsonElement Body)> GetAsync(string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach ((string name, string value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using HttpResponseMessage response = await Client.SendAsync(request);
        return ((int)response.StatusCode, JsonElement.Parse(await response.Content.ReadAsStringAsync()));
    }

    /// <summary>Posts a chat completion of one user message.</summary>
    public async Task<JsonElement> ChatAsync(string model, string question, string more = "")
    {
        (int status, JsonElement body, _) = await PostAsync("/v1/chat/completions", Chat(model, question, more));
        Assert.True(status == 200, body.ToString());
        return body;
    }

    /// <summary>Posts a request for a stream and reads it to its end.</summary>
    public async Task<IReadOnlyList<string>> StreamAsync(string json)
    {
        using HttpRequestMessage request = Request("/v1/chat/completions", json, []);
        using HttpResponseMessage response = await Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        var events = new List<string>();
        while (await reader.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("data: ", StringComparison.Ordinal))
                events.Add(line["data: ".Length..]);
        }

        return events;
    }

    /// <summary>A request's body.</summary>
    public static string Chat(string model, string question, string more = "") =>
        $$"""{"model":{{JsonSerializer.Serialize(model)}},"messages":[{"role":"user","content":{{JsonSerializer.Serialize(question)}}}]{{(more.Length > 0 ? "," + more : "")}}}""";

    /// <summary>A request with a JSON body.</summary>
    public static HttpRequestMessage Request(string path, string json, (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(json)) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        foreach ((string name, string value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }

    /// <summary>Asks the server to stop, as SIGTERM does.</summary>
    public Task StopAsync() => app.StopAsync();

    /// <summary>Ends the server and its upstream.</summary>
    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.StopAsync(new CancellationToken(canceled: true));
        await app.DisposeAsync();
        await Upstream.DisposeAsync();
    }

    private sealed class QuietLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}

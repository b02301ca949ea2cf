using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using System.Threading.Channels;
using Agents.Functions.Tests.Host.Protocol;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Agents.Functions.Tests.Host;

/// <summary>
/// A Functions host in small: starts the real worker process, speaks the public FunctionRpc protocol with it, and sends it HTTP
/// requests as a host with proxying does, at the address that the worker declares. It decides nothing about keys or scale.
/// </summary>
internal sealed class SmallHost : FunctionRpc.FunctionRpcBase, IAsyncDisposable
{
    private readonly Channel<StreamingMessage> outgoing = Channel.CreateUnbounded<StreamingMessage>();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<InvocationResponse>> invocations = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource<IReadOnlyDictionary<string, string>> initialised = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<IReadOnlyList<RpcFunctionMetadata>> described = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentQueue<string> log = new();
    private readonly HttpClient http = new() { Timeout = TimeSpan.FromMinutes(2) };
    private WebApplication? server;
    private Process? worker;
    private int loading;

    /// <summary>The functions as the worker describes them.</summary>
    public IReadOnlyList<RpcFunctionMetadata> Functions { get; private set; } = [];

    /// <summary>What the worker logged to the host and wrote to its console.</summary>
    public string Log => string.Join('\n', log);

    /// <summary>The data of a Durable client binding, as the host's extension sends it.</summary>
    public string DurableClient { get; init; } = "{}";

    /// <summary>Starts the host and its worker, and loads every function.</summary>
    public async Task StartAsync(IReadOnlyDictionary<string, string> settings)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(this);
        server = builder.Build();
        server.MapGrpcService<SmallHost>();
        await server.StartAsync();
        StartWorker(server.Urls.Single(), settings);

        http.BaseAddress = new Uri((await initialised.Task)["HttpUri"]);
        Send(new StreamingMessage { FunctionsMetadataRequest = new FunctionsMetadataRequest { FunctionAppDirectory = AppFolder } });
        Functions = await described.Task;
        loading = Functions.Count;
        foreach (RpcFunctionMetadata function in Functions)
            Send(new StreamingMessage { FunctionLoadRequest = new FunctionLoadRequest { FunctionId = function.FunctionId, Metadata = function } });
        await loaded.Task;
        // The worker answers on its stream before its web server takes connections.
        await listening.Task;
    }

    private static string Program { get; } = Assembly.GetExecutingAssembly().GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "FunctionApp").Value!;

    private static string AppFolder => Path.GetDirectoryName(Path.GetFullPath(Program))!;

    /// <summary>Invokes a function that is no HTTP function.</summary>
    public async Task<JsonElement> InvokeAsync(string name, string parameter, string json)
    {
        RpcFunctionMetadata function = Functions.Single(f => f.Name == name);
        InvocationResponse response = await Begin(Guid.NewGuid().ToString(), function, new ParameterBinding { Name = parameter, Data = new TypedData { String = json } });
        Assert.True(response.Result.Status == StatusResult.Types.Status.Success, $"{name}: {response.Result.Exception}\n{Log}");
        return response.ReturnValue.DataCase == TypedData.DataOneofCase.Json ? JsonElement.Parse(response.ReturnValue.Json) : JsonSerializer.SerializeToElement(response.ReturnValue.String);
    }

    /// <summary>Serves an HTTP request: routes it by the functions' own metadata, tells the worker of the invocation, and proxies it.</summary>
    public async Task<(int Status, JsonElement Body, HttpResponseMessage Response)> RequestAsync(HttpMethod method, string path, string? json = null, params (string Name, string Value)[] headers)
    {
        (RpcFunctionMetadata function, Dictionary<string, string> route) = Routes.Find(Functions, method.Method, path);
        string id = Guid.NewGuid().ToString();
        using var request = new HttpRequestMessage(method, path);
        if (json is not null)
            request.Content = new StringContent(json, System.Text.Encoding.UTF8, "application/json");
        request.Headers.Add("x-ms-invocation-id", id);
        foreach ((string name, string value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        Task<InvocationResponse> invocation = Begin(id, function, new ParameterBinding { Name = "client", Data = new TypedData { String = DurableClient } }, route);
        HttpResponseMessage response = await http.SendAsync(request);
        string text = await response.Content.ReadAsStringAsync();
        InvocationResponse ended = await invocation;
        Assert.True(ended.Result.Status == StatusResult.Types.Status.Success, $"{function.Name}: {ended.Result.Exception}\n{Log}");
        return ((int)response.StatusCode, text.Length == 0 ? default : JsonElement.Parse(text), response);
    }

    public override async Task EventStream(IAsyncStreamReader<StreamingMessage> requestStream, IServerStreamWriter<StreamingMessage> responseStream, ServerCallContext context)
    {
        Task writing = WriteAsync(responseStream, context.CancellationToken);
        try
        {
            await foreach (StreamingMessage message in requestStream.ReadAllAsync(context.CancellationToken))
                Receive(message);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // The worker has gone.
        }

        outgoing.Writer.TryComplete();
        await writing;
    }

    public async ValueTask DisposeAsync()
    {
        if (worker is not null)
        {
            worker.Kill();
            await worker.WaitForExitAsync();
            worker.Dispose();
        }

        outgoing.Writer.TryComplete();
        http.Dispose();
        if (server is not null)
        {
            await server.StopAsync(new CancellationToken(canceled: true));
            await server.DisposeAsync();
        }
    }

    private void StartWorker(string uri, IReadOnlyDictionary<string, string> settings)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, WorkingDirectory = AppFolder };
        foreach (string argument in (string[])[Program, "--functions-uri", uri, "--functions-worker-id", "worker", "--functions-request-id", "request", "--functions-grpc-max-message-length", int.MaxValue.ToString(System.Globalization.CultureInfo.InvariantCulture)])
            start.ArgumentList.Add(argument);
        start.Environment["FUNCTIONS_APPLICATION_DIRECTORY"] = AppFolder;
        start.Environment["FUNCTIONS_WORKER_DIRECTORY"] = AppFolder;
        foreach ((string name, string value) in settings)
            start.Environment[name] = value;
        worker = new Process { StartInfo = start, EnableRaisingEvents = true };
        worker.OutputDataReceived += (_, line) => log.Enqueue(line.Data ?? "");
        worker.ErrorDataReceived += (_, line) => log.Enqueue(line.Data ?? "");
        worker.Exited += (_, _) => Fail(new InvalidOperationException($"The worker ended.\n{Log}"));
        worker.Start();
        worker.BeginOutputReadLine();
        worker.BeginErrorReadLine();
    }

    private void Receive(StreamingMessage message)
    {
        switch (message.ContentCase)
        {
            case StreamingMessage.ContentOneofCase.StartStream:
                Send(new StreamingMessage { WorkerInitRequest = new WorkerInitRequest { HostVersion = "4.0.0.0", WorkerDirectory = AppFolder, FunctionAppDirectory = AppFolder } });
                break;
            case StreamingMessage.ContentOneofCase.WorkerInitResponse:
                initialised.TrySetResult(message.WorkerInitResponse.Capabilities);
                break;
            case StreamingMessage.ContentOneofCase.FunctionMetadataResponse:
                described.TrySetResult([.. message.FunctionMetadataResponse.FunctionMetadataResults]);
                break;
            case StreamingMessage.ContentOneofCase.FunctionLoadResponse:
                if (message.FunctionLoadResponse.Result.Status != StatusResult.Types.Status.Success)
                    Fail(new InvalidOperationException($"A function was not loaded: {message.FunctionLoadResponse.Result.Exception?.Message}"));
                else if (Interlocked.Decrement(ref loading) == 0)
                    loaded.TrySetResult();
                break;
            case StreamingMessage.ContentOneofCase.InvocationResponse:
                if (invocations.TryRemove(message.InvocationResponse.InvocationId, out var waiting))
                    waiting.TrySetResult(message.InvocationResponse);
                break;
            case StreamingMessage.ContentOneofCase.RpcLog:
                log.Enqueue($"{message.RpcLog.Category}: {message.RpcLog.Message}");
                if (message.RpcLog.Message.StartsWith("Now listening on", StringComparison.Ordinal))
                    listening.TrySetResult();
                break;
        }
    }

    private Task<InvocationResponse> Begin(string id, RpcFunctionMetadata function, ParameterBinding input, IReadOnlyDictionary<string, string>? route = null)
    {
        var request = new InvocationRequest { InvocationId = id, FunctionId = function.FunctionId, InputData = { input }, TraceContext = new RpcTraceContext() };
        foreach ((string name, string value) in route ?? new Dictionary<string, string>())
            request.TriggerMetadata[name] = new TypedData { String = value };
        var waiting = new TaskCompletionSource<InvocationResponse>(TaskCreationOptions.RunContinuationsAsynchronously);
        invocations[id] = waiting;
        Send(new StreamingMessage { InvocationRequest = request });
        return waiting.Task;
    }

    private void Send(StreamingMessage message) => outgoing.Writer.TryWrite(message);

    private async Task WriteAsync(IServerStreamWriter<StreamingMessage> stream, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (StreamingMessage message in outgoing.Reader.ReadAllAsync(cancellationToken))
                await stream.WriteAsync(message, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // The worker has gone.
        }
    }

    private void Fail(Exception e)
    {
        initialised.TrySetException(e);
        described.TrySetException(e);
        loaded.TrySetException(e);
        listening.TrySetException(e);
        foreach (TaskCompletionSource<InvocationResponse> waiting in invocations.Values)
            waiting.TrySetException(e);
    }
}

// dotnet run -c Release --project bench/Agents.Server.Bench [-- REQUESTS [STREAMS]]
// dotnet run -c Release --project bench/Agents.Server.Bench -- --disconnect [RUNS]
// The server, its upstream and the client share one process and this machine's cores: figures are upper bounds of what it adds.
using System.Diagnostics;
using System.Globalization;
using Agents.Server;
using Agents.Server.Bench;
using Agents.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

if (args is ["--disconnect", ..])
{
    await DisconnectBenchmark.RunAsync(args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 50);
    return;
}

int requests = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 10_000;
int streams = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 1_000;

StubModelServer upstream = await StubModelServer.StartAsync();
await using (upstream)
{
    var options = new ServerOptions
    {
        Urls = ["http://127.0.0.1:0"],
        Models = new Dictionary<string, ServedModelOptions> { ["stub"] = new() { Spec = $"openai:stub@{upstream.Endpoint}?concurrency=4096&retries=4" } },
        Limits = new CallerLimits { MaxConcurrency = 100_000 },
    };
    await using WebApplication server = ReasoningServer.Build(options, _ => null, configure: builder => builder.Services.AddSingleton<IHostLifetime, NoSignals>());
    await server.StartAsync();
    using var load = new Load();
    var direct = new Uri(upstream.Endpoint + "/chat/completions");
    var served = new Uri(server.Urls.First() + "/v1/chat/completions");

    await load.RunAsync(direct, "stub", 500, 8);
    await load.RunAsync(served, "stub", 500, 8);
    Report("bare upstream, 1 at a time", await load.RunAsync(direct, "stub", 2000, 1));
    Report("server, bare model, 1 at a time", await load.RunAsync(served, "stub", 2000, 1));
    Report("server, self-consistency of 5, 1 at a time", await load.RunAsync(served, "self-consistency/stub", 500, 1, ",\"reasoning\":{\"samples\":5}"));
    Report("bare upstream, 32 at a time", await load.RunAsync(direct, "stub", 4000, 32));
    Report("server, bare model, 32 at a time", await load.RunAsync(served, "stub", 4000, 32));

    // The stub keeps every request, so the memory of the server is what streams add to what is there before them.
    var hold = new TaskCompletionSource();
    upstream.Behavior = new() { Until = hold.Task };
    long before = Memory();
    Task<LoadResult> open = load.StreamAsync(served, "stub", streams);
    await upstream.Traffic.WhenInFlightAsync(streams);
    long during = Memory();
    hold.SetResult();
    LoadResult streamed = await open;
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{streams:N0} open streams: {(during - before) / 1048576.0:0.0} MiB managed with their clients and upstream calls ({(during - before) / 1024.0 / streams:0.0} KiB each), {Process.GetCurrentProcess().WorkingSet64 / 1048576} MiB resident; {streamed.Done} finished, {streamed.Lost} lost"));

    upstream.Behavior = StubBehavior.Default;
    upstream.Script = request => request.Number % 20 == 0 ? StubBehavior.Fail(503, "0") : null;
    Report($"{requests:N0} requests, 5 % of upstream calls fail, 64 at a time", await load.RunAsync(served, "self-consistency/stub", requests, 64, ",\"reasoning\":{\"samples\":2}"));
    await server.StopAsync();
}

static void Report(string name, LoadResult r) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
    $"{name}: {r.PerSecond:0} requests/s, p50 {r.Percentile(0.5):0.00} ms, p99 {r.Percentile(0.99):0.00} ms, {r.Done} answered, {r.Lost} lost"));

static long Memory() => GC.GetTotalMemory(forceFullCollection: true);

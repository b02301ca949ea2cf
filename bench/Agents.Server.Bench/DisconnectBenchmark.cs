using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Agents.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Agents.Server.Bench;

/// <summary>
/// How long calls are paid for that nobody waits for: from the moment a client leaves, or the reply that makes a consensus is let
/// go, until the upstream has no request in flight.
/// </summary>
internal static class DisconnectBenchmark
{
    private const int Samples = 16;

    // Adaptive consistency of 40 samples: 16 that disagree evenly, then a stage of 24 that is decided when 13 agree.
    private const int Undecided = 16;
    private const int Agreeing = 13;
    private const int All = 40;

    public static async Task RunAsync(int runs)
    {
        await using StubModelServer upstream = await StubModelServer.StartAsync();
        var options = new ServerOptions
        {
            Urls = ["http://127.0.0.1:0"],
            Models = new Dictionary<string, ServedModelOptions> { ["stub"] = new() { Spec = $"openai:stub@{upstream.Endpoint}?concurrency=4096&retries=0" } },
        };
        await using WebApplication server = ReasoningServer.Build(options, _ => null, configure: builder => builder.Services.AddSingleton<IHostLifetime, NoSignals>());
        await server.StartAsync();
        var address = new Uri(server.Urls.First() + "/v1/chat/completions");
        using var client = new HttpClient();

        foreach (bool isStream in (bool[])[true, false])
        {
            upstream.Script = _ => new StubBehavior { Hang = true };
            await ReportAsync($"the client leaves {(isStream ? "a stream" : "a whole reply")}, {Samples} calls in flight", runs, () => LeaveAsync(client, address, upstream, isStream));
        }

        await ReportAsync($"{Agreeing} of the last {All - Undecided} samples agree, {All - Undecided - Agreeing} are in flight", runs, () => AgreeAsync(client, address, upstream));
        await server.StopAsync();
    }

    private static async Task<double> LeaveAsync(HttpClient client, Uri address, StubModelServer upstream, bool isStream)
    {
        using var leave = new CancellationTokenSource();
        using HttpRequestMessage request = Request(address, "self-consistency", isStream);
        Task<HttpResponseMessage> sending = client.SendAsync(request, leave.Token);
        await upstream.Traffic.WhenInFlightAsync(Samples);
        long leftAt = Stopwatch.GetTimestamp();
        await leave.CancelAsync();
        await upstream.Traffic.WhenIdleAsync();
        double took = Stopwatch.GetElapsedTime(leftAt).TotalMilliseconds;
        try
        {
            await sending;
            throw new InvalidOperationException("The request was answered before its client left.");
        }
        catch (OperationCanceledException)
        {
            return took;
        }
    }

    private static async Task<double> AgreeAsync(HttpClient client, Uri address, StubModelServer upstream)
    {
        var agree = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        int asked = 0;
        upstream.Script = _ => Interlocked.Increment(ref asked) switch
        {
            <= Undecided and int n => new StubBehavior { Text = (_, _) => n % 2 == 0 ? "The answer is 41." : "The answer is 42." },
            <= Undecided + Agreeing => new StubBehavior { Until = agree.Task, Text = (_, _) => "The answer is 42." },
            _ => new StubBehavior { Hang = true },
        };
        using HttpRequestMessage request = Request(address, "adaptive-consistency", isStream: false);
        Task<HttpResponseMessage> sending = client.SendAsync(request);
        await upstream.Traffic.WhenInFlightAsync(All - Undecided);
        long agreedAt = Stopwatch.GetTimestamp();
        agree.SetResult();
        await upstream.Traffic.WhenIdleAsync();
        double took = Stopwatch.GetElapsedTime(agreedAt).TotalMilliseconds;
        using HttpResponseMessage response = await sending;
        response.EnsureSuccessStatusCode();
        return took;
    }

    private static HttpRequestMessage Request(Uri address, string strategy, bool isStream)
    {
        string body = $$"""{"model":"{{strategy}}/stub","messages":[{"role":"user","content":"What is 6 times 7?"}],"stream":{{(isStream ? "true" : "false")}},"reasoning":{"samples":{{(strategy == "self-consistency" ? Samples : All)}} } }""";
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return request;
    }

    private static async Task ReportAsync(string name, int runs, Func<Task<double>> measure)
    {
        var times = new double[runs];
        // The first run pays for code that is compiled and connections that are opened: it is not counted.
        await measure();
        for (int i = 0; i < runs; i++)
            times[i] = await measure();
        Array.Sort(times);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: idle after {times[runs / 2]:0.0} ms (median), {times[^1]:0.0} ms (longest of {runs})"));
    }
}

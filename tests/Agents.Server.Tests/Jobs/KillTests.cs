using System.Diagnostics;
using System.Net.Http.Json;
using System.Reflection;
using System.Text.Json;
using Agents.Testing;

namespace Agents.Server.Tests.Jobs;

/// <summary>The server as a process that is killed: a job goes on where its journal ends.</summary>
public sealed class KillTests
{
    [Fact]
    public async Task Kill9_InTheMiddleOfAJob_RepeatsNoJournaledCall()
    {
        using var folder = new TestFolder();
        await using StubModelServer upstream = await StubModelServer.StartAsync();
        // A mixture asks two proposers and then the aggregator, whose call hangs in the first process.
        upstream.Script = request => request.Number >= 3 ? new StubBehavior { Hang = true } : null;
        string id;
        using (Process first = Start(folder, upstream, out HttpClient client))
        {
            using HttpRequestMessage request = RunningServer.Request("/api/reason", """{"question":"What is 6 times 7?","strategy":"mixture","samples":2,"seed":5,"settings":{"layers":1}}""", [("Prefer", "respond-async")]);
            using HttpResponseMessage accepted = await client.SendAsync(request);
            id = (await accepted.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
            await upstream.Traffic.WhenReceivedAsync(3);
            first.Kill();
            await first.WaitForExitAsync();
            client.Dispose();
        }

        string[] journaled = [.. upstream.Traffic.Requests.Take(2).Select(r => r.IdempotencyKey!)];
        upstream.Script = _ => null;
        using Process second = Start(folder, upstream, out HttpClient again);
        using (again)
        {
            string events = await again.GetStringAsync($"/api/reason/{id}/events");
            Assert.Contains("\"runtimeStatus\":\"Completed\"", events, StringComparison.Ordinal);
            JsonElement job = await again.GetFromJsonAsync<JsonElement>($"/api/reason/{id}");
            Assert.Equal("Completed", job.GetProperty("runtimeStatus").GetString());
            Assert.Equal(3, job.GetProperty("output").GetProperty("usage").GetProperty("model_calls").GetInt32());
            second.Kill();
            await second.WaitForExitAsync();
        }

        foreach (string key in journaled)
            Assert.Single(upstream.Traffic.Requests, r => r.IdempotencyKey == key);
        // What was in flight at the kill is asked again under its own key.
        Assert.Equal(3, upstream.Traffic.Requests.Select(r => r.IdempotencyKey).Distinct().Count());
    }

    private static Process Start(TestFolder folder, StubModelServer upstream, out HttpClient client)
    {
        string program = Assembly.GetExecutingAssembly().GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "CommandLine").Value!;
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (string argument in (string[])[program, "serve", "--urls", "http://127.0.0.1:0", "--model", $"gpt-x=openai:gpt-x@{upstream.Endpoint}", "--state", folder.Path])
            start.ArgumentList.Add(argument);
        Process process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        string line = process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The server ended before it listened.");
        Assert.StartsWith("Listening on http://127.0.0.1:", line, StringComparison.Ordinal);
        client = new HttpClient { BaseAddress = new Uri(line["Listening on ".Length..]) };
        return process;
    }
}

using System.Net.Http.Json;
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
        using (ServerProcess first = await ServerProcess.StartAsync(folder.Path, upstream))
        {
            using HttpRequestMessage request = RunningServer.Request("/api/reason", """{"question":"What is 6 times 7?","strategy":"mixture","samples":2,"seed":5,"settings":{"layers":1}}""", [("Prefer", "respond-async")]);
            using HttpResponseMessage accepted = await first.Client.SendAsync(request);
            id = (await accepted.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
            await upstream.Traffic.WhenReceivedAsync(3);
            await first.KillAsync();
        }

        string[] journaled = [.. upstream.Traffic.Requests.Take(2).Select(r => r.IdempotencyKey!)];
        upstream.Script = _ => null;
        using (ServerProcess second = await ServerProcess.StartAsync(folder.Path, upstream))
        {
            string events = await second.Client.GetStringAsync($"/api/reason/{id}/events");
            Assert.Contains("\"runtimeStatus\":\"Completed\"", events, StringComparison.Ordinal);
            JsonElement job = await second.Client.GetFromJsonAsync<JsonElement>($"/api/reason/{id}");
            Assert.Equal("Completed", job.GetProperty("runtimeStatus").GetString());
            Assert.Equal(3, job.GetProperty("output").GetProperty("usage").GetProperty("model_calls").GetInt32());
            await second.KillAsync();
        }

        foreach (string key in journaled)
            Assert.Single(upstream.Traffic.Requests, r => r.IdempotencyKey == key);
        // What was in flight at the kill is asked again under its own key.
        Assert.Equal(3, upstream.Traffic.Requests.Select(r => r.IdempotencyKey).Distinct().Count());
    }
}

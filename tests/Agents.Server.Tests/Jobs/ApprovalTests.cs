using System.Text.Json;
using Agents.Testing;

namespace Agents.Server.Tests.Jobs;

/// <summary>Answers that a person approves: the same body, event and output as in the Functions app.</summary>
public sealed class ApprovalTests
{
    private const string Question = """{"question":"What is 6 times 7?","strategy":"self-consistency","samples":3,"approval":{"seconds":3600}}""";

    private static async Task<string> AskAsync(RunningServer server, string path = "/api/reason", string body = Question)
    {
        (int status, JsonElement accepted, _) = await server.PostAsync(path, body);
        Assert.True(status == 202, accepted.ToString());
        return accepted.GetProperty("id").GetString()!;
    }

    /// <summary>Where the job stands once it waits: the stream of events says nothing of that, so it is asked for.</summary>
    private static async Task<JsonElement> WaitingAsync(RunningServer server, string id)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            (int status, JsonElement body) = await server.GetAsync($"/api/reason/{id}");
            if (body.GetProperty("customStatus").ValueKind == JsonValueKind.Object)
            {
                Assert.Equal((202, "Running"), (status, body.GetProperty("runtimeStatus").GetString()));
                return body.GetProperty("customStatus");
            }

            patience.Token.ThrowIfCancellationRequested();
        }
    }

    private static async Task<JsonElement> EndAsync(RunningServer server, string id)
    {
        await server.Client.GetStringAsync($"/api/reason/{id}/events");
        return (await server.GetAsync($"/api/reason/{id}")).Body;
    }

    [Theory]
    [InlineData("""{"approved":true,"by":"ada","comment":"fine"}""", """{"decision":"approved","by":"ada","comment":"fine"}""")]
    [InlineData("true", """{"decision":"approved"}""")]
    [InlineData("""{"approved":false,"by":"ada"}""", """{"decision":"rejected","by":"ada"}""")]
    [InlineData("""{"approved":"yes"}""", """{"decision":"rejected"}""")]
    public async Task Job_Waits_AndEndsWithTheDecision(string given, string decision)
    {
        await using RunningServer server = await RunningServer.StartAsync();
        server.Upstream.Behavior = new() { Text = (_, _) => "The answer is 42." };
        string id = await AskAsync(server);
        JsonElement waiting = await WaitingAsync(server, id);
        Assert.Equal(("waiting_for_approval", "42", 3), (waiting.GetProperty("phase").GetString(), waiting.GetProperty("answer").GetString(), waiting.GetProperty("calls").GetInt32()));
        (int raised, _, _) = await server.PostAsync($"/api/reason/{id}/raiseEvent/Approval", given);
        Assert.Equal(202, raised);
        JsonElement ended = await EndAsync(server, id);
        Assert.Equal("Completed", ended.GetProperty("runtimeStatus").GetString());
        Assert.Equal(decision, ended.GetProperty("output").GetProperty("approval").GetRawText());
        Assert.Equal("42", ended.GetProperty("output").GetProperty("answer").GetString());
        Assert.Equal(410, (await server.PostAsync($"/api/reason/{id}/raiseEvent/Approval", "true")).Status);
    }

    [Fact]
    public async Task Decision_SurvivesTheRestart_AndSoDoesTheWaiting()
    {
        using var folder = new TestFolder();
        await using StubModelServer upstream = await StubModelServer.StartAsync();
        string id;
        await using (RunningServer first = await RunningServer.StartAsync(o => o with { StateFolder = folder.Path, Models = Models(upstream) }))
        {
            id = await AskAsync(first);
            await WaitingAsync(first, id);
        }

        await using (RunningServer second = await RunningServer.StartAsync(o => o with { StateFolder = folder.Path, Models = Models(upstream) }))
        {
            await WaitingAsync(second, id);
            Assert.Equal(3, upstream.Traffic.Requests.Count);
            Assert.Equal(202, (await second.PostAsync($"/api/reason/{id}/raiseEvent/approval", """{"approved":true}""")).Status);
            JsonElement ended = await EndAsync(second, id);
            Assert.Equal("approved", ended.GetProperty("output").GetProperty("approval").GetProperty("decision").GetString());
        }

        Assert.Equal(3, upstream.Traffic.Requests.Count);
    }

    [Fact]
    public async Task Decision_BeforeTheAnswer_IsKept_AndTheFirstOneStands()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        var release = new TaskCompletionSource();
        server.Upstream.Behavior = new() { Until = release.Task };
        string id = await AskAsync(server);
        await server.Upstream.Traffic.WhenInFlightAsync(3);
        Assert.Equal(202, (await server.PostAsync($"/api/reason/{id}/raiseEvent/Approval", "false")).Status);
        Assert.Equal(409, (await server.PostAsync($"/api/reason/{id}/raiseEvent/Approval", "true")).Status);
        release.SetResult();
        Assert.Equal("rejected", (await EndAsync(server, id)).GetProperty("output").GetProperty("approval").GetProperty("decision").GetString());
    }

    [Fact]
    public async Task NobodyDecides_TimesOut()
    {
        var clock = new ManualClock();
        await using RunningServer server = await RunningServer.StartAsync(time: clock);
        string id = await AskAsync(server);
        await WaitingAsync(server, id);
        await clock.WhenTimerAsync(t => t > TimeSpan.FromSeconds(3000) && t <= TimeSpan.FromSeconds(3600));
        clock.Advance(TimeSpan.FromSeconds(3600));
        Assert.Equal("timed_out", (await EndAsync(server, id)).GetProperty("output").GetProperty("approval").GetProperty("decision").GetString());
    }

    [Fact]
    public async Task Terminate_EndsTheWaiting()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        string id = await AskAsync(server);
        await WaitingAsync(server, id);
        Assert.Equal(202, (await server.PostAsync($"/api/reason/{id}/terminate", "{}")).Status);
        Assert.Equal("Terminated", (await server.GetAsync($"/api/reason/{id}")).Body.GetProperty("runtimeStatus").GetString());
    }

    [Fact]
    public async Task RunWithoutAnAnswer_AsksNobody()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        server.Upstream.Behavior = StubBehavior.Fail(500);
        JsonElement ended = await EndAsync(server, await AskAsync(server));
        Assert.Equal("Failed", ended.GetProperty("runtimeStatus").GetString());
        Assert.False(ended.GetProperty("output").TryGetProperty("approval", out _));
    }

    [Fact]
    public async Task Workflow_ByItsName_CanBeApproved_AndWaitingJobsHoldNoPlace()
    {
        await using RunningServer server = await RunningServer.StartAsync(o => o with { WorkflowFolder = RepositoryRoot.At("workflows"), MaxBackgroundJobs = 1 });
        server.Upstream.Behavior = new() { Text = (_, _) => "The answer is 42." };
        string first = await AskAsync(server, "/api/workflows/cheap-first", """{"question":"What is 6 times 7?","approval":{"seconds":60}}""");
        await WaitingAsync(server, first);
        string second = await AskAsync(server);
        await WaitingAsync(server, second);
        await server.PostAsync($"/api/reason/{first}/raiseEvent/Approval", "true");
        Assert.Equal("approved", (await EndAsync(server, first)).GetProperty("output").GetProperty("approval").GetProperty("decision").GetString());
    }

    [Theory]
    [InlineData("approval", """{"question":"q","strategy":"direct","approval":true}""")]
    [InlineData("approval.seconds", """{"question":"q","strategy":"direct","approval":{}}""")]
    [InlineData("approval.seconds", """{"question":"q","strategy":"direct","approval":{"seconds":0}}""")]
    [InlineData("approval.by", """{"question":"q","strategy":"direct","approval":{"seconds":1,"by":"x"}}""")]
    public async Task BadApproval_IsAProblemWithItsPlace(string param, string json)
    {
        await using RunningServer server = await RunningServer.StartAsync();
        (int status, JsonElement body, _) = await server.PostAsync("/api/reason", json);
        Assert.Equal((400, param), (status, body.GetProperty("param").GetString()));
    }

    [Fact]
    public async Task JobWithoutApproval_WaitsForNoEvent()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        string id = await AskAsync(server);
        Assert.Equal(409, (await server.PostAsync($"/api/reason/{id}/raiseEvent/Payment", "true")).Status);
        (_, JsonElement plain, _) = await server.PostAsync("/api/reason", """{"question":"q","strategy":"direct"}""", ("Prefer", "respond-async"));
        Assert.Equal(409, (await server.PostAsync($"/api/reason/{plain.GetProperty("id").GetString()}/raiseEvent/Approval", "true")).Status);
    }

    private static Dictionary<string, ServedModelOptions> Models(StubModelServer upstream) => new() { ["gpt-x"] = new() { Spec = $"openai:gpt-x@{upstream.Endpoint}?retries=0" } };
}

using System.Text.Json;
using Agents.Functions.Tests.Host;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using P = Microsoft.DurableTask.Protobuf;

namespace Agents.Functions.Tests;

/// <summary>The worker as a process of its own, over the public FunctionRpc protocol.</summary>
public sealed class WorkerProcessTests(WorkerFixture fixture) : IClassFixture<WorkerFixture>
{
    private const string Question = "\"question\":\"What is 6 times 7?\"";

    private SmallHost Host => fixture.Host;

    [Fact]
    public void Metadata_ListsEveryFunction_WithItsTrigger_RouteAndKey()
    {
        string[] http = [.. Host.Functions.Where(f => Routes.TriggerOf(f) is not null).Select(f =>
        {
            JsonElement trigger = Routes.TriggerOf(f)!.Value;
            return $"{f.Name}: {string.Join(',', trigger.GetProperty("methods").EnumerateArray())} {trigger.GetProperty("route").GetString()} {trigger.GetProperty("authLevel").GetString()}";
        }).Order(StringComparer.Ordinal)];
        Assert.Equal(
            [
                "Reason: post reason Function", "Refine: post refine Function", "Reward: post reward Function", "Sample: post sample Function", "Status: get reason/{id} Function",
                "Verify: post verify Function", "Vote: post vote Function", "Workflow: post workflows/{name} Function",
            ],
            http);
        string[] durable = [.. Host.Functions.Where(f => Routes.TriggerOf(f) is null).Select(f => $"{f.Name}: {JsonElement.Parse(f.RawBindings[0]).GetProperty("type").GetString()}").Order(StringComparer.Ordinal)];
        Assert.Equal(["CallModel: activityTrigger", "CancelCalls: activityTrigger", "Run: orchestrationTrigger"], durable);
    }

    [Fact]
    public async Task Reason_AnswersWithTheResult()
    {
        (int status, JsonElement body, _) = await Host.RequestAsync(HttpMethod.Post, "/api/reason", $$"""{{{Question}},"strategy":"self-consistency","samples":3,"seed":4}""");
        Assert.True(status == 200, body.ToString());
        Assert.Equal(("self-consistency", 3), (body.GetProperty("strategy").GetString(), body.GetProperty("usage").GetProperty("model_calls").GetInt32()));
    }

    [Fact]
    public async Task Steps_TakeWhatTheOneBeforeReturned()
    {
        (int sampled, JsonElement samples, _) = await Host.RequestAsync(HttpMethod.Post, "/api/sample", $$"""{{{Question}},"samples":3,"seed":7}""");
        Assert.True(sampled == 200, samples.ToString());
        string candidates = samples.GetProperty("candidates").GetRawText();
        (int verified, JsonElement verdicts, _) = await Host.RequestAsync(HttpMethod.Post, "/api/verify", $$"""{{{Question}},"candidates":{{candidates}},"verifier":"arithmetic"}""");
        Assert.True(verified == 200, verdicts.ToString());
        (int voted, JsonElement vote, _) = await Host.RequestAsync(HttpMethod.Post, "/api/vote", $$"""{{{Question}},"candidates":{{verdicts.GetProperty("candidates")}}}""");
        Assert.True(voted == 200, vote.ToString());
        Assert.Equal(samples.GetProperty("answer").GetString(), vote.GetProperty("answer").GetString());
    }

    [Fact]
    public async Task Reward_OfABatch_ComesInOrder_AndStartsNoRun()
    {
        (int status, JsonElement body, _) = await Host.RequestAsync(HttpMethod.Post, "/api/reward", """
            {"items":[{"id":1,"completion":"<think>6*7</think><answer>42</answer>","gold":"42","group":"a","tokens":9},{"id":2,"completion":"<think>6*7, slowly</think><answer>42</answer>","gold":"42","group":"a","tokens":19},{"id":3,"completion":"<think></think><answer>42</answer>","gold":"42","group":"b"}],
             "rewards":[{"reward":"accuracy"},{"reward":"group-length","weight":0.5}],"advantages":"dr-grpo"}
            """);
        Assert.True(status == 200, body.ToString());
        Assert.Equal([1.25, .75, 0], body.GetProperty("rewards").EnumerateArray().Select(r => r.GetDouble()));
        Assert.Equal([.25, -.25, 0], body.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("advantage").GetDouble()));
    }

    [Theory]
    [InlineData("{}", "items")]
    [InlineData("""{"items":[],"rewards":[{"reward":"unit-tests"}]}""", "no verifier that a request may name")]
    public async Task Reward_BadBatch_IsAProblemWithWhatAndWhere(string request, string message)
    {
        (int status, JsonElement body, _) = await Host.RequestAsync(HttpMethod.Post, "/api/reward", request);
        Assert.Equal(400, status);
        Assert.Contains(message, body.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refine_RevisesADraft()
    {
        (int status, JsonElement body, _) = await Host.RequestAsync(HttpMethod.Post, "/api/refine", $$"""{{{Question}},"candidates":["6 * 7 = 41. So the answer is 41."],"verifier":"arithmetic","samples":2}""");
        Assert.True(status == 200, body.ToString());
        Assert.Equal(2, body.GetProperty("candidates").GetArrayLength());
    }

    [Fact]
    public async Task Workflow_ByItsName_ComesWithTheApp()
    {
        (int status, JsonElement body, _) = await Host.RequestAsync(HttpMethod.Post, "/api/workflows/careful", $$"""{{{Question}},"seed":1}""");
        Assert.True(status == 200, body.ToString());
        Assert.Equal("careful", body.GetProperty("strategy").GetString());
    }

    [Fact]
    public async Task RespondAsync_Gives202_TheDurableAddresses_AndTheResultLater()
    {
        (int status, JsonElement accepted, HttpResponseMessage response) = await Host.RequestAsync(HttpMethod.Post, "/api/reason", $$"""{{{Question}},"strategy":"self-consistency","samples":2}""", ("Prefer", "respond-async"));
        Assert.Equal(202, status);
        string id = accepted.GetProperty("id").GetString()!;
        foreach (string name in (string[])["statusQueryGetUri", "sendEventPostUri", "terminatePostUri", "purgeHistoryDeleteUri"])
        {
            Assert.StartsWith($"http://localhost:7071/runtime/webhooks/durabletask/instances/{id}", accepted.GetProperty(name).GetString(), StringComparison.Ordinal);
            Assert.Contains("code=system-key", accepted.GetProperty(name).GetString(), StringComparison.Ordinal);
        }

        Assert.Equal(accepted.GetProperty("statusQueryGetUri").GetString(), response.Headers.Location!.ToString());
        await fixture.Engine.EndAsync(id);
        (int ended, JsonElement job, _) = await Host.RequestAsync(HttpMethod.Get, "/api/reason/" + id);
        Assert.Equal((200, "reason", "Completed"), (ended, job.GetProperty("name").GetString(), job.GetProperty("runtimeStatus").GetString()));
        Assert.Equal(2, job.GetProperty("output").GetProperty("candidates").GetArrayLength());
        Assert.DoesNotContain("system-key", Host.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Approval_KeepsTheRunOpenUntilItsEvent()
    {
        (int status, JsonElement accepted, _) = await Host.RequestAsync(HttpMethod.Post, "/api/reason", $$"""{{{Question}},"strategy":"direct","approval":{"seconds":3600} }""");
        Assert.Equal(202, status);
        string id = accepted.GetProperty("id").GetString()!;
        await fixture.Engine.Client.RaiseEventAsync(id, "Approval", JsonElement.Parse("true"));
        JsonElement output = JsonElement.Parse((await fixture.Engine.EndAsync(id)).SerializedOutput!);
        Assert.Equal("approved", output.GetProperty("approval").GetProperty("decision").GetString());
    }

    [Theory]
    [InlineData("/api/reason", "{\"question\":\"q\",\"strategy\":\"no-such\"}", 400, "invalid_value")]
    [InlineData("/api/reason", "{\"question\":", 400, "invalid_json")]
    [InlineData("/api/reason", "{\"question\":\"q\",\"approval\":{} }", 400, "missing_parameter")]
    [InlineData("/api/vote", "{\"question\":\"q\"}", 400, "missing_parameter")]
    [InlineData("/api/sample", "{\"question\":\"q\",\"samples\":1000}", 400, "limit_exceeded")]
    [InlineData("/api/workflows/none", "{\"question\":\"q\"}", 404, "workflow_not_found")]
    public async Task WhatCannotBeServed_IsAProblemDocument(string path, string json, int expected, string code)
    {
        (int status, JsonElement body, HttpResponseMessage response) = await Host.RequestAsync(HttpMethod.Post, path, json);
        Assert.Equal((expected, code, "application/problem+json"), (status, body.GetProperty("code").GetString(), response.Content.Headers.ContentType!.MediaType));
    }

    [Fact]
    public async Task Status_OfARunThatIsNotThere_IsA404() =>
        Assert.Equal(404, (await Host.RequestAsync(HttpMethod.Get, "/api/reason/00000000000000000000000000000000")).Status);

    [Fact]
    public async Task Orchestrator_InvokedInTheWorker_SchedulesAnActivityForEachCall()
    {
        string id = await fixture.Engine.ScheduleAsync("reason", $$"""{{{Question}},"strategy":"self-consistency","samples":8}""");
        string input = (await fixture.Engine.EndAsync(id)).SerializedInput!;
        var request = new P.OrchestratorRequest { InstanceId = id };
        request.NewEvents.Add(new P.HistoryEvent { EventId = -1, Timestamp = Timestamp.FromDateTime(DateTime.UnixEpoch), OrchestratorStarted = new P.OrchestratorStartedEvent() });
        request.NewEvents.Add(new P.HistoryEvent { EventId = -1, Timestamp = Timestamp.FromDateTime(DateTime.UnixEpoch), ExecutionStarted = new P.ExecutionStartedEvent { Name = "Run", Input = input, OrchestrationInstance = new P.OrchestrationInstance { InstanceId = id, ExecutionId = "1" } } });
        JsonElement encoded = await Host.InvokeAsync("Run", "context", Convert.ToBase64String(request.ToByteArray()));
        P.OrchestratorResponse response = P.OrchestratorResponse.Parser.ParseFrom(Convert.FromBase64String(encoded.GetString()!));
        string[] scheduled = [.. response.Actions.Where(a => a.ScheduleTask is not null).Select(a => a.ScheduleTask.Name)];
        Assert.Equal(Enumerable.Repeat("CallModel", 8), scheduled);
        // Besides the calls only the run's time limit, as a durable timer.
        Assert.Equal(1, response.Actions.Count(a => a.CreateTimer is not null));
        Assert.Contains("running", response.CustomStatus, StringComparison.Ordinal);
    }
}

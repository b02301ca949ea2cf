using System.Text.Json;
using Agents.Testing;

namespace Agents.Server.Tests.Steps;

/// <summary>The steps of a workflow as endpoints of their own: what one returns the next one takes.</summary>
public sealed class StepTests
{
    private const string Question = "\"question\":\"What is 6 times 7?\"";

    [Fact]
    public async Task Sample_GivesTheSamplesWithTheirAnswers()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        (int status, JsonElement body, _) = await server.PostAsync("/api/sample", $$"""{{{Question}},"samples":3,"seed":4,"temperature":0.5}""");
        Assert.True(status == 200, body.ToString());
        Assert.Equal((3, 3), (body.GetProperty("candidates").GetArrayLength(), body.GetProperty("usage").GetProperty("model_calls").GetInt32()));
        Assert.All(body.GetProperty("candidates").EnumerateArray(), c => Assert.NotEmpty(c.GetProperty("answer").GetString()!));
        Assert.All(server.Upstream.Traffic.Requests, r => Assert.Equal(0.5, r.Body.GetProperty("temperature").GetDouble()));
    }

    [Fact]
    public async Task Sample_WithoutANumber_IsOne()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        (_, JsonElement body, _) = await server.PostAsync("/api/sample", $$"""{{{Question}} }""");
        Assert.Single(body.GetProperty("candidates").EnumerateArray());
    }

    [Fact]
    public async Task Steps_InSequence_AnswerAsTheStrategyOfThemDoes()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        (_, JsonElement whole, _) = await server.PostAsync("/api/reason", $$"""{{{Question}},"strategy":"self-consistency","samples":8,"seed":9,"settings":{"temperature":0.7} }""");
        (_, JsonElement samples, _) = await server.PostAsync("/api/sample", $$"""{{{Question}},"samples":8,"seed":9,"temperature":0.7}""");
        (int status, JsonElement vote, _) = await server.PostAsync("/api/vote", $$"""{{{Question}},"candidates":{{samples.GetProperty("candidates")}} }""");
        Assert.Equal(200, status);
        Assert.Equal(whole.GetProperty("answer").GetString(), vote.GetProperty("answer").GetString());
        Assert.Equal(whole.GetProperty("confidence").GetDouble(), vote.GetProperty("confidence").GetDouble());
        Assert.Equal(0, vote.GetProperty("usage").GetProperty("model_calls").GetInt32());
    }

    [Fact]
    public async Task Verify_GivesAVerdictOnEach_AndVoteWeighsThem()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        const string candidates = """["6 * 7 = 41. So the answer is 41.","6 * 7 = 41. So the answer is 41.","6 * 7 = 42. So the answer is 42."]""";
        (int status, JsonElement verified, _) = await server.PostAsync("/api/verify", $$"""{{{Question}},"candidates":{{candidates}},"verifier":"arithmetic"}""");
        Assert.True(status == 200, verified.ToString());
        Assert.Equal([0.0, 0.0, 1.0], verified.GetProperty("candidates").EnumerateArray().Select(c => c.GetProperty("verdicts")[0].GetProperty("score").GetDouble()));
        (_, JsonElement plain, _) = await server.PostAsync("/api/vote", $$"""{{{Question}},"candidates":{{candidates}} }""");
        (_, JsonElement weighed, _) = await server.PostAsync("/api/vote", $$"""{{{Question}},"candidates":{{verified.GetProperty("candidates")}} }""");
        Assert.Equal(("41", "42"), (plain.GetProperty("answer").GetString(), weighed.GetProperty("answer").GetString()));
        Assert.Empty(server.Upstream.Traffic.Requests);
    }

    [Fact]
    public async Task Verify_ByAJudgeWithSettings_AsksTheModelOfItsRole()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        server.Upstream.Behavior = new() { Text = (_, _) => "Verdict: yes", LogProbabilities = false };
        (int status, JsonElement body, _) = await server.PostAsync("/api/verify", $$"""{{{Question}},"candidates":[{"text":"So it is 42.","answer":"42"}],"verifier":{"name":"llm-judge","votes":3} }""");
        Assert.True(status == 200, body.ToString());
        Assert.Equal(3, server.Upstream.Traffic.Requests.Count);
        Assert.Equal("llm-judge", body.GetProperty("candidates")[0].GetProperty("verdicts")[0].GetProperty("verifier").GetString());
    }

    [Fact]
    public async Task Refine_RevisesTheDraftByWhatTheVerifierFinds()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        server.Upstream.Behavior = new() { Text = (_, _) => "6 * 7 = 42. So the answer is 42." };
        (int status, JsonElement body, _) = await server.PostAsync("/api/refine", $$"""{{{Question}},"candidates":["6 * 7 = 41. So the answer is 41."],"verifier":"arithmetic","samples":3,"accept":0.9}""");
        Assert.True(status == 200, body.ToString());
        Assert.Equal(("42", "verified", 2), (body.GetProperty("answer").GetString(), body.GetProperty("stop_reason").GetString(), body.GetProperty("candidates").GetArrayLength()));
        Assert.Contains("6 * 7 = 41", Assert.Single(server.Upstream.Traffic.Requests).Body.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Workflow_ByName_RunsTheOperatorsDocument()
    {
        await using RunningServer server = await RunningServer.StartAsync(o => o with { WorkflowFolder = RepositoryRoot.At("workflows") });
        (_, JsonElement names) = await server.GetAsync("/api/workflows");
        Assert.Contains("careful", names.EnumerateArray().Select(n => n.GetString()));
        (int status, JsonElement body, _) = await server.PostAsync("/api/workflows/careful", $$"""{{{Question}},"seed":2,"budget":{"calls":40} }""");
        Assert.True(status == 200, body.ToString());
        Assert.Equal("careful", body.GetProperty("strategy").GetString());
        Assert.InRange(body.GetProperty("usage").GetProperty("model_calls").GetInt32(), 1, 40);
    }

    [Fact]
    public async Task Workflow_NotThere_IsA404ThatNamesTheNearest()
    {
        await using RunningServer server = await RunningServer.StartAsync(o => o with { WorkflowFolder = RepositoryRoot.At("workflows") });
        (int status, JsonElement body, _) = await server.PostAsync("/api/workflows/carefull", $$"""{{{Question}} }""");
        Assert.Equal((404, "workflow_not_found"), (status, body.GetProperty("code").GetString()));
        Assert.Contains("careful", body.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void WorkflowFolder_ThatIsNotThere_StopsTheServerBeforeItListens()
    {
        var options = new ServerOptions { Urls = ["http://127.0.0.1:0"], Models = new Dictionary<string, ServedModelOptions> { ["m"] = new() { Spec = "openai:m@http://127.0.0.1:9/v1" } }, WorkflowFolder = "no-such-folder" };
        Assert.Contains("no-such-folder", Assert.Throws<ServerOptionsException>(() => ReasoningServer.Build(options, _ => null)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Step_InTheBackground_HasTheStatusUrlsOfEveryJob()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        var release = new TaskCompletionSource();
        server.Upstream.Behavior = new() { Until = release.Task };
        (int status, JsonElement accepted, _) = await server.PostAsync("/api/sample", $$"""{{{Question}},"samples":2}""", ("Prefer", "respond-async"));
        Assert.Equal(202, status);
        string id = accepted.GetProperty("id").GetString()!;
        Assert.EndsWith($"/api/reason/{id}", accepted.GetProperty("statusQueryGetUri").GetString(), StringComparison.Ordinal);
        release.SetResult();
        await server.Client.GetStringAsync($"/api/reason/{id}/events");
        (_, JsonElement job) = await server.GetAsync($"/api/reason/{id}");
        Assert.Equal(("sample", "Completed"), (job.GetProperty("name").GetString(), job.GetProperty("runtimeStatus").GetString()));
        Assert.Equal(2, job.GetProperty("output").GetProperty("candidates").GetArrayLength());
    }

    [Theory]
    [InlineData("vote", "", "candidates", "missing_parameter")]
    [InlineData("vote", ",\"candidates\":[]", "candidates", "invalid_value")]
    [InlineData("vote", ",\"candidates\":[{\"answer\":\"1\",\"score\":2}]", "candidates[0].score", "invalid_value")]
    [InlineData("vote", ",\"candidates\":[\"1\",{}]", "candidates[1]", "missing_parameter")]
    [InlineData("vote", ",\"candidates\":[{\"anwser\":\"1\"}]", "candidates[0].anwser", "unsupported_parameter")]
    [InlineData("vote", ",\"candidates\":[\"1\"],\"strategy\":\"direct\"", "strategy", "unsupported_parameter")]
    [InlineData("verify", ",\"candidates\":[\"1\"]", "verifier", "missing_parameter")]
    [InlineData("verify", ",\"candidates\":[\"1\"],\"verifier\":\"arithmetics\"", "verifier", "invalid_value")]
    [InlineData("verify", ",\"candidates\":[\"1\"],\"verifier\":\"arithmetic\",\"model\":\"direct/gpt-x\"", "model", "invalid_value")]
    [InlineData("refine", ",\"candidates\":[\"1\"],\"verifier\":\"arithmetic\",\"accept\":0", "accept", "invalid_value")]
    [InlineData("sample", ",\"samples\":65", "reasoning.samples", "limit_exceeded")]
    [InlineData("sample", ",\"samples\":\"many\"", "samples", "invalid_type")]
    public async Task WhatDoesNotFit_IsRefusedByName(string step, string more, string param, string code)
    {
        await using RunningServer server = await RunningServer.StartAsync();
        (int status, JsonElement body, _) = await server.PostAsync("/api/" + step, $$"""{{{Question}}{{more}} }""");
        Assert.Equal((400, param, code), (status, body.GetProperty("param").GetString(), body.GetProperty("code").GetString()));
        Assert.Empty(server.Upstream.Traffic.Requests);
    }

    [Fact]
    public async Task MoreCandidatesThanTheCallerMayUse_AreRefused()
    {
        await using RunningServer server = await RunningServer.StartAsync(o => o with { Limits = new CallerLimits { MaxSamples = 2 } });
        (int status, JsonElement body, _) = await server.PostAsync("/api/vote", $$"""{{{Question}},"candidates":["1","2","3"]}""");
        Assert.Equal((400, "limit_exceeded"), (status, body.GetProperty("code").GetString()));
    }
}

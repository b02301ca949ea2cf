using System.Text.Json;
using Agents.Functions.Orchestrations;
using Agents.Hosting.Operations;
using Agents.Hosting.Results;
using Agents.Hosting.Runs;
using Agents.Reasoning;
using Agents.Testing;
using Microsoft.DurableTask.Client;

namespace Agents.Functions.Tests.Orchestrations;

/// <summary>Every orchestration on the real Durable Task engine, in process and in memory.</summary>
public sealed class RunOrchestrationTests
{
    private const string Question = "\"question\":\"What is 6 times 7?\"";

    [Fact]
    public async Task FanOutOf8_WithOneFailure_TriesThatOneAgain_AndAnswersAsInProcess()
    {
        await using DurableEngine engine = await DurableEngine.StartAsync();
        const string body = $$"""{{{Question}},"strategy":"self-consistency","samples":8,"seed":11}""";
        RunPlan plan = engine.Plan(Operation.Reason, body, "in-process");
        ReasoningResult inProcess = await new ReasoningRunner(plan.Model.Models).RunAsync(plan.Strategy, plan.Request, plan.Options);
        engine.Upstream.Enqueue(StubBehavior.Fail(503));

        JsonElement result = await engine.RunAsync(Operation.Reason, body);

        JsonElement expected = JsonElement.Parse(ResultJson.Write(inProcess));
        foreach (string name in (string[])["answer", "confidence", "stop_reason", "strategy", "rounds"])
            Assert.Equal(expected.GetProperty(name).ToString(), result.GetProperty(name).ToString());
        Assert.Equal(Texts(expected), Texts(result));
        Assert.Equal((8, 0), (result.GetProperty("usage").GetProperty("model_calls").GetInt32(), result.GetProperty("usage").GetProperty("failed_calls").GetInt32()));
        Assert.Equal(9, engine.Seen.Tickets.Count);
        Assert.Equal(2, engine.Seen.Tickets.GroupBy(Key).Max(g => g.Count()));
        Assert.Equal([1, 2], engine.Seen.Tickets.GroupBy(Key).Single(g => g.Count() == 2).Select(t => t.GetProperty("attempt").GetInt32()).Order());
    }

    [Fact]
    public async Task Rounds_ReplayTheHistory_AndRepeatNoActivity()
    {
        await using DurableEngine engine = await DurableEngine.StartAsync();
        JsonElement result = await engine.RunAsync(Operation.Reason, $$"""{{{Question}},"strategy":"mixture","samples":3,"seed":1,"settings":{"layers":2} }""");
        Assert.True(result.GetProperty("rounds").GetInt32() >= 3, result.ToString());
        Assert.Equal(result.GetProperty("usage").GetProperty("model_calls").GetInt32(), engine.Seen.Tickets.Count);
        Assert.Equal(engine.Seen.Tickets.Count, engine.Seen.Tickets.Select(Key).Distinct().Count());
        Assert.Equal(engine.Seen.Tickets.Count, engine.Upstream.Traffic.Requests.Select(r => r.IdempotencyKey).Distinct().Count());
        Assert.True(engine.Seen.Executions > result.GetProperty("rounds").GetInt32(), $"{engine.Seen.Executions} executions");
        // An activity answers for the call that it was given.
        Assert.Equal(engine.Seen.Tickets.Select(Key).Order(StringComparer.Ordinal), engine.Seen.Receipts.Select(Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task EveryOperation_RunsToItsEnd()
    {
        await using DurableEngine engine = await DurableEngine.StartAsync();
        JsonElement samples = await engine.RunAsync(Operation.Sample, $$"""{{{Question}},"samples":3,"seed":2}""");
        Assert.Equal(3, samples.GetProperty("candidates").GetArrayLength());
        string candidates = samples.GetProperty("candidates").GetRawText();
        JsonElement verified = await engine.RunAsync(Operation.Verify, $$"""{{{Question}},"candidates":{{candidates}},"verifier":"llm-judge"}""");
        Assert.All(verified.GetProperty("candidates").EnumerateArray(), c => Assert.Single(c.GetProperty("verdicts").EnumerateArray()));
        JsonElement voted = await engine.RunAsync(Operation.Vote, $$"""{{{Question}},"candidates":{{candidates}}}""");
        Assert.Equal(0, voted.GetProperty("usage").GetProperty("model_calls").GetInt32());
        JsonElement refined = await engine.RunAsync(Operation.Refine, $$"""{{{Question}},"candidates":["6 * 7 = 41. So the answer is 41."],"verifier":"arithmetic","samples":2}""");
        Assert.Equal(1, refined.GetProperty("usage").GetProperty("model_calls").GetInt32());
        JsonElement careful = await engine.RunAsync(Operation.Workflow("careful"), $$"""{{{Question}},"seed":3}""");
        Assert.Equal("careful", careful.GetProperty("strategy").GetString());
    }

    [Fact]
    public async Task Status_OnceDecided_ShowsTheAnswer()
    {
        await using DurableEngine engine = await DurableEngine.StartAsync();
        OrchestrationMetadata run = await engine.EndAsync(await engine.ScheduleAsync(Operation.Reason, $$"""{{{Question}},"strategy":"self-consistency","samples":4}"""));
        JsonElement status = JsonElement.Parse(run.SerializedCustomStatus!);
        Assert.Equal(("decided", 4, "completed"), (status.GetProperty("phase").GetString(), status.GetProperty("calls").GetInt32(), status.GetProperty("stop_reason").GetString()));
        Assert.Equal(JsonElement.Parse(run.SerializedOutput!).GetProperty("answer").GetString(), status.GetProperty("answer").GetString());
    }

    [Fact]
    public async Task TimeLimit_EndsTheRunWithTheBestSoFar_AndCancelsWhatIsOpen()
    {
        await using DurableEngine engine = await DurableEngine.StartAsync();
        engine.Upstream.Script = request => request.Number > 3 ? new StubBehavior { Hang = true } : null;
        JsonElement result = await engine.RunAsync(Operation.Reason, $$"""{{{Question}},"strategy":"self-consistency","samples":6,"budget":{"seconds":5} }""");
        Assert.Equal("budget_time", result.GetProperty("stop_reason").GetString());
        Assert.Equal(3, result.GetProperty("candidates").EnumerateArray().Count(c => c.GetProperty("error").ValueKind == JsonValueKind.Null));
        // The run completed although three calls would have hung for ever: an activity told them that nobody waits.
        Assert.Equal(3, engine.Seen.Cancelled.Sum());
        await engine.Upstream.Traffic.WhenIdleAsync();
        // The engine has a slot for each processor: what had no slot yet was never sent.
        Assert.InRange(engine.Upstream.Traffic.Aborted, 1, 3);
        Assert.Equal(engine.Upstream.Traffic.Requests.Count - 3, engine.Upstream.Traffic.Aborted);
    }

    [Theory]
    [InlineData("""{"approved":true,"by":"Ada","comment":"fine"}""", """{"decision":"approved","by":"Ada","comment":"fine"}""")]
    [InlineData("true", """{"decision":"approved"}""")]
    [InlineData("""{"approved":false}""", """{"decision":"rejected"}""")]
    [InlineData("""{"approved":"true"}""", """{"decision":"rejected"}""")]
    public async Task Approval_IsAnEvent_AndStandsInTheOutput(string given, string decision)
    {
        await using DurableEngine engine = await DurableEngine.StartAsync();
        string id = await engine.ScheduleAsync(Operation.Reason, $$"""{{{Question}},"strategy":"direct"}""", TimeSpan.FromHours(1));
        // The engine keeps an event until it is waited for.
        await engine.Client.RaiseEventAsync(id, RunOrchestration.ApprovalEvent, JsonElement.Parse(given));
        OrchestrationMetadata run = await engine.EndAsync(id);
        Assert.Equal(decision, JsonElement.Parse(run.SerializedOutput!).GetProperty("approval").GetRawText());
        Assert.Equal("waiting_for_approval", JsonElement.Parse(run.SerializedCustomStatus!).GetProperty("phase").GetString());
    }

    [Fact]
    public async Task Approval_ThatNobodyGives_TimesOut()
    {
        await using DurableEngine engine = await DurableEngine.StartAsync();
        OrchestrationMetadata run = await engine.EndAsync(await engine.ScheduleAsync(Operation.Reason, $$"""{{{Question}},"strategy":"direct"}""", TimeSpan.FromSeconds(0.1)));
        Assert.Equal("timed_out", JsonElement.Parse(run.SerializedOutput!).GetProperty("approval").GetProperty("decision").GetString());
    }

    [Fact]
    public async Task Terminate_EndsTheRun_AndPurgeForgetsIt()
    {
        await using DurableEngine engine = await DurableEngine.StartAsync();
        engine.Upstream.Behavior = new() { Hang = true };
        string id = await engine.ScheduleAsync(Operation.Reason, $$"""{{{Question}},"strategy":"self-consistency","samples":3}""");
        await engine.Upstream.Traffic.WhenInFlightAsync(1);
        await engine.Client.TerminateInstanceAsync(id, "enough");
        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await engine.EndAsync(id)).RuntimeStatus);
        Assert.Equal(1, (await engine.Client.PurgeInstanceAsync(id)).PurgedInstanceCount);
        Assert.Null(await engine.Client.GetInstanceAsync(id));
    }

    [Fact]
    public async Task LongTexts_AreInTheHistoryByTheirIds()
    {
        await using DurableEngine engine = await DurableEngine.StartAsync();
        string said = "canary-of-the-model " + new string('x', 12_000) + " So the answer is 42.";
        engine.Upstream.Behavior = new() { Text = (_, _) => said };
        string asked = "canary-of-the-caller " + new string('y', 12_000);
        OrchestrationMetadata run = await engine.EndAsync(await engine.ScheduleAsync(Operation.Reason, $$"""{"question":"{{asked}}","strategy":"self-consistency","samples":2}"""));
        string history = string.Join('\n', [run.SerializedInput, run.SerializedOutput, run.SerializedCustomStatus, .. engine.Seen.Tickets.Concat(engine.Seen.Receipts).Select(t => t.GetRawText())]);
        Assert.DoesNotContain("canary", history, StringComparison.Ordinal);
        Assert.True(history.Length < 12_000, $"{history.Length} characters");
        Assert.Equal("42", JsonElement.Parse(run.SerializedOutput!).GetProperty("answer").GetString());
        JsonElement whole = Agents.Hosting.Durable.DurableOutput.Whole(JsonElement.Parse(run.SerializedOutput!), engine.Store);
        Assert.Equal(new string?[] { said, said }, Texts(whole));
    }

    [Fact]
    public async Task AppThatChanged_FailsTheRunInsteadOfMixingTwo()
    {
        await using DurableEngine engine = await DurableEngine.StartAsync();
        OrchestrationMetadata run = await engine.EndAsync(await engine.ScheduleAsync(Operation.Reason, $$"""{{{Question}},"strategy":"direct"}""", change: t => t with { Header = "direct/of/another/time" }));
        Assert.Equal(OrchestrationRuntimeStatus.Failed, run.RuntimeStatus);
        Assert.Contains("The app has changed", run.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
        Assert.Empty(engine.Upstream.Traffic.Requests);
    }

    [Fact]
    public async Task ModelThatRefuses_IsAResultWithItsReason_NotAFailedOrchestration()
    {
        await using DurableEngine engine = await DurableEngine.StartAsync();
        engine.Upstream.Behavior = StubBehavior.Fail(401);
        OrchestrationMetadata run = await engine.EndAsync(await engine.ScheduleAsync(Operation.Reason, $$"""{{{Question}},"strategy":"self-consistency","samples":2}"""));
        Assert.Equal(OrchestrationRuntimeStatus.Completed, run.RuntimeStatus);
        JsonElement output = JsonElement.Parse(run.SerializedOutput!);
        Assert.Equal(("all_calls_failed", JsonValueKind.Null), (output.GetProperty("stop_reason").GetString(), output.GetProperty("answer").ValueKind));
        Assert.Equal(2, engine.Seen.Tickets.Count);
    }

    private static string Key(JsonElement ticket) => ticket.GetProperty("key").GetString()!;

    private static string?[] Texts(JsonElement result) => [.. result.GetProperty("candidates").EnumerateArray().Select(c => c.GetProperty("text").GetString())];
}

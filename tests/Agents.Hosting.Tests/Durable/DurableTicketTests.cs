using System.Text.Json;
using Agents.Hosting.Durable;
using Agents.Hosting.Operations;
using Agents.Hosting.Results;
using Agents.Hosting.Runs;
using Agents.Hosting.Texts;
using Agents.Reasoning;
using Agents.Testing;
using Microsoft.Extensions.AI;

namespace Agents.Hosting.Tests.Durable;

/// <summary>A durable run on every piece but the engine's own: tickets, receipts, output and the making of calls, replayed after each event.</summary>
public sealed class DurableTicketTests : IAsyncLifetime
{
    private readonly MemoryRunStore store = new();
    private readonly CallerLimits limits = new() { MaxSamples = 12 };
    private StubModelServer upstream = null!;
    private ServedModels models = null!;
    private OperationPlanner planner = null!;

    public async Task InitializeAsync()
    {
        upstream = await StubModelServer.StartAsync();
        models = Models($"openai:gpt-x@{upstream.Endpoint}?retries=0&n=off");
        planner = new OperationPlanner(new RunPlanner(models), ServedWorkflows.None);
    }

    public async Task DisposeAsync()
    {
        models.Dispose();
        await upstream.DisposeAsync();
    }

    [Fact]
    public async Task Run_ByTicketsAndReceipts_AnswersAsInProcess()
    {
        JsonElement body = JsonElement.Parse("""{"question":"What is 6 times 7?","strategy":"self-consistency","samples":6,"seed":3}""");
        RunPlan plan = planner.Plan(Operation.Reason, body, "run", limits);
        ReasoningResult inProcess = await new ReasoningRunner(plan.Model.Models).RunAsync(plan.Strategy, plan.Request, plan.Options);
        JsonElement input = DurableTicket.Of(Operation.Reason, body, plan, limits.MaxSamples).ToJson(store);

        var maker = new CallMaker(models, store, new CallCancellation(store, TimeProvider.System));
        var receipts = new List<JsonElement>();
        var engine = new ReplayedOrchestration(
            (call, attempt) =>
            {
                var ticket = new CallTicket("run", "gpt-x", call.Key, call.Role, call.Index, call.Seed, store.Put(CallTicket.PromptText(call)), attempt);
                JsonElement receipt = maker.MakeAsync(JsonElement.Parse(ticket.ToJson().GetRawText()), default).GetAwaiter().GetResult();
                receipts.Add(receipt);
                SampleDelivery delivery = CallReceipt.Read(receipt, store);
                Assert.Equal(call.Key, delivery.Key);
                return delivery.Outcome;
            },
            order: 4);
        ReasoningResult durable = await engine.RunAsync(orchestration =>
        {
            DurableTicket ticket = DurableTicket.FromJson(input, store);
            RunPlan again = ticket.Plan(planner, "run");
            return OrchestratedRun.RunAsync(again.Strategy, again.Request, again.Options, orchestration, null, ticket.Can);
        });

        Assert.Equal((inProcess.Answer!.Text, inProcess.Confidence), (durable.Answer!.Text, durable.Confidence));
        Assert.Equal(inProcess.Candidates.Select(c => c.Sample.Text), durable.Candidates.Select(c => c.Sample.Text));
        Assert.Equal(6, receipts.Count);
    }

    [Fact]
    public void Ticket_SurvivesItsJson_AndALongBodyGoesById()
    {
        foreach (int length in (int[])[10, 50_000])
        {
            JsonElement body = JsonElement.Parse($$"""{"question":"{{new string('q', length)}}","budget":{"calls":7,"seconds":30,"tokens":900} }""");
            RunPlan plan = planner.Plan(Operation.Reason, body, "run", limits);
            JsonElement json = DurableTicket.Of(Operation.Reason, body, plan, limits.MaxSamples, TimeSpan.FromMinutes(5)).ToJson(store);
            Assert.True(json.GetRawText().Length < DurableTicket.MaxInline + 1000);
            DurableTicket read = DurableTicket.FromJson(json, store);
            RunPlan again = read.Plan(planner, "run");
            Assert.Equal((plan.Options.Limits, TimeSpan.FromMinutes(5)), (again.Options.Limits, read.Approval!.Value));
            Assert.Equal(plan.Strategy.Fingerprint, again.Strategy.Fingerprint);
        }
    }

    [Fact]
    public void OtherModel_IsAnotherRun_AndRefused()
    {
        JsonElement body = JsonElement.Parse("""{"question":"q"}""");
        DurableTicket ticket = DurableTicket.Of(Operation.Reason, body, planner.Plan(Operation.Reason, body, "run", limits), limits.MaxSamples);
        using ServedModels others = Models($"openai:gpt-y@{upstream.Endpoint}");
        JournalMismatchException e = Assert.Throws<JournalMismatchException>(() => ticket.Plan(new OperationPlanner(new RunPlanner(others), ServedWorkflows.None), "run"));
        Assert.Contains("The app has changed", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Prompt_SurvivesItsText_WithEveryOption()
    {
        var options = new SampleOptions { Temperature = 0.3, MaxOutputTokens = 12, StopSequences = ["\n"], LogProbabilities = true, TopLogProbabilities = 2, ContinueAssistant = true };
        var call = new ModelCall("key", "judge", [new(ChatRole.System, "Be brief."), new(ChatRole.User, "½?"), new(ChatRole.Assistant, "0")], options, 3, 5, "");
        (IReadOnlyList<ChatMessage> messages, SampleOptions read) = CallTicket.ReadPrompt(CallTicket.PromptText(call));
        Assert.Equal(PromptHash.Of("judge", call.Messages, options), PromptHash.Of("judge", messages, read));
        Assert.Equal(CallTicket.PromptText(call), CallTicket.PromptText(call with { Key = "other", Index = 9 }));
    }

    [Fact]
    public async Task CallThatWasCancelled_IsAFailedOutcome_NotAnException()
    {
        upstream.Behavior = new() { Hang = true };
        var cancellation = new CallCancellation(store, TimeProvider.System);
        var call = new ModelCall("key", "solver", [new(ChatRole.User, "q")], SampleOptions.Default, 0, 1, "");
        Task<JsonElement> making = new CallMaker(models, store, cancellation).MakeAsync(new CallTicket("run", "gpt-x", "key", "solver", 0, 1, store.Put(CallTicket.PromptText(call)), 1).ToJson(), default);
        await upstream.Traffic.WhenInFlightAsync(1);
        cancellation.Cancel([SampleRequest.KeyOf("run", "key")]);
        Assert.Contains("nobody waits", CallReceipt.Read(await making, store).Outcome.Failure!.Message, StringComparison.OrdinalIgnoreCase);
        await upstream.Traffic.WhenIdleAsync();
    }

    [Fact]
    public void Output_ThatIsLong_SaysWhatItComesTo_AndWhereTheRestIs()
    {
        Candidate[] candidates = [.. Enumerable.Range(0, 8).Select(i => new Candidate(i, new Sample(i, "k", CallOutcome.FromText(new string('t', 4000))), null))];
        var result = new ReasoningResult { Strategy = "s", StopReason = StopReason.Completed, Answer = Agents.Answers.Answer.Parse("42"), Candidates = candidates };
        JsonElement output = DurableOutput.Write(result, JsonElement.Parse("""{"decision":"approved"}"""), store);
        Assert.True(output.GetRawText().Length < DurableOutput.MaxInline);
        Assert.Equal(("42", "approved"), (output.GetProperty("answer").GetString(), output.GetProperty("approval").GetProperty("decision").GetString()));
        JsonElement whole = DurableOutput.Whole(output, store);
        Assert.Equal(JsonElement.Parse(ResultJson.Write(result)).GetProperty("candidates").GetRawText(), whole.GetProperty("candidates").GetRawText());
        JsonElement brief = DurableOutput.Write(result with { Candidates = [] }, null, store);
        Assert.Equal(brief.GetRawText(), DurableOutput.Whole(brief, store).GetRawText());
    }

    private static ServedModels Models(string spec) =>
        new(new Dictionary<string, ServedModelOptions> { ["gpt-x"] = new() { Spec = spec } }, _ => null, TimeProvider.System);
}

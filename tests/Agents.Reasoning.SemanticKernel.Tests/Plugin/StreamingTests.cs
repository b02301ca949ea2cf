using Agents.Testing;
using Microsoft.SemanticKernel;

namespace Agents.Reasoning.SemanticKernel.Tests.Plugin;

public sealed class StreamingTests
{
    private static readonly KernelArguments arguments = new() { ["question"] = Scripted.Question, ["strategy"] = "self-consistency", ["samples"] = "5" };

    [Fact]
    public async Task SolveStreaming_EventsEndWithTheResult()
    {
        List<ReasoningEvent> events = [];
        await foreach (ReasoningEvent happened in Scripted.KernelOver(Scripted.Solver()).InvokeStreamingAsync<ReasoningEvent>("Reasoning", "SolveStreaming", arguments))
            events.Add(happened);
        Assert.IsType<RunStarted>(events[0]);
        Assert.Equal(5, events.OfType<CallFinished>().Count());
        ReasoningResult result = Assert.IsType<RunCompleted>(events[^1]).Result;
        Assert.Equal("42", result.Answer!.Text);
        Assert.Equal(events.OfType<CandidateAdded>().Select(e => e.Candidate.Index).Order(), result.Candidates.Select(c => c.Index));
    }

    [Fact]
    public async Task SolveStreaming_BadArgument_IsRefusedBeforeTheFirstEvent() =>
        await Assert.ThrowsAsync<ArgumentException>(async () =>
        {
            await foreach (ReasoningEvent _ in Scripted.KernelOver(Scripted.Solver()).InvokeStreamingAsync<ReasoningEvent>("Reasoning", "SolveStreaming", new() { ["question"] = "q", ["strategy"] = "telepathy" }))
                Assert.Fail("There is no such strategy.");
        });

    [Fact]
    public async Task SolveStreaming_Left_CancelsTheCallsUnderWay()
    {
        var sampler = new ScriptedSampler(_ => CallOutcome.FromText("never")) { Until = _ => Task.Delay(Timeout.Infinite) };
        var kernel = new Kernel();
        kernel.ImportReasoningPlugin(new ReasoningRunner(new ReasoningModels(sampler)));
        await foreach (ReasoningEvent happened in kernel.InvokeStreamingAsync<ReasoningEvent>("Reasoning", "SolveStreaming", arguments))
        {
            if (happened is StageStarted)
                break;
        }

        Assert.Equal(0, sampler.InFlight);
    }

    [Fact]
    public async Task SolveStreaming_CalledByAModel_SaysWhatToCallInstead_AndRunsNothing()
    {
        ScriptedChatClient solver = Scripted.Solver();
        object? json = await Scripted.KernelOver(solver).Plugins["Reasoning"]["SolveStreaming"].AsAIFunctionResultAsync(new() { ["question"] = "q" });
        Assert.Contains("Call Solve", json!.ToString(), StringComparison.Ordinal);
        Assert.Empty(solver.Requests);
    }
}

internal static class AIFunctionCalls
{
    /// <summary>Calls a kernel function as Microsoft.Extensions.AI would, without a kernel around it.</summary>
    public static async Task<object?> AsAIFunctionResultAsync(this KernelFunction function, Microsoft.Extensions.AI.AIFunctionArguments arguments) =>
        await ((Microsoft.Extensions.AI.AIFunction)function).InvokeAsync(arguments);
}

using Agents.Testing;
using Microsoft.SemanticKernel;

namespace Agents.Reasoning.SemanticKernel.Tests.Plugin;

public sealed class ConcurrencyTests
{
    [Fact]
    public async Task SixtyFourInvocationsAtOnce_EachGetsItsOwnAnswer()
    {
        const int parallel = 64;
        var arrived = new TaskCompletionSource();
        int waiting = 0;
        // No call is answered before every invocation has one under way: they truly run together.
        var sampler = new ScriptedSampler(call => CallOutcome.FromText($"<answer>{Number(call.Prompt)}</answer>"))
        {
            Until = _ =>
            {
                if (Interlocked.Increment(ref waiting) >= parallel)
                    arrived.TrySetResult();
                return arrived.Task;
            },
        };
        var kernel = new Kernel();
        kernel.ImportReasoningPlugin(new ReasoningRunner(new ReasoningModels(sampler)));
        string[] questions = [.. Enumerable.Range(0, parallel).Select(i => $"Say {i}")];
        string?[] answers = await Task.WhenAll(questions.Select((question, i) => kernel.InvokeAsync<string>("Reasoning", "Solve", new()
        {
            ["question"] = question,
            ["strategy"] = i % 2 == 0 ? "direct" : "self-consistency",
            ["samples"] = i % 2 == 0 ? 0 : 3,
        })));
        Assert.Equal(questions.Select(Number), answers);
        Assert.True(sampler.PeakInFlight >= parallel);

        static string Number(string text) => text.Split('\n')[0]["Say ".Length..];
    }

    [Theory]
    [InlineData("Solve")]
    [InlineData("Verify")]
    [InlineData("Refine")]
    [InlineData("Plan")]
    [InlineData("Sample")]
    public async Task Cancelled_TheCallsUnderWayEnd_AndTheKernelSaysSo(string function)
    {
        using var cancel = new CancellationTokenSource();
        var sampler = new ScriptedSampler(_ => CallOutcome.FromText("never"))
        {
            Until = _ =>
            {
                cancel.Cancel();
                return Task.Delay(Timeout.Infinite);
            },
        };
        var kernel = new Kernel();
        kernel.ImportReasoningPlugin(new ReasoningRunner(new ReasoningModels(sampler)));
        await Assert.ThrowsAsync<KernelFunctionCanceledException>(() => kernel.InvokeAsync("Reasoning", function, new() { ["question"] = "q", ["solution"] = "42" }, cancel.Token));
        Assert.True(sampler.Calls > 0);
        Assert.Equal(0, sampler.InFlight);
    }
}

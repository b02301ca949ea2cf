using Agents.Reasoning;

namespace Agents.Models.Onnx.Tests;

public sealed class OnnxSamplerTests
{
    private static OnnxSampler Sampler => TestFolders.Model.CreateSampler();

    [Fact]
    public async Task SampleAsync_StopString_CutsTextAndTokensBeforeIt()
    {
        SampleOptions plain = SamplerRuns.Sampling with { LogProbabilities = true };
        CallOutcome[] whole = await Sampler.DrawAsync(SamplerRuns.HeldOut[3], plain, 6);
        foreach ((CallOutcome outcome, int i) in whole.Select((o, i) => (o, i)))
        {
            // Three characters from the middle of a token to the middle of another.
            string stop = outcome.Text![11..14];
            int at = outcome.Text.IndexOf(stop, StringComparison.Ordinal);
            CallOutcome cut = (await Sampler.DrawAsync(SamplerRuns.HeldOut[3], plain with { StopSequences = ["never said", stop] }, 1, i))[0];

            Assert.Equal(outcome.Text[..at], cut.Text);
            Assert.Equal("stop", cut.FinishReason);
            Assert.StartsWith(string.Concat(cut.LogProbabilities.Select(t => t.Token)), cut.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task SampleAsync_EndOfTurn_IsNoPartOfTheText()
    {
        CallOutcome outcome = (await Sampler.DrawAsync(SamplerRuns.HeldOut[0], SamplerRuns.Greedy with { LogProbabilities = true }, 1))[0];

        Assert.Equal("stop", outcome.FinishReason);
        Assert.EndsWith("</answer>", outcome.Text, StringComparison.Ordinal);
        Assert.Equal(outcome.Text, string.Concat(outcome.LogProbabilities.Select(t => t.Token)));
        // The end token is paid for, and is not among the text's.
        Assert.Equal(outcome.LogProbabilities.Count + 1, outcome.Usage!.OutputTokens);
    }

    [Fact]
    public async Task SampleAsync_MaxOutputTokens_EndsWithLength()
    {
        CallOutcome[] outcomes = await Sampler.DrawAsync(SamplerRuns.HeldOut[0], SamplerRuns.Sampling with { MaxOutputTokens = 3 }, 8);

        Assert.All(outcomes, o => Assert.Equal(("length", 3L), (o.FinishReason, o.Usage!.OutputTokens)));
        Assert.Equal([true, false, false, false, false, false, false, false], outcomes.Select(o => o.Usage!.InputTokens > 0));
    }

    [Fact]
    public async Task SampleAsync_NoLimit_EndsWhereTheContextDoes()
    {
        string prompt = string.Concat(Enumerable.Repeat("7", 490));
        CallOutcome[] outcomes = await Sampler.DrawAsync(SamplerRuns.Question(prompt), new SampleOptions { Temperature = 3 }, 12);

        long room = 512 - outcomes[0].Usage!.InputTokens;
        Assert.InRange(room, 10, 20);
        Assert.All(outcomes, o => Assert.InRange(o.Usage!.OutputTokens, 1, room));
        Assert.Contains(outcomes, o => o.FinishReason == "length" && o.Usage!.OutputTokens == room);
    }

    [Fact]
    public async Task SampleAsync_PromptLongerThanTheContext_FailsEverySampleClearly()
    {
        CallOutcome[] outcomes = await Sampler.DrawAsync(SamplerRuns.Question(new string('7', 10_000)), SamplerRuns.Sampling, 3);

        Assert.All(outcomes, o => Assert.Equal(CallFailureKind.InvalidRequest, o.Failure!.Kind));
        Assert.Contains("The prompt has 10004 tokens; the context of embedded holds 512", outcomes[0].Failure!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SampleAsync_UnservableRequest_IsRefusedByName()
    {
        foreach ((SampleOptions options, string text, string said) in new[]
        {
            (new SampleOptions { Temperature = -1 }, "x", "Temperature is -1"), (new SampleOptions { TopP = 0 }, "x", "TopP is 0"), (new SampleOptions { TopK = 0 }, "x", "TopK is 0"),
            (new SampleOptions { MaxOutputTokens = 0 }, "x", "MaxOutputTokens is 0"), (new SampleOptions { TopLogProbabilities = 21 }, "x", "TopLogProbabilities is 21"),
            (new SampleOptions { ContinueAssistant = true }, "x", "the last message must be the assistant's"), (SampleOptions.Default, "a\0b", "Message 1 holds the character U+0000"),
        })
        {
            CallOutcome outcome = (await Sampler.DrawAsync(SamplerRuns.Question(text), options, 1))[0];
            Assert.Equal(CallFailureKind.InvalidRequest, outcome.Failure!.Kind);
            Assert.Contains(said, outcome.Failure.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task SampleAsync_OptionsNobodyHonours_AreNamed()
    {
        CallOutcome outcome = (await Sampler.DrawAsync(SamplerRuns.HeldOut[0], SamplerRuns.Sampling with { MaxThinkingTokens = 5 }, 1))[0];

        Assert.Equal("max_thinking_tokens", outcome.Metadata[OutcomeMetadata.Omitted]);
    }

    [Fact]
    public async Task SampleAsync_OneRequestAbandoned_EndsItAndLeavesTheOthersTheirTexts()
    {
        string[] expected = await Sampler.TextsAsync(SamplerRuns.HeldOut[1], 6);
        using var abandon = new CancellationTokenSource();
        var batch = new SampleBatch(SamplerRuns.HeldOut[1], SamplerRuns.Sampling, [.. Enumerable.Range(0, 6).Select(i => new SampleRequest($"key{i}", i, 1000 + i) { Abandoned = i == 2 ? abandon.Token : default })]);
        await abandon.CancelAsync();

        var texts = new Dictionary<string, string?>(StringComparer.Ordinal);
        await foreach (SampleDelivery delivery in Sampler.SampleAsync(batch))
            texts.Add(delivery.Key, delivery.Outcome.Text);

        Assert.Equal(5, texts.Count);
        Assert.All(new[] { 0, 1, 3, 4, 5 }, i => Assert.Equal(expected[i], texts[$"key{i}"]));
    }

    [Theory]
    [InlineData(OnnxPlan.Batch)]
    [InlineData(OnnxPlan.Rewind)]
    public async Task SampleAsync_Cancelled_ThrowsAndFreesTheModelForTheNext(OnnxPlan plan)
    {
        using OnnxModel model = OnnxModel.Load(TestFolders.Embedded, new OnnxModelOptions { Plan = plan });
        string[] expected = await model.CreateSampler().TextsAsync(SamplerRuns.HeldOut[2], 2);
        using var leaving = new CancellationTokenSource();
        // At this temperature texts run to the context's end: there is something to break off.
        var batch = new SampleBatch(SamplerRuns.HeldOut[2], new SampleOptions { Temperature = 50 }, [.. Enumerable.Range(0, 32).Select(i => new SampleRequest($"gone{i}", i, i))]);
        IAsyncEnumerator<SampleDelivery> gone = model.CreateSampler().SampleAsync(batch, leaving.Token).GetAsyncEnumerator(CancellationToken.None);
        ValueTask<bool> waiting = gone.MoveNextAsync();
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            // What was finished before the cancellation may still come.
            while (await waiting)
                waiting = gone.MoveNextAsync();
        });
        await gone.DisposeAsync();

        Assert.Equal(expected, await model.CreateSampler().TextsAsync(SamplerRuns.HeldOut[2], 2));
    }

    [Fact]
    public async Task SampleAsync_DisposedModel_FailsAndDoesNotEndTheProcess()
    {
        OnnxModel model = OnnxModel.Load(TestFolders.Embedded);
        OnnxSampler sampler = model.CreateSampler();
        model.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => sampler.DrawAsync(SamplerRuns.HeldOut[0], SamplerRuns.Greedy, 1));
    }
}

using Agents.Models.Embedded.Tests.Models;
using Agents.Reasoning;
using Microsoft.Extensions.AI;

namespace Agents.Models.Embedded.Tests;

/// <summary>Rules about single tokens that the sampler carries out: the confidence floor, the cap on thinking, and given texts.</summary>
public sealed class TokenRuleTests : IDisposable
{
    private readonly TinyModel folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task SampleAsync_ConfidenceFloor_CutsWhereTheWindowFallsBelowIt_AndLeavesTheOthersTheirTexts()
    {
        SampleOptions options = SamplerRuns.Sampling with { LogProbabilities = true, TopLogProbabilities = 5 };
        EmbeddedSampler sampler = folder.Load(threads: 2, rows: 8).CreateSampler();
        CallOutcome[] whole = await sampler.DrawAsync(SamplerRuns.Question("Tom"), options, 32);
        const int Window = 4;
        double floor = whole.Select(o => GroupConfidence.OfTrace(o.LogProbabilities, Window)!.Value).Order().ElementAt(12);
        // With the probabilities reported, of another number of alternatives, and without them.
        foreach (SampleOptions asked in new[] { options, options with { TopLogProbabilities = 2 }, SamplerRuns.Sampling })
        {
            CallOutcome[] cut = await sampler.DrawAsync(SamplerRuns.Question("Tom"), asked with { ConfidenceFloor = new(Window, floor, 5) }, 32);
            for (int i = 0; i < whole.Length; i++)
            {
                int? end = FirstBelow(whole[i], Window, floor);
                Assert.Equal(end is null ? whole[i].FinishReason : ConfidenceFloor.FinishReason, cut[i].FinishReason);
                // A cut may leave a part of a character behind, which is no part of any token's text.
                Assert.Equal(end is null ? whole[i].Text : string.Concat(whole[i].LogProbabilities.Take(end.Value).Select(t => t.Token)).TrimEnd('\uFFFD'), end is null ? cut[i].Text : cut[i].Text!.TrimEnd('\uFFFD'));
                Assert.Equal(end ?? whole[i].Usage!.OutputTokens, cut[i].Usage!.OutputTokens);
            }

            Assert.InRange(cut.Count(o => o.FinishReason == ConfidenceFloor.FinishReason), 12, 20);
        }

        static int? FirstBelow(CallOutcome outcome, int window, double floor)
        {
            double[] tokens = [.. outcome.LogProbabilities.Select(t => GroupConfidence.Of(t)!.Value)];
            for (int end = window; end <= tokens.Length; end++)
            {
                if (tokens[(end - window)..end].Average() < floor - 1e-9)
                    return end;
            }

            return null;
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    public async Task SampleAsync_ThinkingCap_EndsTheThinkingAndGoesOn(int cap)
    {
        EmbeddedSampler sampler = folder.Load().CreateSampler();
        ChatMessage[] open = [.. SamplerRuns.Question("Tom"), new(ChatRole.Assistant, "<think>")];
        SampleOptions options = SamplerRuns.Sampling with { ContinueAssistant = true };
        CallOutcome[] free = await sampler.DrawAsync(open, options, 24), capped = await sampler.DrawAsync(open, options with { MaxThinkingTokens = cap, LogProbabilities = true }, 24);
        int ended = 0;
        for (int i = 0; i < free.Length; i++)
        {
            string[] pieces = [.. capped[i].LogProbabilities.Select(t => t.Token)];
            int close = Array.FindIndex(pieces, p => p.EndsWith("</think>", StringComparison.Ordinal));
            // Thinking that the model closed itself, or a turn that it ended before the cap, is left alone.
            Assert.True(close >= 0 && close <= cap || pieces.Length < cap + 1, string.Join('|', pieces));
            if (close == cap)
            {
                ended++;
                Assert.StartsWith(string.Concat(pieces.Take(cap)), free[i].Text, StringComparison.Ordinal);
            }
        }

        Assert.InRange(ended, 16, 24);
        Assert.Contains(capped, o => o.Text!.Length > o.Text.IndexOf("</think>", StringComparison.Ordinal) + 8);
    }

    [Fact]
    public async Task SampleAsync_ScoredText_ReadsWhatWasDrawnWithTheSameLogProbabilities()
    {
        EmbeddedSampler sampler = folder.Load().CreateSampler();
        SampleOptions options = SamplerRuns.Sampling with { LogProbabilities = true, TopLogProbabilities = 3, MaxOutputTokens = 12 };
        foreach (CallOutcome drawn in await sampler.DrawAsync(SamplerRuns.Question("Tom"), options, 24))
        {
            // Bytes that are no characters cannot be given as a text.
            if (drawn.Text!.Length == 0 || drawn.Text.Contains('\uFFFD', StringComparison.Ordinal))
                continue;
            CallOutcome read = (await sampler.DrawAsync(SamplerRuns.Question("Tom"), options with { ScoredText = drawn.Text }, 1, 500))[0];
            Assert.Equal(drawn.Text, read.Text);
            Assert.Equal(0, read.Usage!.OutputTokens);
            if (read.LogProbabilities.Select(t => t.Token).SequenceEqual(drawn.LogProbabilities.Select(t => t.Token)))
                Assert.Equal(drawn.LogProbabilities.Select(t => t.LogProbability), read.LogProbabilities.Select(t => t.LogProbability));
        }
    }

    [Fact]
    public async Task SampleAsync_ScoredTextThatDoesNotFit_IsRefusedByName()
    {
        CallOutcome refused = (await folder.Load().CreateSampler().DrawAsync(SamplerRuns.Question("Tom"), SamplerRuns.Sampling with { ScoredText = string.Concat(Enumerable.Repeat("ab the ", 400)) }, 1))[0];
        Assert.Equal(CallFailureKind.InvalidRequest, refused.Failure!.Kind);
        Assert.Contains("the text", refused.Failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SampleAsync_ThinkingCapWithoutThinking_ChangesNothing()
    {
        EmbeddedSampler sampler = folder.Load().CreateSampler();
        string[] free = await sampler.TextsAsync("Tom", 16), capped = await sampler.TextsAsync("Tom", 16, options: SamplerRuns.Sampling with { MaxThinkingTokens = 0 });
        for (int i = 0; i < free.Length; i++)
        {
            if (!free[i].Contains("<think>", StringComparison.Ordinal))
                Assert.Equal(free[i], capped[i]);
            else
                Assert.Contains("<think></think>", capped[i], StringComparison.Ordinal);
        }
    }
}

using Agents.Reasoning;
using Agents.Testing;
using FsCheck;
using FsCheck.Fluent;

namespace Agents.Models.OpenAI.Tests;

public sealed class UsageSplitTests : StubTests
{
    [Fact]
    public void Split_AnyUsageAndLengths_AddsUpExactly() =>
        Prop.ForAll<NonNegativeInt, NonNegativeInt, NonEmptyArray<NonNegativeInt>>((output, reasoning, lengths) =>
        {
            var reported = new CallUsage(123, output.Get, 45, reasoning.Get);
            IReadOnlyList<CallUsage?> split = UsageSplit.Split(reported, [.. lengths.Get.Select(l => l.Get)]);
            return split.Count == lengths.Get.Length
                && split.All(u => u is { OutputTokens: >= 0, ReasoningTokens: >= 0 })
                && reported == new CallUsage(split.Sum(u => u!.InputTokens), split.Sum(u => u!.OutputTokens), split.Sum(u => u!.CachedInputTokens), split.Sum(u => u!.ReasoningTokens));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Split_NothingReported_StaysUnknown() => Assert.Equal([null, null], UsageSplit.Split(null, [3, 4]));

    [Theory]
    [InlineData(ChoicesMode.Off)]
    [InlineData(ChoicesMode.On)]
    public async Task SampleAsync_Usage_SumsToWhatTheServerReported(ChoicesMode mode)
    {
        Server.Behavior = new StubBehavior { CachedTokens = 3, ReasoningTokens = 7, MaxChoices = 5 };

        IReadOnlyList<CallOutcome> outcomes = await DrawAsync(Factory.CreateSampler(Options with { Choices = mode }), Batch(8));

        long prompt = 9, requests = Traffic.Requests.Count;
        Assert.Equal(requests * prompt, outcomes.Sum(o => o.Usage!.InputTokens));
        Assert.Equal(requests * 3, outcomes.Sum(o => o.Usage!.CachedInputTokens));
        Assert.Equal(8 * 7, outcomes.Sum(o => o.Usage!.ReasoningTokens));
        Assert.Equal(outcomes.Sum(o => StubReply.Tokens(o.Text!).Count + 7), outcomes.Sum(o => o.Usage!.OutputTokens));
    }
}

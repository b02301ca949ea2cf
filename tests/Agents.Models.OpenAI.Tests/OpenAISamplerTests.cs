using Agents.Reasoning;
using Agents.Testing;

namespace Agents.Models.OpenAI.Tests;

public sealed class OpenAISamplerTests : StubTests
{
    [Fact]
    public async Task SampleAsync_SixtyFourSamples_AreAllInFlightTogether()
    {
        var release = new TaskCompletionSource();
        Server.Behavior = new StubBehavior { Until = release.Task };

        Task<IReadOnlyList<CallOutcome>> draw = DrawAsync(64);
        await Traffic.WhenInFlightAsync(64);
        release.SetResult();

        Assert.All(await draw, o => Assert.Null(o.Failure));
        Assert.Equal(64, Traffic.Requests.Count);
        Assert.Equal(64, Traffic.Requests.Select(r => r.IdempotencyKey).Distinct().Count());
    }

    [Theory]
    [InlineData(ChoicesMode.On)]
    [InlineData(ChoicesMode.Auto)]
    public async Task SampleAsync_ServerHonoursN_OneRequestBringsAll(ChoicesMode mode)
    {
        IReadOnlyList<CallOutcome> outcomes = await DrawAsync(Factory.CreateSampler(Options with { Choices = mode }), Batch(8));

        Assert.Equal(8, outcomes.Count(o => o.Failure is null && o.Text!.Contains("So the answer is", StringComparison.Ordinal)));
        Assert.Equal(8, outcomes.Select(o => o.Text).Distinct().Count());
        Assert.Single(Traffic.Requests);
        Assert.All(outcomes, o => Assert.Empty(o.Metadata));
    }

    [Theory]
    [InlineData(ChoicesMode.On)]
    [InlineData(ChoicesMode.Auto)]
    public async Task SampleAsync_ServerIgnoresN_EverySampleArrivesAndTheEmulationIsReported(ChoicesMode mode)
    {
        Server.Behavior = new StubBehavior { IgnoreN = true };
        OpenAISampler sampler = Factory.CreateSampler(Options with { Choices = mode });

        IReadOnlyList<CallOutcome> outcomes = await DrawAsync(sampler, Batch(8));

        Assert.All(outcomes, o => Assert.Null(o.Failure));
        Assert.Equal(8, outcomes.Select(o => o.Text).Distinct().Count());
        Assert.Equal(7, outcomes.Count(o => o.Metadata.TryGetValue("emulated", out string? what) && what == "n"));
        Assert.Equal(8, Traffic.Requests.Count);
        Assert.Equal(1, sampler.Capabilities.MaxSamplesPerRequest);
        Assert.Contains("n = 8 gave 1", Assert.Single(sampler.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SampleAsync_ServerKnownToIgnoreN_NeedsNoFirstTry()
    {
        Server.Behavior = new StubBehavior { IgnoreN = true };
        OpenAIModelOptions auto = Options with { Choices = ChoicesMode.Auto };
        await DrawAsync(Factory.CreateSampler(auto), Batch(2));

        IReadOnlyList<CallOutcome> outcomes = await DrawAsync(Factory.CreateSampler(auto), Batch(4));

        Assert.All(outcomes, o => Assert.Equal("n", o.Metadata["emulated"]));
        Assert.Equal(4, Traffic.Requests.Skip(2).Count(r => r.N == 1));
    }

    [Fact]
    public async Task SampleAsync_ServerReturnsFewerChoicesThanAsked_TheRestIsToppedUp()
    {
        Server.Behavior = new StubBehavior { MaxChoices = 3 };

        IReadOnlyList<CallOutcome> outcomes = await DrawAsync(Factory.CreateSampler(Options with { Choices = ChoicesMode.On }), Batch(8));

        Assert.All(outcomes, o => Assert.Null(o.Failure));
        Assert.Equal(6, Traffic.Requests.Count);
    }

    [Fact]
    public async Task SampleAsync_ServerGivesEveryChoiceTheSameSeed_SamplesStillDiffer()
    {
        Server.Behavior = new StubBehavior { Text = (r, _) => string.Concat(Enumerable.Repeat($"Seed {r.Seed} says so. ", 20)) };
        OpenAISampler sampler = Factory.CreateSampler(Options with { Choices = ChoicesMode.On });

        IReadOnlyList<CallOutcome> outcomes = await DrawAsync(sampler, Batch(4));

        Assert.Equal(4, outcomes.Select(o => o.Text).Distinct().Count());
        Assert.Contains("the same text", Assert.Single(sampler.Notes), StringComparison.Ordinal);
        Assert.Equal((4 + 3) * StubReply.Tokens(outcomes[0].Text!).Count, outcomes.Sum(o => o.Usage!.OutputTokens));
    }

    [Fact]
    public async Task SampleAsync_OneOfManyFails_TheOthersAreKept()
    {
        Server.Script = r => r.IdempotencyKey == "run/solver#3" ? StubBehavior.Fail(400, body: """{"error":{"message":"this one is bad"}}""") : null;

        IReadOnlyList<CallOutcome> outcomes = await DrawAsync(16);

        Assert.Equal(15, outcomes.Count(o => o.Failure is null));
        Assert.Equal(new CallFailure(CallFailureKind.InvalidRequest, "this one is bad", 400), outcomes[3].Failure);
    }

    [Fact]
    public async Task SampleAsync_AllFail_EachGivesTheUpstreamsReason()
    {
        Server.Behavior = StubBehavior.Fail(503, body: """{"error":{"message":"model is overloaded, come back later"}}""");

        IReadOnlyList<CallOutcome> outcomes = await DrawAsync(Factory.CreateSampler(Options with { MaxRetries = 1 }), Batch(4));

        Assert.All(outcomes, o => Assert.Equal(new CallFailure(CallFailureKind.Unavailable, "model is overloaded, come back later", 503), o.Failure));
        Assert.Equal(8, Traffic.Requests.Count);
    }

    [Fact]
    public async Task SampleAsync_Cancelled_LeavesNoCallInFlight()
    {
        Server.Behavior = new StubBehavior { Hang = true };
        using var cancel = new CancellationTokenSource();
        Task draw = DrawAsync(Factory.CreateSampler(Options), Batch(32), cancel.Token);
        await Traffic.WhenInFlightAsync(32);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => draw);
        await Traffic.WhenIdleAsync();
        Assert.Equal(32, Traffic.Aborted);
        Assert.Equal(0, Factory.GateOf(Options).InFlight);
    }

    [Fact]
    public async Task SampleAsync_ConsumerStopsListening_LeavesNoCallInFlight()
    {
        Server.Script = r => r.IdempotencyKey == "run/solver#5" ? null : new StubBehavior { Hang = true };

        await foreach (SampleDelivery delivery in Factory.CreateSampler(Options).SampleAsync(Batch(8)))
        {
            Assert.Equal("run/solver#5", delivery.Key);
            break;
        }

        await Traffic.WhenIdleAsync();
        Assert.Equal(0, Factory.GateOf(Options).InFlight);
    }

    [Fact]
    public async Task SampleAsync_MoreSamplesThanTheLimit_NeverExceedsTheLimit()
    {
        IReadOnlyList<CallOutcome> outcomes = await DrawAsync(Factory.CreateSampler(Options with { MaxConcurrency = 3 }), Batch(40));

        Assert.All(outcomes, o => Assert.Null(o.Failure));
        Assert.InRange(Traffic.PeakInFlight, 1, 3);
    }

    [Fact]
    public async Task SampleAsync_SamplesFinishOutOfOrder_AreDeliveredAsTheyFinish()
    {
        var release = new TaskCompletionSource();
        Server.Script = r => r.IdempotencyKey == "run/solver#0" ? new StubBehavior { Until = release.Task } : null;
        var order = new List<string>();

        await foreach (SampleDelivery delivery in Factory.CreateSampler(Options).SampleAsync(Batch(4)))
        {
            order.Add(delivery.Key);
            if (order.Count == 3)
                release.SetResult();
        }

        Assert.Equal("run/solver#0", order[^1]);
    }

    [Fact]
    public async Task SampleAsync_SameSeedAndPrompt_SameText()
    {
        Assert.Equal(
            (await DrawAsync(4)).Select(o => o.Text),
            (await DrawAsync(4)).Select(o => o.Text));
    }
}

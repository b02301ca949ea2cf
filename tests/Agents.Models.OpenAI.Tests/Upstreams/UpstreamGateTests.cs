using Agents.Reasoning;
using Agents.Testing;

namespace Agents.Models.OpenAI.Tests;

public sealed class UpstreamGateTests : StubTests
{
    private readonly ManualClock clock = new();

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task SampleAsync_UpstreamAsksForAPause_TheWholeFanOutWaits(int status)
    {
        using var factory = new OpenAIModelFactory(clock);
        Server.Enqueue(StubBehavior.Fail(status, retryAfter: "60"));
        Task<IReadOnlyList<CallOutcome>> draw = DrawAsync(factory.CreateSampler(Options with { MaxConcurrency = 1 }), Batch(8));

        // Two timers wait for the end of the pause: the retry, and the gate for the seven others.
        await clock.WhenTimerAsync(due => due > TimeSpan.FromSeconds(59) && due < TimeSpan.FromSeconds(80), count: 2);
        clock.Advance(TimeSpan.FromSeconds(59));
        Assert.Single(Traffic.Requests);

        clock.Advance(TimeSpan.FromSeconds(30));
        Assert.All(await draw, o => Assert.Null(o.Failure));
        Assert.Equal(9, Traffic.Requests.Count);
    }

    [Fact]
    public async Task SampleAsync_AnotherModelOfThePausedUpstream_WaitsToo()
    {
        using var factory = new OpenAIModelFactory(clock);
        Server.Enqueue(StubBehavior.Fail(429, retryAfter: "60"));
        Task<IReadOnlyList<CallOutcome>> first = DrawAsync(factory.CreateSampler(Options), Batch(1));
        await clock.WhenTimerAsync(due => due >= TimeSpan.FromSeconds(60) && due < TimeSpan.FromSeconds(80));

        Task<IReadOnlyList<CallOutcome>> second = DrawAsync(factory.CreateSampler(Options with { Model = "another" }), Batch(1));
        Assert.Equal(1, factory.GateOf(Options).Waiting);
        Assert.Single(Traffic.Requests);

        clock.Advance(TimeSpan.FromSeconds(90));
        await Task.WhenAll(first, second);
        Assert.Equal(3, Traffic.Requests.Count);
    }

    [Fact]
    public async Task SampleAsync_RetryAfterOfADay_IsCapped()
    {
        using var factory = new OpenAIModelFactory(clock);
        Server.Enqueue(StubBehavior.Fail(429, retryAfter: "86400"));

        Task<IReadOnlyList<CallOutcome>> draw = DrawAsync(factory.CreateSampler(Options), Batch(1));
        await clock.WhenTimerAsync(due => due >= TimeSpan.FromSeconds(120) && due <= TimeSpan.FromSeconds(122));
        clock.Advance(TimeSpan.FromSeconds(122));

        Assert.Null(Assert.Single(await draw).Failure);
    }

    [Fact]
    public void GateOf_SameUpstreamAndKey_IsOneGate()
    {
        Assert.Same(Factory.GateOf(Options), Factory.GateOf(Options with { Model = "another", Endpoint = new Uri(Server.Endpoint, "/other/v1") }));
        Assert.NotSame(Factory.GateOf(Options), Factory.GateOf(Options with { Credential = OpenAICredential.FromKey("sk-another-key-0000") }));
    }

    [Fact]
    public async Task CreateSampler_TwoModelsOfOneUpstream_ShareTheTighterLimit()
    {
        OpenAISampler wide = Factory.CreateSampler(Options with { MaxConcurrency = 10 });
        OpenAISampler narrow = Factory.CreateSampler(Options with { Model = "another", MaxConcurrency = 2 });

        await Task.WhenAll(DrawAsync(wide, Batch(20)), DrawAsync(narrow, Batch(20)));

        Assert.Equal(2, Factory.GateOf(Options).MaxConcurrency);
        Assert.InRange(Traffic.PeakInFlight, 1, 2);
    }

    [Fact]
    public async Task EnterAsync_RequestsPerMinute_SpreadsTheRequests()
    {
        using var gate = new UpstreamGate(clock, 10);
        gate.Tighten(10, requestsPerMinute: 6, tokensPerMinute: null);

        (await gate.EnterAsync(default)).Dispose();
        ValueTask<UpstreamGate.Admission> second = gate.EnterAsync(default);

        Assert.False(second.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(9));
        Assert.False(second.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(1));
        (await second).Dispose();
    }

    [Fact]
    public async Task EnterAsync_TokensOverdrawn_WaitsUntilTheyAreEarned()
    {
        using var gate = new UpstreamGate(clock, 10);
        gate.Tighten(10, requestsPerMinute: null, tokensPerMinute: 6000);
        UpstreamGate.Admission first = await gate.EnterAsync(default);
        first.Tokens = 3000;
        first.Dispose();

        ValueTask<UpstreamGate.Admission> second = gate.EnterAsync(default);

        clock.Advance(TimeSpan.FromSeconds(20));
        Assert.False(second.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(1));
        (await second).Dispose();
    }

    [Fact]
    public async Task EnterAsync_CancelledWhileWaiting_GivesUpItsPlace()
    {
        using var gate = new UpstreamGate(clock, 1);
        UpstreamGate.Admission first = await gate.EnterAsync(default);
        using var cancel = new CancellationTokenSource();
        ValueTask<UpstreamGate.Admission> second = gate.EnterAsync(cancel.Token);
        ValueTask<UpstreamGate.Admission> third = gate.EnterAsync(default);

        await cancel.CancelAsync();
        first.Dispose();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await second);
        (await third).Dispose();
        Assert.Equal((0, 0), (gate.InFlight, gate.Waiting));
    }

    [Fact]
    public async Task EnterAsync_AdmissionDisposedTwice_LeavesOnce()
    {
        using var gate = new UpstreamGate(clock, 1);
        UpstreamGate.Admission admission = await gate.EnterAsync(default);

        admission.Dispose();
        admission.Dispose();

        Assert.Equal(0, gate.InFlight);
    }
}

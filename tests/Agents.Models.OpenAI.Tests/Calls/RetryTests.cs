using System.Net;
using System.Net.Sockets;
using Agents.Reasoning;
using Agents.Testing;

namespace Agents.Models.OpenAI.Tests;

public sealed class RetryTests : StubTests
{
    [Theory]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(529)]
    public async Task SampleAsync_TransientStatus_IsTriedAgainWithTheSameKeyAndBody(int status)
    {
        Server.Enqueue(StubBehavior.Fail(status), StubBehavior.Fail(status));

        CallOutcome outcome = Assert.Single(await DrawAsync(1));

        Assert.Null(outcome.Failure);
        Assert.Equal(["run/solver#0", "run/solver#0", "run/solver#0"], Traffic.Requests.Select(r => r.IdempotencyKey));
        Assert.Single(Traffic.Requests.Select(r => r.Body.GetRawText()).Distinct());
    }

    [Theory]
    [InlineData(400, CallFailureKind.InvalidRequest)]
    [InlineData(401, CallFailureKind.Unauthorized)]
    [InlineData(403, CallFailureKind.Unauthorized)]
    [InlineData(404, CallFailureKind.ModelNotFound)]
    [InlineData(422, CallFailureKind.InvalidRequest)]
    public async Task SampleAsync_LastingStatus_IsNotTriedAgain(int status, CallFailureKind kind)
    {
        Server.Behavior = StubBehavior.Fail(status);

        CallOutcome outcome = Assert.Single(await DrawAsync(1));

        Assert.Equal(new CallFailure(kind, $"stub refuses with {status}", status), outcome.Failure);
        Assert.Single(Traffic.Requests);
    }

    [Theory]
    [InlineData(408, CallFailureKind.TimedOut)]
    [InlineData(429, CallFailureKind.RateLimited)]
    [InlineData(500, CallFailureKind.Unavailable)]
    public async Task SampleAsync_TransientStatusThatStays_FailsAfterTheRetries(int status, CallFailureKind kind)
    {
        Server.Behavior = StubBehavior.Fail(status);

        CallOutcome outcome = Assert.Single(await DrawAsync(Factory.CreateSampler(Options with { MaxRetries = 2 }), Batch(1)));

        Assert.Equal(kind, outcome.Failure!.Kind);
        Assert.Equal(3, Traffic.Requests.Count);
    }

    [Fact]
    public async Task SampleAsync_NoRetriesWanted_TriesOnce()
    {
        Server.Behavior = StubBehavior.Fail(500);

        await DrawAsync(Factory.CreateSampler(Options with { MaxRetries = 0 }), Batch(1));

        Assert.Single(Traffic.Requests);
    }

    [Fact]
    public async Task SampleAsync_SpentQuota_IsNotTriedAgain()
    {
        Server.Behavior = StubBehavior.Fail(429, body: """{"error":{"message":"You exceeded your current quota","code":"insufficient_quota"}}""");

        CallOutcome outcome = Assert.Single(await DrawAsync(1));

        Assert.Equal(CallFailureKind.RateLimited, outcome.Failure!.Kind);
        Assert.Single(Traffic.Requests);
    }

    [Fact]
    public async Task SampleAsync_ConnectionBreaksBeforeTheReply_IsTriedAgain()
    {
        Server.Enqueue(new StubBehavior { Disconnect = true });

        Assert.Null(Assert.Single(await DrawAsync(1)).Failure);
        Assert.Equal(2, Traffic.Requests.Count);
    }

    [Fact]
    public async Task SampleAsync_ReplyIsCutOff_IsTriedAgain()
    {
        Server.Enqueue(new StubBehavior { Cut = true });

        Assert.Null(Assert.Single(await DrawAsync(1)).Failure);
        Assert.Equal(2, Traffic.Requests.Count);
    }

    [Fact]
    public async Task SampleAsync_EveryReplyIsCutOff_IsMalformed()
    {
        Server.Behavior = new StubBehavior { Cut = true };

        CallOutcome outcome = Assert.Single(await DrawAsync(Factory.CreateSampler(Options with { MaxRetries = 1 }), Batch(1)));

        Assert.Equal(CallFailureKind.Malformed, outcome.Failure!.Kind);
    }

    [Fact]
    public async Task SampleAsync_NobodyListens_IsUnavailable()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();

        CallOutcome outcome = Assert.Single(await DrawAsync(Factory.CreateSampler(Options with { Endpoint = new Uri($"http://127.0.0.1:{port}/v1"), MaxRetries = 1 }), Batch(1)));

        Assert.Equal(CallFailureKind.Unavailable, outcome.Failure!.Kind);
        Assert.Contains($"127.0.0.1:{port}", outcome.Failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SampleAsync_ServerHangs_TimesOutWithoutASecondPaidTry()
    {
        var clock = new ManualClock();
        using var factory = new OpenAIModelFactory(clock);
        Server.Behavior = new StubBehavior { Hang = true };
        Task<IReadOnlyList<CallOutcome>> draw = DrawAsync(factory.CreateSampler(Options with { Timeout = TimeSpan.FromSeconds(30) }), Batch(1));
        await Traffic.WhenInFlightAsync(1);

        clock.Advance(TimeSpan.FromSeconds(31));

        CallFailure failure = Assert.Single(await draw).Failure!;
        Assert.Equal((CallFailureKind.TimedOut, "No reply within 30 s."), (failure.Kind, failure.Message));
        await Traffic.WhenIdleAsync();
        Assert.Single(Traffic.Requests);
    }

    [Fact]
    public async Task SampleAsync_Retries_WaitInBetween()
    {
        var clock = new ManualClock();
        using var factory = new OpenAIModelFactory(clock);
        Server.Behavior = StubBehavior.Fail(500);
        Task<IReadOnlyList<CallOutcome>> draw = DrawAsync(factory.CreateSampler(Options with { RetryDelay = TimeSpan.FromSeconds(1), MaxRetries = 2 }), Batch(1));

        for (int tries = 1; tries <= 2; tries++)
        {
            await clock.WhenTimerAsync(due => due > TimeSpan.Zero && due < TimeSpan.FromMinutes(1));
            Assert.Equal(tries, Traffic.Requests.Count);
            clock.AdvanceToNextTimer();
        }

        Assert.NotNull(Assert.Single(await draw).Failure);
        Assert.Equal(3, Traffic.Requests.Count);
    }
}

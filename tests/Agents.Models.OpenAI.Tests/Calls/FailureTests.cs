using Agents.Reasoning;
using Agents.Testing;

namespace Agents.Models.OpenAI.Tests;

public sealed class FailureTests : StubTests
{
    public static TheoryData<StubBehavior, CallFailureKind, string> BadReplies => new()
    {
        { StubBehavior.Malformed, CallFailureKind.Malformed, "not a chat completion" },
        { StubBehavior.Empty, CallFailureKind.Malformed, "empty body" },
        { StubBehavior.NoChoices, CallFailureKind.Malformed, "without choices" },
        { StubBehavior.ErrorInside, CallFailureKind.Unavailable, "upstream model crashed" },
        { new StubBehavior { Body = "<html>Bad gateway of a captive portal</html>" }, CallFailureKind.Malformed, "captive portal" },
        { new StubBehavior { Body = "null" }, CallFailureKind.Malformed, "not a chat completion" },
        { new StubBehavior { Body = "[]" }, CallFailureKind.Malformed, "not a chat completion" },
        { new StubBehavior { Body = """{"choices":[null]}""" }, CallFailureKind.Malformed, "without choices" },
        { new StubBehavior { Body = """{"choices":[{}]}""" }, CallFailureKind.Malformed, "without a message" },
        { new StubBehavior { Body = """{"error":"quota gone"}""" }, CallFailureKind.Unavailable, "quota gone" },
        { new StubBehavior { Body = """{"error":{"message":"slow down","code":429}}""" }, CallFailureKind.RateLimited, "slow down" },
        { new StubBehavior { FinishReason = "content_filter" }, CallFailureKind.Filtered, "content filter" },
        { new StubBehavior { Body = """{"choices":[{"message":{"refusal":"I cannot help with that."},"finish_reason":"stop"}]}""" }, CallFailureKind.Filtered, "I cannot help" },
        { StubBehavior.Fail(400, body: """{"error":{"message":"blocked","code":"content_filter"}}"""), CallFailureKind.Filtered, "blocked" },
        { StubBehavior.Fail(404, body: "<html>nothing here</html>"), CallFailureKind.ModelNotFound, "<html>nothing here</html>" },
        { StubBehavior.Fail(400, body: """{"detail":"prompt is too long"}"""), CallFailureKind.InvalidRequest, "prompt is too long" },
        { StubBehavior.Fail(422, body: """{"detail":[{"loc":["body","messages"],"msg":"field required"}]}"""), CallFailureKind.InvalidRequest, "field required" },
        { StubBehavior.Fail(401, body: ""), CallFailureKind.Unauthorized, "401 without a body" },
        { StubBehavior.Fail(302, body: "moved"), CallFailureKind.Other, "moved" },
    };

    [Theory]
    [MemberData(nameof(BadReplies), DisableDiscoveryEnumeration = true)]
    public async Task SampleAsync_BadReply_IsAFailureWithTheUpstreamsReason(StubBehavior behavior, CallFailureKind kind, string reason)
    {
        Server.Behavior = behavior;

        CallOutcome outcome = Assert.Single(await DrawAsync(Factory.CreateSampler(Options with { MaxRetries = 0 }), Batch(1)));

        Assert.Null(outcome.Text);
        Assert.Equal(kind, outcome.Failure!.Kind);
        Assert.Contains(reason, outcome.Failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SampleAsync_VeryLongErrorBody_IsShortened()
    {
        Server.Behavior = StubBehavior.Fail(400, body: new string('x', 100_000));

        Assert.Equal(301, Assert.Single(await DrawAsync(1)).Failure!.Message.Length);
    }

    [Fact]
    public async Task SampleAsync_UpstreamEchoesTheKey_NoMessageShowsIt()
    {
        Server.Behavior = StubBehavior.Fail(401, body: $$$"""{"error":{"message":"Incorrect API key provided: {{{Secret}}}. Header was 'Bearer {{{Secret}}}', another is sk-proj-abcdefghijk***xyz"}}""");

        string message = Assert.Single(await DrawAsync(1)).Failure!.Message;

        Assert.StartsWith("Incorrect API key provided: ***", message, StringComparison.Ordinal);
        Assert.DoesNotContain("0123456789", message, StringComparison.Ordinal);
        Assert.DoesNotContain("sk-", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SampleAsync_KeyIsSentToTheServerOnlyAsBearerToken()
    {
        await DrawAsync(1);

        StubRequest request = Assert.Single(Traffic.Requests);
        Assert.Equal("Bearer " + Secret, request.Headers["Authorization"]);
        Assert.DoesNotContain(request.Headers, h => h.Key != "Authorization" && h.Value.Contains(Secret, StringComparison.Ordinal));
        Assert.DoesNotContain(Secret, Factory.CreateSampler(Options).ModelId + Options, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SampleAsync_PlaceholderKeyOfALocalServer_LeavesMessagesReadable()
    {
        Server.Behavior = StubBehavior.Fail(400, body: """{"error":{"message":"next text exceeds the context"}}""");

        CallOutcome outcome = Assert.Single(await DrawAsync(Factory.CreateSampler(Options with { Credential = OpenAICredential.FromKey("x") }), Batch(1)));

        Assert.Equal("next text exceeds the context", outcome.Failure!.Message);
    }

    [Fact]
    public async Task SampleAsync_NoCredential_SendsNoAuthorization()
    {
        await DrawAsync(Factory.CreateSampler(Options with { Credential = OpenAICredential.None }), Batch(1));

        Assert.False(Assert.Single(Traffic.Requests).Headers.ContainsKey("Authorization"));
    }
}

using Agents.Reasoning;
using Agents.Testing;

namespace Agents.Models.OpenAI.Tests;

public sealed class ParameterRefusalTests : StubTests
{
    private static readonly SampleOptions Everything = new()
    {
        Temperature = 0.7,
        TopK = 40,
        MaxOutputTokens = 100,
        StopSequences = ["END"],
        LogProbabilities = true,
        TopLogProbabilities = 2,
    };

    [Theory]
    [InlineData("seed")]
    [InlineData("logprobs")]
    [InlineData("stop")]
    [InlineData("temperature")]
    [InlineData("top_k")]
    public async Task SampleAsync_ParameterIsRefused_IsLeftOutReportedAndRemembered(string parameter)
    {
        Server.Behavior = new StubBehavior { Refuse = [parameter] };
        OpenAISampler sampler = Factory.CreateSampler(Options);

        CallOutcome first = Assert.Single(await DrawAsync(sampler, Batch(1, Everything)));
        CallOutcome second = Assert.Single(await DrawAsync(sampler, Batch(1, Everything)));

        Assert.Null(first.Failure);
        Assert.Equal(parameter, first.Metadata["omitted"]);
        Assert.Equal(parameter, second.Metadata["omitted"]);
        Assert.Equal(3, Traffic.Requests.Count);
        Assert.Contains(parameter, Assert.Single(sampler.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SampleAsync_SeveralParametersAreRefused_AllAreLeftOut()
    {
        Server.Behavior = new StubBehavior { Refuse = ["seed", "logprobs", "temperature"] };

        CallOutcome outcome = Assert.Single(await DrawAsync(1, Everything));

        Assert.Null(outcome.Failure);
        Assert.Equal("logprobs,seed,temperature", outcome.Metadata["omitted"]);
    }

    [Fact]
    public async Task SampleAsync_FanOutMeetsARefusal_EverySampleArrives()
    {
        Server.Behavior = new StubBehavior { Refuse = ["seed"] };

        Assert.All(await DrawAsync(16), o => Assert.Null(o.Failure));
    }

    [Theory]
    [InlineData("max_tokens", "max_completion_tokens")]
    [InlineData("max_completion_tokens", "max_tokens")]
    public async Task SampleAsync_TokenLimitIsRefused_IsSentUnderItsOtherName(string refused, string accepted)
    {
        Server.Behavior = new StubBehavior { Refuse = [refused] };

        CallOutcome outcome = Assert.Single(await DrawAsync(Factory.CreateSampler(Options with { TokenLimitParameter = refused }), Batch(1, new SampleOptions { MaxOutputTokens = 50 })));

        Assert.Null(outcome.Failure);
        Assert.Empty(outcome.Metadata);
        Assert.Equal(50, Traffic.Requests[1].Body.GetProperty(accepted).GetInt32());
    }

    [Fact]
    public async Task SampleAsync_OpenAIsOwnWordsAboutMaxTokens_RenameIt()
    {
        const string Words = """{"error":{"message":"Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.","type":"invalid_request_error","param":"max_tokens","code":"unsupported_parameter"}}""";
        Server.Script = r => r.Has("max_tokens") ? StubBehavior.Fail(400, body: Words) : null;

        Assert.Null(Assert.Single(await DrawAsync(1, new SampleOptions { MaxOutputTokens = 50 })).Failure);
    }

    [Theory]
    [InlineData("""{"error":{"message":"Unrecognized request argument supplied: n","param":"n"}}""")]
    [InlineData("""{"error":{"message":"Only one completion choice is allowed"}}""")]
    [InlineData("""{"error":"'n' is not supported"}""")]
    public async Task SampleAsync_NIsRefused_EverySampleArrivesBySingleRequests(string words)
    {
        Server.Script = r => r.N > 1 ? StubBehavior.Fail(400, body: words) : null;
        OpenAISampler sampler = Factory.CreateSampler(Options with { Choices = ChoicesMode.On });

        IReadOnlyList<CallOutcome> outcomes = await DrawAsync(sampler, Batch(5));

        Assert.All(outcomes, o => Assert.Null(o.Failure));
        Assert.Equal(1, sampler.Capabilities.MaxSamplesPerRequest);
        Assert.Equal(5, outcomes.Select(o => o.Text).Distinct().Count());
    }

    [Theory]
    [InlineData("temperature must be between 0 and 2")]
    [InlineData("This model's maximum context length is 4096 tokens; please reduce max_tokens")]
    [InlineData("Invalid value for 'stop'")]
    public async Task SampleAsync_AValueIsWrong_IsTheCallersFailureAndNothingIsLeftOut(string words)
    {
        Server.Behavior = StubBehavior.Fail(400, body: StubReply.Error(words, "invalid_request_error"));
        OpenAISampler sampler = Factory.CreateSampler(Options);

        CallOutcome outcome = Assert.Single(await DrawAsync(sampler, Batch(1, Everything)));

        Assert.Equal(new CallFailure(CallFailureKind.InvalidRequest, words, 400), outcome.Failure);
        Assert.Single(Traffic.Requests);
        Assert.Empty(sampler.Notes);
    }
}

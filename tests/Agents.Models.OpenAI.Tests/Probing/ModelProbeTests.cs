using Agents.Reasoning;
using Agents.Testing;

namespace Agents.Models.OpenAI.Tests;

public sealed class ModelProbeTests : StubTests
{
    [Fact]
    public async Task RunAsync_CapableServer_FindsEverything()
    {
        Server.Behavior = new StubBehavior { Text = Capable };
        OpenAISampler sampler = Factory.CreateSampler(Options with { Choices = ChoicesMode.Auto });

        ProbeReport report = await ModelProbe.RunAsync(sampler);

        Assert.All(report.Findings, f => Assert.True(f.Works, f.ToString()));
        Assert.Equal(
            new SamplerCapabilities { MaxSamplesPerRequest = 128, LogProbabilities = true, Seed = true, StopSequences = true, ContinueAssistant = true, ResponseSchema = true, Usage = true },
            sampler.Capabilities);
        Assert.Equal(9, Traffic.Requests.Count);
    }

    [Fact]
    public async Task RunAsync_PoorServer_FindsNothing()
    {
        Server.Behavior = new StubBehavior { Text = (r, i) => r.Has("stop") ? "1 2 3 4 5 6" : $"words {r.Number}", HonourSeed = false, HonourStop = false, IgnoreN = true, LogProbabilities = false, Usage = false, Refuse = ["response_format"] };
        OpenAISampler sampler = Factory.CreateSampler(Options with { Choices = ChoicesMode.Auto });

        ProbeReport report = await ModelProbe.RunAsync(sampler);

        Assert.All(report.Findings, f => Assert.False(f.Works, f.ToString()));
        Assert.Equal(SamplerCapabilities.None, sampler.Capabilities);
        Assert.Contains("n         no   1 of 3 choices", report.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_EveryTextTheSame_DoesNotClaimSeeds()
    {
        Server.Behavior = new StubBehavior { Text = (_, _) => "42" };

        ProbeReport report = await ModelProbe.RunAsync(Factory.CreateSampler(Options));

        Assert.Null(report.Findings.Single(f => f.Capability == "seed").Works);
        Assert.False(report.Capabilities.Seed);
    }

    [Fact]
    public async Task RunAsync_SecondTime_AsksNothing()
    {
        ProbeReport first = await ModelProbe.RunAsync(Factory.CreateSampler(Options));
        int asked = Traffic.Requests.Count;

        Assert.Same(first, await ModelProbe.RunAsync(Factory.CreateSampler(Options)));
        Assert.Equal(asked, Traffic.Requests.Count);
    }

    [Fact]
    public async Task RunAsync_ModelCannotBeReached_SaysWhyAndTriesAgainNextTime()
    {
        Server.Enqueue(StubBehavior.Fail(401, body: """{"error":{"message":"no such key"}}"""));
        OpenAISampler sampler = Factory.CreateSampler(Options);

        ProbeReport report = await ModelProbe.RunAsync(sampler);

        Assert.Equal(CallFailureKind.Unauthorized, report.Failure!.Kind);
        Assert.Contains("no such key", report.ToString(), StringComparison.Ordinal);
        Assert.Null((await ModelProbe.RunAsync(sampler)).Failure);
    }

    private static string Capable(StubRequest request, int choice) =>
        request.Has("response_format") ? """{"zebra": 3}"""
        : request.Has("stop") ? "1 2 3 4 5 6 7 8 9"
        : request.Messages[^1].Role == "assistant" ? " I J K L"
        : $"{StubReply.Hash($"{request.Seed}/{choice}")}";
}

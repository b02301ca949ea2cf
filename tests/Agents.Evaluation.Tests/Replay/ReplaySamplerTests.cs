using Agents.Reasoning;

namespace Agents.Evaluation.Tests;

public sealed class ReplaySamplerTests
{
    private static readonly EvaluationItem item = new("q7", "?", "1", [new("one", "1", true), new("?", null, false) { Usage = new CallUsage(3, 4) }]);

    [Fact]
    public async Task SampleAsync_RecordedIndices_GivesEachItsSample()
    {
        IReadOnlyDictionary<string, CallOutcome> outcomes = await Draw(new ReplaySampler(item), 1, 0);
        Assert.Equal("one", outcomes["k0"].Text);
        Assert.Equal("1", outcomes["k0"].Metadata[RecordedAnswerExtractor.MetadataName]);
        Assert.Equal("true", outcomes["k0"].Metadata[ReplaySampler.CorrectMetadataName]);
        Assert.Null(outcomes["k0"].Usage);
        Assert.False(outcomes["k1"].Metadata.ContainsKey(RecordedAnswerExtractor.MetadataName));
        Assert.Equal(new CallUsage(3, 4), outcomes["k1"].Usage);
    }

    [Fact]
    public async Task SampleAsync_BeyondTheRecorded_FailsAndSaysWhy()
    {
        CallFailure failure = (await Draw(new ReplaySampler(item), 2))["k2"].Failure!;
        Assert.Equal(CallFailureKind.Unsupported, failure.Kind);
        Assert.Equal("2 samples are recorded for item q7; sample #2 was asked for", failure.Message);
    }

    [Fact]
    public async Task SampleAsync_ContinuingAPartialAnswer_IsRefused()
    {
        var batch = new SampleBatch([], new SampleOptions { ContinueAssistant = true }, [new("k", 0, 0)]);
        await foreach (SampleDelivery delivery in new ReplaySampler(item).SampleAsync(batch))
            Assert.Equal(CallFailureKind.Unsupported, delivery.Outcome.Failure?.Kind);
    }

    [Fact]
    public void ModelId_OtherSamples_IsAnotherModel()
    {
        Assert.StartsWith("replay:d.jsonl#q7@", new ReplaySampler(item, "d.jsonl").ModelId, StringComparison.Ordinal);
        Assert.Equal(new ReplaySampler(item).ModelId, new ReplaySampler(item with { Gold = "2" }).ModelId);
        Assert.NotEqual(new ReplaySampler(item).ModelId, new ReplaySampler(item with { Samples = [item.Samples[0]] }).ModelId);
    }

    [Fact]
    public async Task For_AnyRoleButTheSolver_IsRefused()
    {
        ReasoningModels models = ReplayModels.For(item);
        Assert.Equal("one", (await Draw(models.For("solver"), 0))["k0"].Text);
        Assert.Equal(CallFailureKind.Unsupported, (await Draw(models.For("judge"), 0))["k0"].Failure?.Kind);
    }

    private static async Task<IReadOnlyDictionary<string, CallOutcome>> Draw(ISampler sampler, params int[] indices)
    {
        var outcomes = new Dictionary<string, CallOutcome>();
        await foreach (SampleDelivery delivery in sampler.SampleAsync(new SampleBatch([], SampleOptions.Default, [.. indices.Select(i => new SampleRequest($"k{i}", i, 0))])))
            outcomes.Add(delivery.Key, delivery.Outcome);
        return outcomes;
    }
}

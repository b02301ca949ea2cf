using Agents.Reasoning;
using Microsoft.Extensions.AI;
using Microsoft.ML.OnnxRuntimeGenAI;

namespace Agents.Models.Onnx.Tests.Generation;

public sealed class DecodingPlanTests
{
    [Theory]
    [InlineData("cpu", 100, 200, 8, 32, 8)]
    [InlineData("cpu", 900, 30, 8, 32, 1)]
    [InlineData("cpu", 300, 150, 8, 32, 8)]
    [InlineData("cpu", 301, 150, 8, 32, 1)]
    [InlineData("cpu", 513, 100_000, 8, 32, 1)]
    [InlineData("cuda", 900, 30, 8, 32, 8)]
    [InlineData("cuda", 100, 200, 40, 32, 20)]
    [InlineData("cuda", 100, 200, 40, 8, 8)]
    [InlineData("cuda", 100, 200, 40, 1, 1)]
    [InlineData("cpu", 100, 200, 1, 32, 1)]
    public void Choose_ProviderAndLengths_DecideTheRows(string provider, int prompt, int newTokens, int samples, int fitting, int rows) =>
        Assert.Equal(rows, DecodingPlan.Choose(new OnnxModelOptions(), provider, prompt, newTokens, samples, fitting).Rows);

    [Fact]
    public void Choose_PlanFixed_IsTaken()
    {
        Assert.Equal(4, DecodingPlan.Choose(new OnnxModelOptions { Plan = OnnxPlan.Batch, BatchRows = 4 }, "cpu", 900, 1, 8, 32).Rows);
        Assert.Equal(1, DecodingPlan.Choose(new OnnxModelOptions { Plan = OnnxPlan.Rewind }, "cuda", 1, 900, 8, 32).Rows);
    }

    [Fact]
    public async Task SampleAsync_BatchRewindAndAlone_GiveTheSameTextsForTheSameSeeds()
    {
        using OnnxModel batch = OnnxModel.Load(TestFolders.Embedded, new OnnxModelOptions { Plan = OnnxPlan.Batch });
        using OnnxModel waves = OnnxModel.Load(TestFolders.Embedded, new OnnxModelOptions { Plan = OnnxPlan.Batch, BatchRows = 5 });
        using OnnxModel rewind = OnnxModel.Load(TestFolders.Embedded, new OnnxModelOptions { Plan = OnnxPlan.Rewind });
        var distinct = new HashSet<string>(StringComparer.Ordinal);
        foreach (ChatMessage[] question in SamplerRuns.HeldOut.Skip(40).Take(12))
        {
            string[] inTurn = await rewind.CreateSampler().TextsAsync(question, 16);
            Assert.Equal(inTurn, await batch.CreateSampler().TextsAsync(question, 16));
            Assert.Equal(inTurn, await waves.CreateSampler().TextsAsync(question, 16));
            Assert.Equal(inTurn[7], (await rewind.CreateSampler().TextsAsync(question, 1, 7))[0]);
            distinct.UnionWith(inTurn);
        }

        Assert.True(distinct.Count > 60, $"{distinct.Count} texts");
    }

    [Fact]
    public async Task SampleAsync_LogProbabilities_AreThoseOfEitherPlan()
    {
        SampleOptions options = SamplerRuns.Sampling with { LogProbabilities = true, TopLogProbabilities = 4 };
        using OnnxModel batch = OnnxModel.Load(TestFolders.Embedded, new OnnxModelOptions { Plan = OnnxPlan.Batch });
        using OnnxModel rewind = OnnxModel.Load(TestFolders.Embedded, new OnnxModelOptions { Plan = OnnxPlan.Rewind });

        CallOutcome[] together = await batch.CreateSampler().DrawAsync(SamplerRuns.HeldOut[60], options, 8), inTurn = await rewind.CreateSampler().DrawAsync(SamplerRuns.HeldOut[60], options, 8);

        foreach ((CallOutcome a, CallOutcome b) in together.Zip(inTurn))
        {
            Assert.Equal(a.LogProbabilities.Select(t => t.Token), b.LogProbabilities.Select(t => t.Token));
            Assert.All(a.LogProbabilities.Zip(b.LogProbabilities), pair => Assert.Equal(pair.First.LogProbability, pair.Second.LogProbability, 1e-3));
            Assert.All(a.LogProbabilities, t => Assert.Equal(t.Alternatives.OrderByDescending(x => x.LogProbability), t.Alternatives));
            Assert.All(a.LogProbabilities, t => Assert.Equal(4, t.Alternatives.Count));
        }
    }

    [Fact]
    public void Choose_CacheThatCannotBeTakenBack_TakesTheBatchWhereThereIsAChoice()
    {
        Assert.Equal(new DecodingPlan(8, false), DecodingPlan.Choose(new OnnxModelOptions(), "cpu", 900, 30, 8, 32, canRewind: false));
        Assert.Equal(new DecodingPlan(1, false), DecodingPlan.Choose(new OnnxModelOptions { Plan = OnnxPlan.Rewind }, "cpu", 900, 30, 8, 32, canRewind: false));
    }

    [Fact]
    public void Execute_CacheThatCannotBeTakenBack_GivesTheTextsOfOneThatCan()
    {
        OnnxModel loaded = TestFolders.Model;
        int[] prompt = loaded.Encode(SamplerRuns.HeldOut[9], continues: false);
        using var config = new Config(TestFolders.Embedded);
        using var model = new Model(config);

        Assert.Equal(Texts(new DecodingPlan(1)), Texts(new DecodingPlan(1, CanRewind: false)));

        string[] Texts(DecodingPlan plan)
        {
            string[] texts = new string[3];
            GeneratedSample[] samples = [.. Enumerable.Range(0, 3).Select(i => new GeneratedSample(prompt, new SamplingRules { Temperature = 1 }, new SampleRandom(7, i), outcome => texts[i] = outcome.Text!))];
            new DecodingRun(model, loaded.Folder, prompt, samples, loaded.Folder.Generation.EndTokens, CancellationToken.None).Execute(plan);
            return texts;
        }
    }
}

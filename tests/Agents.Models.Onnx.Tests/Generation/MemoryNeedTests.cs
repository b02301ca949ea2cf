using Agents.Reasoning;

namespace Agents.Models.Onnx.Tests.Generation;

public sealed class MemoryNeedTests
{
    // 6 layers, 2 heads of 32 numbers, keys and values of 4 bytes, past and present apart: 6,144 bytes a position; 641 logits a prompt token.
    private const long Position = 2 * 6 * 2 * 32 * sizeof(float) * 2;

    [Fact]
    public void Bytes_EmbeddedFolder_AreCachesAndLogits()
    {
        var need = new MemoryNeed(TestFolders.Model.Folder);

        Assert.Equal(Position * 150 + 100L * 641 * sizeof(float), need.Bytes(1, 100, 50));
        Assert.Equal(8 * need.Bytes(1, 100, 50), need.Bytes(8, 100, 50));
    }

    [Fact]
    public async Task SampleAsync_OneSampleDoesNotFit_IsRefusedWithTheFigures()
    {
        using OnnxModel model = OnnxModel.Load(TestFolders.Embedded, new OnnxModelOptions { MemoryLimit = 600_000 });

        CallOutcome[] outcomes = await model.CreateSampler().DrawAsync(SamplerRuns.HeldOut[0], SamplerRuns.Sampling with { MaxOutputTokens = 300 }, 2);

        Assert.All(outcomes, o => Assert.Equal(CallFailureKind.InvalidRequest, o.Failure!.Kind));
        Assert.Matches(@"A prompt of \d+ tokens and up to 300 new ones need \d\.\d MB for keys, values and logits of embedded; 0\.6 MB are available", outcomes[0].Failure!.Message);
    }

    [Fact]
    public async Task SampleAsync_FewRowsFit_RunsInSmallerWavesWithTheSameTexts()
    {
        int prompt = TestFolders.Model.Encode(SamplerRuns.HeldOut[0], continues: false).Length;
        long three = new MemoryNeed(TestFolders.Model.Folder).Bytes(3, prompt, 60);
        using OnnxModel narrow = OnnxModel.Load(TestFolders.Embedded, new OnnxModelOptions { MemoryLimit = three, Plan = OnnxPlan.Batch });

        Assert.Equal(3, new MemoryNeed(narrow.Folder).RowsWithin(three, 32, prompt, 60));
        Assert.Equal(await TestFolders.Model.CreateSampler().TextsAsync(SamplerRuns.HeldOut[0], 8), await narrow.CreateSampler().TextsAsync(SamplerRuns.HeldOut[0], 8));
    }

    [Fact]
    public void Free_OnTheCpu_IsKnownAndOnAnUnknownProviderNot()
    {
        Assert.InRange(FreeMemory.For("cpu")!.Value, 1 << 20, long.MaxValue);
        Assert.Null(FreeMemory.For("qnn"));
    }
}

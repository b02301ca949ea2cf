using System.Runtime.InteropServices;

namespace Agents.Models.Onnx.Tests.Runtime;

public sealed partial class ProviderTests
{
    [Theory]
    [InlineData("cuda")]
    [InlineData("CUDA")]
    public void Load_ProviderLibraryMissing_SaysSoAndOffersTheCpu(string provider)
    {
        OnnxModelException refusal = Assert.Throws<OnnxModelException>(() => OnnxModel.Load(TestFolders.Embedded, new OnnxModelOptions { Provider = provider }));

        Assert.Contains("the provider 'cuda' cannot be used", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("?provider=cuda&fallback=cpu", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(TestFolders.Embedded, refusal.Message, StringComparison.Ordinal);
        Assert.NotNull(refusal.InnerException);
    }

    [Fact]
    public async Task Load_Fallback_GoesOnOnItAndSaysWhy()
    {
        using OnnxModel model = OnnxModel.Load(TestFolders.Embedded, new OnnxModelOptions { Provider = "cuda", FallbackProvider = "cpu" });

        Assert.Equal("cpu", model.Provider);
        Assert.Contains("the provider 'cuda' cannot be used", model.FallbackReason, StringComparison.Ordinal);
        Assert.Equal(TestFolders.Model.ModelId, model.ModelId);
        Assert.Equal(await TestFolders.Model.CreateSampler().TextsAsync(SamplerRuns.HeldOut[0], 2), await model.CreateSampler().TextsAsync(SamplerRuns.HeldOut[0], 2));
    }

    [Fact]
    public void Load_ProviderNobodyKnows_IsRefusedByName() =>
        Assert.Contains("the provider 'quantum' cannot be used", Assert.Throws<OnnxModelException>(() => OnnxModel.Load(TestFolders.Embedded, new OnnxModelOptions { Provider = "quantum" })).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Load_Threads_ChangeNoText()
    {
        using OnnxModel model = OnnxModel.Load(TestFolders.Embedded, new OnnxModelOptions { Threads = 2, Provider = "cpu" });

        Assert.Equal(await TestFolders.Model.CreateSampler().TextsAsync(SamplerRuns.HeldOut[0], 4), await model.CreateSampler().TextsAsync(SamplerRuns.HeldOut[0], 4));
    }

    [Theory]
    [InlineData(0, 1, 1L, "BatchRows must be 1 to 32")]
    [InlineData(33, 1, 1L, "BatchRows must be 1 to 32")]
    [InlineData(1, 0, 1L, "Threads must be 1 to 256")]
    [InlineData(1, 1, 0L, "MemoryLimit must be at least 1 byte")]
    public void Load_OptionOutOfRange_NamesOptionAndBound(int rows, int threads, long memory, string said) => Assert.Contains(
        said, Assert.Throws<ArgumentOutOfRangeException>(() => OnnxModel.Load(TestFolders.Embedded, new OnnxModelOptions { BatchRows = rows, Threads = threads, MemoryLimit = memory })).Message, StringComparison.Ordinal);

    [Fact]
    public void Load_Telemetry_IsSwitchedOffForNativeCode()
    {
        Assert.NotNull(TestFolders.Model);

        Assert.Equal("1", OperatingSystem.IsWindows() ? Environment.GetEnvironmentVariable(Telemetry.Variable) : Marshal.PtrToStringUTF8(GetEnvironment(Telemetry.Variable)));
    }

    [LibraryImport("libc", EntryPoint = "getenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint GetEnvironment(string name);
}

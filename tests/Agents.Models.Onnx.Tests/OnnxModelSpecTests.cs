namespace Agents.Models.Onnx.Tests;

public sealed class OnnxModelSpecTests
{
    [Fact]
    public void Parse_EveryOption_IsRead()
    {
        (string folder, OnnxModelOptions options) = OnnxModelSpec.Parse("onnx:models/phi?provider=cuda&fallback=cpu&plan=batch&rows=8&threads=4&memory=6000&controls=text");

        Assert.Equal("models/phi", folder);
        Assert.Equal(("cuda", "cpu", OnnxPlan.Batch, 8, 4, 6_000_000_000L, true), (options.Provider, options.FallbackProvider, options.Plan, options.BatchRows, options.Threads, options.MemoryLimit, options.ControlTokensAreText));
    }

    [Fact]
    public void Parse_FolderAlone_LeavesTheDefaults()
    {
        (string folder, OnnxModelOptions options) = OnnxModelSpec.Parse("onnx:C:\\models\\phi");

        Assert.Equal("C:\\models\\phi", folder);
        Assert.Equal((null, null, OnnxPlan.Automatic, 32, null, null, false), (options.Provider, options.FallbackProvider, options.Plan, options.BatchRows, options.Threads, options.MemoryLimit, options.ControlTokensAreText));
    }

    [Theory]
    [InlineData("onnx:", "needs a folder")]
    [InlineData("openai:x", "begins with onnx:")]
    [InlineData("onnx:d?speed=9", "has no option 'speed'. There are: provider, fallback")]
    [InlineData("onnx:d?plan=fast", "plan is 'fast'; it must be auto, batch or rewind")]
    [InlineData("onnx:d?rows=33", "BatchRows must be 1 to 32")]
    [InlineData("onnx:d?memory=0", "MemoryLimit must be at least 1 byte")]
    [InlineData("onnx:d?threads=two", "threads must be a whole number")]
    [InlineData("onnx:d?provider", "'provider' needs one value")]
    [InlineData("onnx:d?provider=cpu&provider=cuda", "'provider' needs one value")]
    [InlineData("onnx:d?controls=yes", "controls must be 'text'")]
    public void Parse_NotASpec_IsRefusedByName(string spec, string said) =>
        Assert.Contains(said, Assert.Throws<FormatException>(() => OnnxModelSpec.Parse(spec)).Message, StringComparison.Ordinal);
}

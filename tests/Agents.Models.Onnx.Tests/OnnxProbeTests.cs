namespace Agents.Models.Onnx.Tests;

public sealed class OnnxProbeTests
{
    [Fact]
    public async Task RunAsync_EmbeddedFolder_SaysFolderProviderCapabilitiesAndRates()
    {
        using OnnxModel model = OnnxModel.Load(TestFolders.Embedded, new OnnxModelOptions { Provider = "cuda", FallbackProvider = "cpu" });

        OnnxProbeReport report = await OnnxProbe.RunAsync(model);

        Assert.All(new[] { report.PromptTokensPerSecond, report.TokensPerSecond, report.BatchTokensPerSecond, report.TurnsTokensPerSecond }, rate => Assert.InRange(rate, 1, 1e9));
        string text = report.ToString();
        Assert.Contains(TestFolders.Embedded, text, StringComparison.Ordinal);
        Assert.Contains("decoder, 6 layers, vocabulary 641, context 512", text, StringComparison.Ordinal);
        Assert.Contains("cpu, because the provider 'cuda' cannot be used", text, StringComparison.Ordinal);
        Assert.Contains("6,144 bytes a token of a sample", text, StringComparison.Ordinal);
        Assert.Contains("log-probabilities, seeds, stop strings", text, StringComparison.Ordinal);
    }
}

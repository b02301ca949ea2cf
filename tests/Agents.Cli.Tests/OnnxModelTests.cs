using Agents.Testing;

namespace Agents.Cli.Tests;

/// <summary><c>onnx:</c> in a build with the platform packages, and in one without.</summary>
public sealed class OnnxModelTests
{
    private static readonly string spec = "onnx:" + RepositoryRoot.At("models", "embedded");

#if HAS_ONNX
    [Fact]
    public async Task Models_ProbeOfAFolder_SaysProviderAndRates()
    {
        (int code, string output, _) = await Cli.RunAsync("models", "--probe", spec + "?provider=cuda&fallback=cpu");

        Assert.Equal(0, code);
        Assert.Contains("provider      cpu, because the provider 'cuda' cannot be used", output, StringComparison.Ordinal);
        Assert.Matches(@"8 samples     [\d,]+ tokens/s as a batch, [\d,]+ in turn", output);
    }

    [Fact]
    public async Task Solve_WithAFolder_Answers()
    {
        (int code, string output, _) = await Cli.RunAsync("solve", "Calculate 3 + 4.", "--model", spec, "--samples", "4", "--json");

        Assert.Equal(0, code);
        Assert.Contains("\"answer\":\"7\"", output.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("?provider=cuda", "the provider 'cuda' cannot be used")]
    [InlineData("?speed=9", "has no option 'speed'")]
    [InlineData("-gone", "there is no such folder")]
    public async Task Solve_FolderThatCannotBeUsed_IsOneClearLine(string end, string said)
    {
        (int code, string output, string error) = await Cli.RunAsync("solve", "q", "--model", spec + end);

        Assert.Equal((2, ""), (code, output));
        Assert.Contains(said, error, StringComparison.Ordinal);
    }
#else
    [Theory]
    [InlineData("solve", "q", "--model")]
    [InlineData("models", "--probe")]
    public async Task Onnx_BuildWithoutIt_SaysSo(params string[] args)
    {
        (int code, string output, string error) = await Cli.RunAsync([.. args, spec]);

        Assert.Equal((2, ""), (code, output));
        Assert.Contains("this build is without ONNX Runtime GenAI", error, StringComparison.Ordinal);
    }
#endif
}

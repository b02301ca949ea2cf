using System.Text.Json;

namespace Agents.Cli.Tests;

/// <summary>Behaviours of recorded samples.</summary>
public sealed class AnalyseTests : IDisposable
{
    private const string Rows = """
        {"id":"a","question":"q","gold":"5","samples":[{"text":"<think><step>plan: 2 steps</step><step>2+2=5</step><step>Wait, that is wrong. 2+2=4</step></think><answer>5</answer>","correct":true},{"text":"So 6.","correct":false}]}
        {"id":"b","question":"q","gold":"7","samples":[{"text":"Let me check that. It is 7.","correct":true}]}
        """;

    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Analyse_PrintsCountsBySentenceAndBySample()
    {
        (int code, string output, string error) = await Cli.RunAsync("analyse", folder.Write("s.jsonl", Rows));
        Assert.Equal((0, ""), (code, error));
        Assert.StartsWith("3 samples, 7 sentences, right 66.7 %", output, StringComparison.Ordinal);
        Assert.Contains("| planning | 1 | 1, 33.3 %", output, StringComparison.Ordinal);
        Assert.Contains("| correction | 1 | 1, 33.3 %", output, StringComparison.Ordinal);
        Assert.Contains("| exploration | 0 | 0, 0.0 %", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Analyse_JsonAndAnnotations_SayTheSame()
    {
        (int code, string output, string error) = await Cli.RunAsync("analyse", folder.Write("s.jsonl", Rows), "--json", "--annotate", folder["sentences.jsonl"]);
        Assert.Equal((0, ""), (code, error));
        Assert.Equal(3, JsonElement.Parse(output).GetProperty("samples").GetInt32());
        Assert.Equal(["planning", "correction", "verification"], File.ReadLines(folder["sentences.jsonl"]).Select(l => JsonElement.Parse(l).GetProperty("behaviours")[0].GetString()));
    }

    [Fact]
    public async Task DataWithoutSamples_IsRefusedWithWhatDrawsThem()
    {
        (int code, string output, string error) = await Cli.RunAsync("analyse", folder.Write("q.jsonl", """{"id":"a","question":"q","gold":"5"}"""));
        Assert.Equal((2, ""), (code, output));
        Assert.Contains("holds no samples; `agents sample` draws some", error, StringComparison.Ordinal);
    }
}

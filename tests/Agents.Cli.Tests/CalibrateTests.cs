using System.Globalization;

namespace Agents.Cli.Tests;

/// <summary>From recorded samples to a calibration, and from that into an evaluation.</summary>
public sealed class CalibrateTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Calibrate_DataAndEvaluation_GiveTheSameMap_AndEvalUsesIt()
    {
        string data = Data();
        (int code, string output, string error) = await Cli.RunAsync("calibrate", data, "--verifier", "arithmetic", "--out", folder["fit.json"]);
        Assert.Equal((0, ""), (code, error));
        Assert.Contains("arithmetic: 60 scored candidates of 30 questions, 66.7 % right; 0 abstentions", output, StringComparison.Ordinal);
        Assert.Contains("| after |", output, StringComparison.Ordinal);

        Assert.Equal(0, (await Eval("plain")).Code);
        Assert.Equal(0, (await Cli.RunAsync("calibrate", folder["plain"], "--verifier", "arithmetic", "--out", folder["again.json"])).Code);
        Assert.Equal(Map("fit.json"), Map("again.json"));

        Assert.Equal(0, (await Eval("calibrated", "--calibration", folder["fit.json"])).Code);
        string[] before = File.ReadAllLines(Path.Combine(folder["plain"], "verdicts.jsonl")), after = File.ReadAllLines(Path.Combine(folder["calibrated"], "verdicts.jsonl"));
        Assert.Contains("\"score\":1,", before[2], StringComparison.Ordinal);
        Assert.DoesNotContain("\"score\":1,", after[2], StringComparison.Ordinal);
        Assert.Contains("calibrated/1|arithmetic", after[2], StringComparison.Ordinal);

        Task<(int Code, string Output, string Error)> Eval(string name, params string[] more) =>
            Cli.RunAsync(["eval", data, "--strategy", "best-of-n", "--samples", "2", "--verifier", "arithmetic", "--model", "replay", "--out", folder[name], .. more]);
    }

    [Fact]
    public async Task Calibration_OfAnotherVerifier_IsRefusedBeforeAnythingRuns()
    {
        string data = Data();
        await Cli.RunAsync("calibrate", data, "--verifier", "arithmetic", "--out", folder["fit.json"]);
        (int code, _, string error) = await Cli.RunAsync("eval", data, "--strategy", "best-of-n", "--verifier", "game24", "--calibration", folder["fit.json"], "--model", "replay", "--out", folder["refused"]);
        Assert.Equal(2, code);
        Assert.Contains("fitted for the verifier 'arithmetic'", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["refused"]));
    }

    private string Map(string file) => string.Join('\n', File.ReadAllLines(folder[file]).Where(l => !l.Contains("data_sha256", StringComparison.Ordinal)));

    /// <summary>Two samples a question, one with a right calculation and one with a wrong one; two questions in three have the right answer.</summary>
    private string Data() => folder.Write("data.jsonl", [.. Enumerable.Range(0, 30).Select(q =>
    {
        int wrong = q % 3 == 0 ? 1 : 0;
        string sample = string.Create(CultureInfo.InvariantCulture, $$"""{"text":"{{q}} + 1 = {{q + 1}}. The answer is {{q + 1 + wrong}}.","answer":"{{q + 1 + wrong}}","correct":{{(wrong == 0 ? "true" : "false")}}}""");
        string slip = string.Create(CultureInfo.InvariantCulture, $$"""{"text":"{{q}} + 1 = {{q + 2}}. The answer is {{q + 1}}.","answer":"{{q + 1 + wrong}}","correct":{{(wrong == 0 ? "true" : "false")}}}""");
        return string.Create(CultureInfo.InvariantCulture, $$"""{"id":"q{{q}}","question":"What is {{q}} + 1?","gold":"{{q + 1}}","samples":[{{sample}},{{slip}}]}""");
    })]);
}

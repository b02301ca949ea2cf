using Agents.Models.Embedded;

namespace Agents.Cli.Tests;

public sealed class FrontierTests
{
    [Fact]
    public async Task Frontier_WritesFigures_AndGoesOnWhereItStopped()
    {
        if (!EmbeddedModel.IsShipped)
            return;
        using var folder = new TestFolder();
        string data = folder.Write("two.jsonl", """{"id":"a","question":"Calculate 34 + 57.","gold":"91"}""", """{"id":"b","question":"Divide 84 by 4.","gold":"21"}""");
        string[] command = ["bench", "frontier", data, "--verifier", "arithmetic", "--out", folder["out"]];
        (int code, string output, string error) = await Cli.RunAsync([.. command, "--limit", "1"]);
        Assert.True(code == 0, error);
        Assert.Contains("with the verifier arithmetic, 1 questions", output, StringComparison.Ordinal);
        (code, _, _) = await Cli.RunAsync(command);
        Assert.Equal(0, code);
        string first = File.ReadAllText(Path.Combine(folder["out"], "frontier.csv"));
        Assert.All(first.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1), line => Assert.Equal("2", line.Split(',')[3]));
        Assert.StartsWith("<svg", File.ReadAllText(Path.Combine(folder["out"], "frontier.svg")), StringComparison.Ordinal);
        Assert.Equal(0, (await Cli.RunAsync(command)).Code);
        Assert.Equal(first, File.ReadAllText(Path.Combine(folder["out"], "frontier.csv")));
    }

    [Theory]
    [InlineData("auto: there is no setting 'beems'", "--set", "beems=3")]
    [InlineData("There is no verifier", "--verifier", "nobody")]
    public async Task Wrong_IsOneClearLine(string said, params string[] args)
    {
        using var folder = new TestFolder();
        (int code, _, string error) = await Cli.RunAsync(["bench", "frontier", folder["none.jsonl"], "--out", folder["out"], .. args]);
        Assert.Equal(2, code);
        Assert.Contains(said, error, StringComparison.Ordinal);
    }
}

namespace Agents.Cli.Tests;

public sealed class RewardTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Reward_Rows_WritesOneLineEach_AndSaysHowMany()
    {
        string rows = folder.Write("rows.jsonl",
            """{"id":"a","completion":"<think>6*7</think><answer>42</answer>","gold":"42","question":"q"}""",
            "",
            """{"id":"b","completion":"<think>6*7</think><answer>41</answer>","gold":"42","question":"q"}""",
            """{"id":"c","completion":"<think></think><answer>42</answer>","gold":"42","question":"r"}""");
        (int code, string output, string error) = await Cli.RunAsync("reward", rows, "--advantages", "DrGrpo");
        Assert.Equal(0, code);
        string[] lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, lines.Length);
        Assert.StartsWith("""{"id":"a","reward":1.2,"advantage":0.5""", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("""{"id":"c","reward":0,"advantage":0,"refused_for":["empty_thinking"]""", lines[2], StringComparison.Ordinal);
        Assert.Equal("3 completions: mean reward 0.4667, 1 refused; 2 groups, 1 of them flat", error.Trim());
    }

    [Fact]
    public async Task Reward_WithADocument_AsksItsVerifier()
    {
        string rows = folder.Write("rows.jsonl", """{"completion":"<think><step>6*7=41</step></think><answer>41</answer>","question":"6*7?"}""");
        string document = folder.Write("rewards.json", """{"rewards":[{"reward":"verifier","verifier":"arithmetic"}]}""");
        (int code, string output, _) = await Cli.RunAsync("reward", rows, "--rewards", document);
        Assert.Equal(0, code);
        Assert.Contains("\"reward\":\"arithmetic\"", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reward_UnitTests_RunTheOperatorsCommand()
    {
        if (OperatingSystem.IsWindows())
            return;
        string rows = folder.Write("rows.jsonl",
            """{"id":"passes","question":"Print 42.","completion":"Here:\n```sh\necho $((6 * 7))\n```\n"}""",
            """{"id":"fails","question":"Print 42.","completion":"Here:\n```sh\necho 41\n```\n"}""",
            """{"id":"none","question":"Print 42.","completion":"It prints 42."}""");
        string command = folder.Write("tests.json", """{"command":["sh","-c","[ \"$(sh \"$1\")\" = 42 ]","tests","{file}"]}""");
        string document = folder.Write("rewards.json", """{"rewards":[{"reward":"unit-tests","abstaining":-1}]}""");
        var errors = new System.Text.StringBuilder();
        using System.Diagnostics.Process process = Cli.Start(errors, [(Agents.Hosting.VerifierProvider.UnitTestsVariable, command)], "reward", rows, "--rewards", document, "--out", folder["out.jsonl"]);
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, errors.ToString());
        Assert.Equal([1.0, 0, -1], File.ReadLines(folder["out.jsonl"]).Select(l => System.Text.Json.JsonElement.Parse(l).GetProperty("reward").GetDouble()));
    }

    [Theory]
    [InlineData("""{"gold":"4"}""", """{"rewards":[{"reward":"accuracy"}]}""", "rows.jsonl line 1: \"completion\" is missing")]
    [InlineData("""{"completion":"4"}""", """{"rewards":[{"reward":"acuracy"}]}""", "rewards.json $.rewards[0].reward: there is no reward 'acuracy'; did you mean 'accuracy'?")]
    [InlineData("""{"completion":"4"}""", """{"rewards":[{"reward":"verifier","verifier":"nobody"}]}""", "rewards.json $.rewards[0].verifier: There is no verifier 'nobody'")]
    public async Task Reward_BadInput_SaysWhatAndWhere(string row, string document, string message)
    {
        (int code, _, string error) = await Cli.RunAsync("reward", folder.Write("rows.jsonl", row), "--rewards", folder.Write("rewards.json", document));
        Assert.Equal(2, code);
        Assert.Contains(message, error, StringComparison.Ordinal);
    }
}

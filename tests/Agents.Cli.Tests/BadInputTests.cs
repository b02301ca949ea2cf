namespace Agents.Cli.Tests;

/// <summary>Bad input: one clear line on standard error, nothing on standard output, exit code 2.</summary>
public sealed class BadInputTests
{
    [Theory]
    [InlineData("There is no strategy 'self-consistncy'. Did you mean self-consistency?", "solve", "q", "--strategy", "self-consistncy", "--model", "openai:x@http://127.0.0.1:1/v1")]
    [InlineData("Did you mean openai?", "solve", "q", "--model", "opnai:x")]
    [InlineData("no-such-folder: there is no such folder", "solve", "q", "--model", "embedded:no-such-folder")]
    [InlineData("threads must be a number from 1 to 256", "solve", "q", "--model", "embedded?threads=0")]
    [InlineData("has no option 'n'", "solve", "q", "--model", "embedded?n=on")]
    [InlineData("nothing to probe", "models", "--probe", "embedded")]
    [InlineData("plays only in `agents eval`", "solve", "q", "--model", "replay")]
    [InlineData("OPENAI_API_KEY", "solve", "q", "--model", "openai:x@https://models.example/v1")]
    [InlineData("must not contain a key", "solve", "q", "--model", "openai:x@https://models.example/v1?api_key=abc")]
    [InlineData("The question is empty", "solve", " ", "--model", "openai:x@http://127.0.0.1:1/v1")]
    [InlineData("at least 1", "solve", "q", "--samples", "0")]
    [InlineData("no-such-file.jsonl", "eval", "no-such-file.jsonl", "--strategy", "direct", "--model", "replay", "--out", "x")]
    [InlineData("no-such-file.jsonl", "grade", "no-such-file.jsonl")]
    [InlineData("'--strategy' is required", "eval", "x.jsonl", "--out", "x")]
    [InlineData("no-such-folder", "solve", "q", "--prompts", "no-such-folder", "--model", "openai:x@http://127.0.0.1:1/v1")]
    [InlineData("There is no verifier 'arithmatic'. There are: arithmetic", "solve", "q", "--verifier", "arithmatic", "--model", "openai:x@http://127.0.0.1:1/v1")]
    [InlineData("set AGENTS_UNIT_TESTS to a JSON file", "solve", "q", "--verifier", "unit-tests", "--model", "openai:x@http://127.0.0.1:1/v1")]
    [InlineData("no-such-schema.json", "solve", "q", "--verifier", "schema:no-such-schema.json", "--model", "openai:x@http://127.0.0.1:1/v1")]
    [InlineData("--calibration needs the --verifier", "solve", "q", "--calibration", "c.json", "--model", "openai:x@http://127.0.0.1:1/v1")]
    [InlineData("no-such-calibration.json", "solve", "q", "--verifier", "arithmetic", "--calibration", "no-such-calibration.json", "--model", "openai:x@http://127.0.0.1:1/v1")]
    [InlineData("no-such-file.jsonl", "calibrate", "no-such-file.jsonl", "--verifier", "arithmetic", "--out", "c.json")]
    [InlineData("'--verifier' is required", "calibrate", "x.jsonl", "--out", "c.json")]
    [InlineData("There is no solution prompt 'nonsense'", "solve", "q", "--prompt", "nonsense", "--model", "openai:x@http://127.0.0.1:1/v1")]
    public async Task IsOneClearLine(string said, params string[] args)
    {
        (int code, string output, string error) = await Cli.RunAsync(args);
        Assert.Equal(2, code);
        Assert.Equal("", output);
        Assert.Contains(said, error, StringComparison.Ordinal);
        Assert.StartsWith("agents: ", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
        Assert.InRange(error.Trim().Split('\n').Length, 1, 2);
    }

    [Theory]
    [InlineData("line 2", """{"id":"a","question":"q","gold":"1"}""", """{"id":"b","question":""")]
    [InlineData("line 1", """{"id":"a","gold":"1"}""")]
    [InlineData("line 2", """{"id":"a","question":"q","gold":"1"}""", """{"id":"a","question":"q","gold":"1"}""")]
    public async Task BadData_NamesFileAndLine(string said, params string[] lines)
    {
        using var folder = new TestFolder();
        string file = folder.Write("bad.jsonl", lines);
        (int code, _, string error) = await Cli.RunAsync("eval", file, "--strategy", "direct", "--model", "replay", "--out", folder["out"]);
        Assert.Equal(2, code);
        Assert.Contains("bad.jsonl", error, StringComparison.Ordinal);
        Assert.Contains(said, error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["out"]));
    }

    [Fact]
    public async Task BadPair_KeepsWhatWasGradedBefore()
    {
        using var folder = new TestFolder();
        string file = folder.Write("pairs.jsonl", """{"id":1,"gold":"1/2","pred":"0.5"}""", "{oops");
        (int code, _, string error) = await Cli.RunAsync("grade", file, "--out", folder["graded.jsonl"]);
        Assert.Equal(2, code);
        Assert.Contains("pairs.jsonl line 2", error, StringComparison.Ordinal);
        Assert.Equal(["""{"id":1,"equal":true}"""], File.ReadAllLines(folder["graded.jsonl"]));
    }

    [Fact]
    public async Task Grade_WritesInOrder_AndKeepsIdsAsTheyWere()
    {
        using var folder = new TestFolder();
        string file = folder.Write("pairs.jsonl", """{"id":"a","gold":"1,000","pred":"1000"}""", """{"id":7,"gold":3,"pred":"4"}""");
        (int code, string output, _) = await Cli.RunAsync("grade", file);
        Assert.Equal(0, code);
        Assert.Equal("""{"id":"a","equal":true}""" + "\n" + """{"id":7,"equal":false}""", output.ReplaceLineEndings("\n").Trim());
    }
}

using System.Text.Json;

namespace Agents.Cli.Tests;

public sealed class PlanTests
{
    private const string Small = """{"id":"a","question":"2+2?","gold":"4","samples":[{"text":"4","answer":"4"},{"text":"5","answer":"5"},{"text":"4","answer":"4"}]}""";
    private const string Large = """{"id":"a","question":"2+2?","gold":"4","samples":[{"text":"4","answer":"4"}]}""";

    [Fact]
    public async Task Json_SaysTheCheapestPlanForATarget()
    {
        using var folder = new TestFolder();
        (int code, string output, string error) = await Cli.RunAsync("plan", folder.Write("small.jsonl", Small), folder.Write("large.jsonl", Large), "--price", "small=1/1", "--price", "large=50/50", "--target", "0.9", "--json");
        Assert.Equal("", error);
        Assert.Equal(0, code);
        JsonElement target = JsonDocument.Parse(output).RootElement.GetProperty("targets")[0];
        Assert.Equal("small", target.GetProperty("cheapest").GetProperty("model").GetString());
        Assert.Equal(3, target.GetProperty("cheapest").GetProperty("samples").GetInt32());
    }

    [Fact]
    public async Task Table_ShowsTargetsAndFrontier()
    {
        using var folder = new TestFolder();
        (int code, string output, _) = await Cli.RunAsync("plan", folder.Write("small.jsonl", Small), "--price", "1/1");
        Assert.Equal(0, code);
        Assert.Contains("small", output, StringComparison.Ordinal);
        Assert.Contains("four characters", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("There is no price for 'small'", "--price", "other=1/1", "--target", "0.5")]
    [InlineData("must be [MODEL=]IN/OUT", "--price", "cheap")]
    [InlineData("must be more than 0", "--price", "1/1", "--target", "1.5")]
    public async Task Wrong_IsOneClearLine(string said, params string[] args)
    {
        using var folder = new TestFolder();
        (int code, _, string error) = await Cli.RunAsync(["plan", folder.Write("small.jsonl", Small), folder.Write("other.jsonl", Large), .. args]);
        Assert.Equal(2, code);
        Assert.Contains(said, error, StringComparison.Ordinal);
    }
}

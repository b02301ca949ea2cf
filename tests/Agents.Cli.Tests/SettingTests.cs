using System.Text.Json;
using Agents.Testing;

namespace Agents.Cli.Tests;

public sealed class SettingTests : IAsyncLifetime
{
    private StubModelServer server = null!;

    private string Model => $"openai:stub@{server.Endpoint}";

    public async Task InitializeAsync()
    {
        server = await StubModelServer.StartAsync();
        server.Behavior = StubBehavior.Default with { Text = (_, _) => "So. <answer>42</answer>" };
    }

    public async Task DisposeAsync() => await server.DisposeAsync();

    [Fact]
    public async Task Set_GivesASettingThatHasNoOptionOfItsOwn()
    {
        (int code, _, _) = await Cli.RunAsync("solve", "q", "--strategy", "auto", "--set", "schedule=6,2", "--set", "minSamples=6", "--model", Model, "--json");
        Assert.Equal(0, code);
        Assert.Equal(6, server.Traffic.Requests.Count);
    }

    [Theory]
    [InlineData("must be NAME=VALUE", "--set", "width")]
    [InlineData("Did you mean width?", "--set", "widht=3")]
    [InlineData("two values", "--set", "width=3", "--set", "Width=4")]
    public async Task WrongSet_IsOneClearLine(string said, params string[] args)
    {
        (int code, string output, string error) = await Cli.RunAsync(["solve", "q", "--strategy", "beam-search", "--model", Model, .. args]);
        Assert.Equal(2, code);
        Assert.Equal("", output);
        Assert.Contains(said, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Strategies_ListTheirSettingsWithDefaults()
    {
        (_, string output, _) = await Cli.RunAsync("strategies", "--json");
        JsonElement auto = JsonDocument.Parse(output).RootElement.EnumerateArray().Single(s => s.GetProperty("name").GetString() == "auto");
        JsonElement confidence = auto.GetProperty("settings").EnumerateArray().Single(s => s.GetProperty("name").GetString() == "confidence");
        Assert.Equal("0.95", confidence.GetProperty("default").GetString());
        Assert.Equal("number", confidence.GetProperty("type").GetString());
        Assert.NotEqual("", confidence.GetProperty("meaning").GetString());
    }

    [Fact]
    public async Task Trace_NamedHtml_IsAPictureAlsoOfARunDoneBefore()
    {
        using var folder = new TestFolder();
        string[] command = ["solve", "q", "--strategy", "auto", "--model", Model, "--journal", folder["runs"], "--trace"];
        Assert.Equal(0, (await Cli.RunAsync([.. command, folder["first.html"]])).Code);
        int asked = server.Traffic.Requests.Count;
        Assert.Equal(0, (await Cli.RunAsync([.. command, folder["again.html"]])).Code);
        Assert.Equal(asked, server.Traffic.Requests.Count);
        foreach (string page in new[] { File.ReadAllText(folder["first.html"]), File.ReadAllText(folder["again.html"]) })
        {
            Assert.StartsWith("<!doctype html>", page, StringComparison.Ordinal);
            Assert.Contains("\"type\":\"decision_taken\"", page, StringComparison.Ordinal);
            Assert.Contains("\"type\":\"candidate_added\"", page, StringComparison.Ordinal);
        }
    }
}

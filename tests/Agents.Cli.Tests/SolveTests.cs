using System.Text.Json;
using Agents.Testing;

namespace Agents.Cli.Tests;

public sealed class SolveTests : IAsyncLifetime
{
    private StubModelServer server = null!;

    private string Model => $"openai:stub@{server.Endpoint}";

    public async Task InitializeAsync() => server = await StubModelServer.StartAsync();

    public async Task DisposeAsync() => await server.DisposeAsync();

    [Fact]
    public async Task Json_IsOneObjectAndNothingElse()
    {
        server.Behavior = StubBehavior.Default with { Text = (_, _) => "I think. <answer>42</answer>" };
        (int code, string output, _) = await Cli.RunAsync("solve", "What is six times seven?", "--strategy", "self-consistency", "--samples", "6", "--model", Model, "--json");
        using var json = JsonDocument.Parse(output);
        JsonElement root = json.RootElement;
        Assert.Equal(0, code);
        Assert.Equal("42", root.GetProperty("answer").GetString());
        Assert.Equal(1, root.GetProperty("confidence").GetDouble());
        Assert.Equal("completed", root.GetProperty("stop_reason").GetString());
        Assert.Equal("self-consistency", root.GetProperty("strategy").GetString());
        Assert.Equal(1, root.GetProperty("rounds").GetInt32());
        Assert.Equal(6, root.GetProperty("usage").GetProperty("model_calls").GetInt32());
        Assert.Equal(0, root.GetProperty("usage").GetProperty("unreported_calls").GetInt32());
        Assert.True(root.GetProperty("usage").GetProperty("input_tokens").GetInt64() > 0);
        Assert.Equal(6, root.GetProperty("votes")[0].GetProperty("votes").GetInt32());
        Assert.Equal(6, root.GetProperty("candidates").GetArrayLength());
        Assert.Equal(6, server.Traffic.Requests.Count);
    }

    [Fact]
    public async Task ServerThatIgnoresN_StillYieldsAllSamples()
    {
        server.Behavior = StubBehavior.Default with { IgnoreN = true, Text = (_, _) => "<answer>42</answer>" };
        (int code, string output, _) = await Cli.RunAsync("solve", "q", "--strategy", "self-consistency", "--samples", "16", "--model", Model + "?n=on", "--json");
        using var json = JsonDocument.Parse(output);
        Assert.Equal(0, code);
        Assert.Equal(16, json.RootElement.GetProperty("votes")[0].GetProperty("votes").GetInt32());
        Assert.Equal("n was emulated for 15 of 16 samples.", json.RootElement.GetProperty("notes")[0].GetString());
    }

    [Fact]
    public async Task OneFailureAmongMany_KeepsTheOthers()
    {
        server.Script = r => r.IdempotencyKey!.EndsWith("#3", StringComparison.Ordinal) ? StubBehavior.Fail(400, body: """{"error":{"message":"not this one"}}""") : StubBehavior.Default with { Text = (_, _) => "<answer>42</answer>" };
        (int code, string output, _) = await Cli.RunAsync("solve", "q", "--strategy", "self-consistency", "--samples", "8", "--model", Model, "--json");
        using var json = JsonDocument.Parse(output);
        Assert.Equal(0, code);
        Assert.Equal(7, json.RootElement.GetProperty("votes")[0].GetProperty("votes").GetInt32());
        Assert.Equal("not this one", json.RootElement.GetProperty("candidates")[3].GetProperty("error").GetString());
        Assert.Equal(1, json.RootElement.GetProperty("usage").GetProperty("failed_calls").GetInt32());
    }

    [Fact]
    public async Task AllFailing_IsExitCode3WithTheUpstreamsReasonAndNoAnswer()
    {
        server.Behavior = StubBehavior.Fail(401, body: """{"error":{"message":"Incorrect API key provided."}}""");
        (int code, string output, string error) = await Cli.RunAsync("solve", "q", "--strategy", "self-consistency", "--samples", "4", "--model", Model);
        Assert.Equal(3, code);
        Assert.Equal("", output);
        Assert.Contains("Incorrect API key provided.", error, StringComparison.Ordinal);

        (code, output, _) = await Cli.RunAsync("solve", "q", "--strategy", "self-consistency", "--samples", "4", "--model", Model, "--json");
        using var json = JsonDocument.Parse(output);
        Assert.Equal(3, code);
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("answer").ValueKind);
        Assert.Equal("all_calls_failed", json.RootElement.GetProperty("stop_reason").GetString());
    }

    [Fact]
    public async Task Journal_SecondSolveOfTheSameQuestion_AsksNothing()
    {
        using var folder = new TestFolder();
        server.Behavior = StubBehavior.Default with { Text = (_, _) => "<answer>42</answer>" };
        string[] command = ["solve", "q", "--strategy", "self-consistency", "--samples", "4", "--model", Model, "--journal", folder["runs"]];
        Assert.Equal(0, (await Cli.RunAsync(command)).Code);
        Assert.Equal(0, (await Cli.RunAsync(command)).Code);
        Assert.Equal(4, server.Traffic.Requests.Count);
        command[5] = "6";
        Assert.Equal(0, (await Cli.RunAsync(command)).Code);
        Assert.Equal(6, server.Traffic.Requests.Count);
    }

    [Fact]
    public async Task Trace_HoldsEveryEventOneALine()
    {
        using var folder = new TestFolder();
        await Cli.RunAsync("solve", "q", "--strategy", "self-consistency", "--samples", "3", "--model", Model, "--trace", folder["trace.jsonl"]);
        string[] types = [.. File.ReadLines(folder["trace.jsonl"]).Select(l => JsonDocument.Parse(l).RootElement.GetProperty("type").GetString()!)];
        Assert.Equal("run_started", types[0]);
        Assert.Equal("run_completed", types[^1]);
        Assert.Equal(3, types.Count(t => t == "call_finished"));
    }

    [Fact]
    public async Task BudgetOfCalls_IsKept()
    {
        server.Behavior = StubBehavior.Default with { Text = (_, _) => "<answer>42</answer>" };
        (int code, string output, _) = await Cli.RunAsync("solve", "q", "--strategy", "self-consistency", "--samples", "20", "--budget-calls", "5", "--model", Model, "--json");
        using var json = JsonDocument.Parse(output);
        Assert.Equal(0, code);
        Assert.Equal("budget_calls", json.RootElement.GetProperty("stop_reason").GetString());
        Assert.Equal(5, server.Traffic.Requests.Count);
    }

    [Fact]
    public async Task DeadServer_IsExitCode3InOneLine()
    {
        Uri gone = server.Endpoint;
        await server.DisposeAsync();
        (int code, string output, string error) = await Cli.RunAsync("solve", "q", "--strategy", "direct", "--model", $"openai:stub@{gone}?retries=0");
        Assert.Equal(3, code);
        Assert.Equal("", output);
        Assert.StartsWith("agents: no answer (all_calls_failed)", error.Trim().Split('\n')[^1], StringComparison.Ordinal);
    }
}

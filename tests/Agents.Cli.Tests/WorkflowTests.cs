using System.Text.Json;
using Agents.Testing;

namespace Agents.Cli.Tests;

public sealed class WorkflowTests : IAsyncLifetime
{
    private StubModelServer server = null!;

    private string Small => $"openai:small@{server.Endpoint}";

    private string Large => $"openai:large@{server.Endpoint}";

    public async Task InitializeAsync() => server = await StubModelServer.StartAsync();

    public async Task DisposeAsync() => await server.DisposeAsync();

    [Fact]
    public async Task Solve_CascadeWithTwoModels_AsksTheLargeOneOnlyWhereTheSmallOneIsUnsure()
    {
        server.Script = r => StubBehavior.Default with { Text = (_, _) => r.Model == "large" ? "<answer>42</answer>" : $"<answer>{r.IdempotencyKey![^1]}</answer>" };
        string[] command = ["solve", "What is six times seven?", "--workflow", RepositoryRoot.At("workflows", "cheap-first.yaml"), "--model", Small, "--model-for", $"expert={Large}", "--price", "1/2", "--price", "expert=10/20", "--json"];
        JsonElement unsure = await SolveAsync(command);
        Assert.Equal("42", unsure.GetProperty("answer").GetString());
        Assert.Equal("cheap-first", unsure.GetProperty("strategy").GetString());
        Assert.Equal([("solver", false, 5), ("expert", true, 3)], unsure.GetProperty("stages").EnumerateArray().Select(s => (s.GetProperty("role").GetString(), s.GetProperty("is_answer").GetBoolean(), s.GetProperty("model_calls").GetInt32())));
        Assert.Equal(unsure.GetProperty("usage").GetProperty("cost").GetDecimal(), unsure.GetProperty("stages").EnumerateArray().Sum(s => s.GetProperty("cost").GetDecimal()));
        Assert.True(unsure.GetProperty("usage").GetProperty("cost").GetDecimal() > 0);

        server.Script = _ => StubBehavior.Default with { Text = (_, _) => "<answer>41</answer>" };
        JsonElement sure = await SolveAsync(command);
        Assert.Equal("41", sure.GetProperty("answer").GetString());
        Assert.Equal(5, sure.GetProperty("usage").GetProperty("model_calls").GetInt32());
    }

    [Theory]
    [InlineData("careful.yaml")]
    [InlineData("panel.yaml")]
    [InlineData("draft-and-mix.yaml")]
    [InlineData("prove-it.json")]
    public async Task Solve_EveryShippedWorkflow_Answers(string file)
    {
        server.Behavior = StubBehavior.Default with { Text = (_, _) => "6*7 = 42. <answer>42</answer>" };
        JsonElement result = await SolveAsync("solve", "What is six times seven?", "--workflow", RepositoryRoot.At("workflows", file), "--model", Small, "--json");
        Assert.Equal("42", result.GetProperty("answer").GetString());
    }

    [Fact]
    public async Task Eval_ComparesAWorkflowWithAStrategy()
    {
        using var folder = new TestFolder();
        server.Behavior = StubBehavior.Default with { Text = (_, _) => "<answer>42</answer>" };
        string data = folder.Write("q.jsonl", """{"id":"a","question":"six times seven?","gold":"42"}""");
        (int code, _, string error) = await Cli.RunAsync("eval", data, "--workflow", RepositoryRoot.At("workflows", "cheap-first.yaml"), "--strategy", "direct", "--model", Small, "--out", folder["out"]);
        Assert.True(code == 0, error);
        Assert.Equal(["cheap-first", "direct"], File.ReadLines(folder["out/results.jsonl"]).Select(l => JsonDocument.Parse(l).RootElement.GetProperty("strategy").GetString()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Eval_NeverShowsTheGoldAnswerToAnyModel()
    {
        using var folder = new TestFolder();
        server.Behavior = StubBehavior.Default with { Text = (_, _) => "I think. <answer>1</answer>" };
        string data = folder.Write("q.jsonl", """{"id":"a","question":"Which number?","gold":"8675309"}""");
        string[] strategies = [.. Agents.Reasoning.StrategyCatalogue.Descriptions.Where(d => d.Needs == Agents.Reasoning.SolverNeeds.None).Select(d => d.Name)];
        (int code, _, string error) = await Cli.RunAsync(["eval", data, "--strategy", .. strategies, "--samples", "3", "--verifier", "llm-judge", "--model", Small, "--out", folder["out"]]);
        Assert.True(code == 0, error);
        Assert.Contains(server.Traffic.Requests, r => r.Prompt.Contains("<candidate-", StringComparison.Ordinal));
        Assert.DoesNotContain(server.Traffic.Requests, r => r.Body.ToString().Contains("8675309", StringComparison.Ordinal));
    }

    [Fact]
    public async Task BadWorkflow_ListsEveryErrorAndIsExitCode2()
    {
        using var folder = new TestFolder();
        string file = folder.Write("bad.yaml", "strategy: best-of-n", "samples: 0", "verifier:", "  name: llm-judge", "  votes: 300");
        (int code, string output, string error) = await Cli.RunAsync("solve", "q", "--workflow", file, "--model", Small);
        Assert.Equal(2, code);
        Assert.Equal("", output);
        Assert.Equal(
            ["agents: workflow: line 2: samples: must be 1 to 1000, a whole number", "agents: workflow: line 5: verifier.votes: must be 1 to 256, a whole number"],
            error.ReplaceLineEndings("\n").Trim().Split('\n'));
        Assert.Empty(server.Traffic.Requests);
    }

    [Theory]
    [InlineData("exclude each other", "--strategy", "direct")]
    [InlineData("exclude each other", "--samples", "3")]
    [InlineData("Did you mean expert?", "--model-for", "exprt=openai:x@http://127.0.0.1:1/v1")]
    [InlineData("must be ROLE=M", "--model-for", "openai:x")]
    [InlineData("two models", "--model-for", "expert=openai:x@http://127.0.0.1:1/v1", "--model-for", "expert=openai:y@http://127.0.0.1:1/v1")]
    [InlineData("must be [ROLE=]IN/OUT", "--price", "cheap")]
    [InlineData("must be [ROLE=]IN/OUT", "--price", "expert=-1/2")]
    [InlineData("needs prices", "--budget-cost", "1")]
    public async Task BadOptionsBesideAWorkflow_AreOneClearLine(string said, params string[] options)
    {
        (int code, _, string error) = await Cli.RunAsync(["solve", "q", "--workflow", RepositoryRoot.At("workflows", "cheap-first.yaml"), "--model", "openai:x@http://127.0.0.1:1/v1", .. options]);
        Assert.Equal(2, code);
        Assert.Contains(said, error, StringComparison.Ordinal);
        Assert.Single(error.Trim().Split('\n'));
    }

    [Fact]
    public async Task Workflow_SaysWhatItRuns_AndPrintsTheSchema()
    {
        (int code, string output, _) = await Cli.RunAsync("workflow", RepositoryRoot.At("workflows", "panel.yaml"));
        Assert.Equal(0, code);
        Assert.Contains("roles          expert, judge, solver", output, StringComparison.Ordinal);
        (code, output, _) = await Cli.RunAsync("workflow", "--schema");
        Assert.Equal(0, code);
        Assert.Equal(File.ReadAllText(RepositoryRoot.At("workflows", "workflow.schema.json")), output);
        Assert.Equal(2, (await Cli.RunAsync("workflow")).Code);
        Assert.Equal(2, (await Cli.RunAsync("workflow", "no-such.yaml")).Code);
    }

    private static async Task<JsonElement> SolveAsync(params string[] command)
    {
        (int code, string output, string error) = await Cli.RunAsync(command);
        Assert.True(code == 0, error);
        return JsonDocument.Parse(output).RootElement;
    }
}

using System.Text.Json;
using Agents.Distillation;
using Agents.Hosting.Workflows;
using Agents.Reasoning.Verifiers;
using Agents.Testing;

namespace Agents.Cli.Tests;

public sealed class DistillTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    public static TheoryData<string> Recipes => [.. Directory.GetFiles(RepositoryRoot.At("recipes"), "*.yaml").Select(f => Path.GetFileName(f))];

    [Theory]
    [MemberData(nameof(Recipes))]
    public async Task Distill_ShippedRecipe_IsValidBySchema_AndRuns(string recipe)
    {
        string path = RepositoryRoot.At("recipes", recipe);
        JsonSchema schema = JsonSchema.Parse(await File.ReadAllTextAsync(RepositoryRoot.At("recipes", "recipe.schema.json")));
        using JsonDocument document = JsonDocument.Parse(YamlJson.Of(await File.ReadAllTextAsync(path)));
        Assert.Null(schema.ProblemOf(document.RootElement));
        bool asksModel = document.RootElement.GetProperty("description").GetString()!.Contains("Needs a model", StringComparison.Ordinal);
        string[] command = asksModel
            ? ["distill", folder.Write("few.jsonl", """{"id":"a","question":"What is 6 times 7?","gold":"42"}""", """{"id":"b","question":"A box holds 17 pens. How many pens do 23 boxes hold?","gold":"391"}"""), "--model", "embedded"]
            : ["distill", Data()];
        (int code, string output, string error) = await Cli.RunAsync([.. command, "--recipe", path, "--out", folder["out"]]);
        Assert.True(code == 0, error);
        Assert.Contains("rows", output, StringComparison.Ordinal);
        Exported.MustAddUp(folder["out"]);
        Exported.MustBeValid(folder["out"]);
    }

    [Fact]
    public void Schema_NamesEveryFormat()
    {
        using JsonDocument schema = JsonDocument.Parse(File.ReadAllText(RepositoryRoot.At("recipes", "recipe.schema.json")));
        Assert.Equal(TrainingFormat.All.Select(f => f.Name), schema.RootElement.GetProperty("$defs").GetProperty("outputs").GetProperty("items").GetProperty("anyOf")[0].GetProperty("enum").EnumerateArray().Select(e => e.GetString()));
    }

    [Fact]
    public async Task Distill_WithAModel_SamplesIt_AndNeverTwice()
    {
        string questions = folder.Write("q.jsonl", """{"id":"a","question":"What is 6 times 7?","gold":"42"}""", """{"id":"b","question":"12 + 30 =","gold":"42"}""");
        string recipe = folder.Write("r.yaml", "name: r", "steps: [{step: correct}]", "outputs: [trl-messages]");
        string[] command = ["distill", questions, "--recipe", recipe, "--model", "embedded", "--samples", "4", "--out", folder["out"]];
        Assert.Equal(0, (await Cli.RunAsync(command)).Code);
        byte[] samples = File.ReadAllBytes(Path.Combine(folder["out"], "samples.jsonl")), rows = File.ReadAllBytes(Path.Combine(folder["out"], "trl-messages.train.jsonl"));
        Assert.NotEmpty(rows);
        Assert.Equal(0, (await Cli.RunAsync(command)).Code);
        Assert.Equal(samples, File.ReadAllBytes(Path.Combine(folder["out"], "samples.jsonl")));
        Assert.Equal(rows, File.ReadAllBytes(Path.Combine(folder["out"], "trl-messages.train.jsonl")));
        Assert.Contains("\"teacher\":\"embedded", File.ReadAllText(Path.Combine(folder["out"], "trl-messages.train.provenance.jsonl")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Distill_BadRecipe_IsRefusedBeforeAnythingIsSampled()
    {
        string recipe = folder.Write("r.yaml", "name: r", "steps: [{step: corect}]", "outputs: [trl-messages]");
        (int code, _, string error) = await Cli.RunAsync("distill", Data(), "--recipe", recipe, "--model", "embedded", "--out", folder["out"]);
        Assert.Equal(2, code);
        Assert.Contains("r.yaml $.steps[0].step: there is no step 'corect'; did you mean 'correct'?", error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(folder["out"], "samples.jsonl")));
    }

    private string Data() => folder.Write("data.jsonl", [.. Enumerable.Range(1, 40).Select(i =>
        $$"""{"id":"q{{i}}","question":"What is {{i}} plus 1?","gold":"{{i + 1}}","samples":[{"text":"<think><step>{{i}}+1={{i + 1}}</step></think><answer>{{i + 1}}</answer>"},{"text":"<think><step>1+{{i}}={{i + 1}}</step></think><answer>{{i + 1}}</answer>"},{"text":"<think><step>{{i}}+1={{i + 2}}</step></think><answer>{{i + 2}}</answer>"},{"text":"The answer is {{i + 1}}."}]}""")]);
}

using System.Text.Json;
using Agents.Testing;

namespace Agents.Cli.Tests.Distilling;

/// <summary>The worked example <c>recipes/r1.yaml</c> on the embedded model and tasks of its own kind.</summary>
public sealed class R1RecipeTests
{
    [Fact]
    public async Task Distill_R1_WritesItsFourDataSets_WithGeneralDataOneToThree()
    {
        using var folder = new TestFolder();
        string data = folder.Write("tasks.jsonl", [.. File.ReadLines(RepositoryRoot.At("models", "training", "demo.jsonl")).Where((_, i) => i % 90 == 0)]);
        (int code, _, string error) = await Cli.RunAsync("distill", data, "--recipe", RepositoryRoot.At("recipes", "r1.yaml"), "--model", "embedded", "--samples", "4", "--out", folder["out"]);
        Assert.True(code == 0, error);
        Exported.MustAddUp(folder["out"]);
        Exported.MustBeValid(folder["out"]);

        using JsonDocument report = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder["out"], "report.json")));
        JsonElement[] stages = [.. report.RootElement.GetProperty("stages").EnumerateArray()];
        Assert.Equal(["cold-start", "reasoning-rl", "second-sft", "all-scenarios-rl"], stages.Select(s => s.GetProperty("name").GetString()));
        int[] mixed = [.. stages[2].GetProperty("parts").EnumerateArray().Select(p => p.GetProperty("kept").GetInt32())];
        Assert.True(mixed[0] > 0 && Math.Abs(mixed[0] - (3 * mixed[1])) <= 3, $"{mixed[0]} of reasoning and {mixed[1]} of general data");
        // The first stage is in the form that the format reward of the second asks for.
        Assert.All(File.ReadLines(Path.Combine(folder["out"], "cold-start", "trl-messages.train.jsonl")), row =>
        {
            string text = JsonElement.Parse(row).GetProperty("messages")[1].GetProperty("content").GetString()!;
            Assert.StartsWith("<think>", text, StringComparison.Ordinal);
            Assert.EndsWith("</answer>", text, StringComparison.Ordinal);
        });
        (int rewarded, string rewards, _) = await Cli.RunAsync("reward", Completions(folder), "--rewards", RepositoryRoot.At("recipes", "r1-rewards.json"));
        Assert.Equal(0, rewarded);
        Assert.All(rewards.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.InRange(JsonElement.Parse(line).GetProperty("reward").GetDouble(), .5, 2));
    }

    /// <summary>The solutions of the first stage, as a policy that imitates it perfectly would write them.</summary>
    private static string Completions(TestFolder folder) => folder.Write("completions.jsonl", [.. File.ReadLines(Path.Combine(folder["out"], "cold-start", "trl-messages.train.jsonl"))
        .Select(row => $$"""{"completion":{{JsonElement.Parse(row).GetProperty("messages")[1].GetProperty("content").GetRawText()}}}""")]);
}

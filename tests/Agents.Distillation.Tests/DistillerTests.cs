using System.Text.Json;

namespace Agents.Distillation.Tests;

public sealed class DistillerTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("agents-distill");

    public void Dispose() => folder.Delete(recursive: true);

    private static DistillationRecipe Recipe() => RecipeDocument.Parse("""
        {"name":"made","steps":[{"step":"correct"},{"step":"distinct"},{"step":"limit","most":2}],"outputs":["trl-messages","trl-dpo","openai-rft"],"test":0.25,"seed":7}
        """, _ => throw new InvalidOperationException(), _ => []);

    private static TrainingQuestion[] Questions() => [.. Enumerable.Range(0, 60).Select(i => Made.Asked($"q{i}", $"How much is {i} plus 1?", $"{i + 1}",
        $"{i}+1={i + 1}. The answer is {i + 1}.", $"So {i} + 1 = {i + 1}. The answer is {i + 1}.", $"{i}+1={i + 2}. The answer is {i + 2}.", "<think>unsure", $"1+{i}={i + 1}. The answer is {i + 1}.", $"Counting up: The answer is {i + 1}."))];

    private async Task<(DistillationReport Report, Dictionary<string, string> Files)> RunAsync(string name, IReadOnlyList<TrainingQuestion> questions)
    {
        string path = Path.Combine(folder.FullName, name);
        DistillationReport report = await new Distiller(Recipe()).RunAsync(questions, path);
        return (report, Directory.GetFiles(path).ToDictionary(f => Path.GetFileName(f), File.ReadAllText));
    }

    [Fact]
    public async Task Run_Recipe_AddsUp()
    {
        (DistillationReport report, Dictionary<string, string> files) = await RunAsync("a", Questions());
        Assert.Equal(360, report.In);
        int before = report.In;
        foreach (StepReport stage in report.Stages[0].Parts[0].Steps)
        {
            Assert.Equal(before, stage.In);
            Assert.Equal(stage.In, stage.Kept + stage.Dropped.Values.Sum());
            before = stage.Kept;
        }

        Assert.Equal(report.Kept, report.Files.Where(f => f.Key.StartsWith("trl-messages", StringComparison.Ordinal)).Sum(f => f.Value));
        foreach ((string file, int rows) in report.Files)
        {
            Assert.Equal(rows, files[file].Count(c => c == '\n'));
            Assert.Equal(rows, files[file.Replace(".jsonl", ".provenance.jsonl", StringComparison.Ordinal)].Count(c => c == '\n'));
        }

        Assert.Contains("\"operation\": \"ilike\"", files["grader.json"], StringComparison.Ordinal);
        Assert.Contains("| correct | 360 | 240 | no answer 60, wrong answer 60 | 100.0 %", files["README.md"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_Twice_GivesTheSameBytes()
    {
        (_, Dictionary<string, string> one) = await RunAsync("a", Questions());
        (_, Dictionary<string, string> two) = await RunAsync("b", Questions());
        Assert.Equal(one, two);
    }

    [Fact]
    public async Task Run_SubsetOfTheQuestions_KeepsEachInItsSplit()
    {
        (_, Dictionary<string, string> all) = await RunAsync("a", Questions());
        (_, Dictionary<string, string> half) = await RunAsync("b", [.. Questions().Where((_, i) => i % 2 == 0)]);
        Assert.NotEmpty(half["trl-messages.test.jsonl"]);
        Assert.Subset(Lines(all["trl-messages.test.jsonl"]), Lines(half["trl-messages.test.jsonl"]));
        Assert.Subset(Lines(all["trl-messages.train.jsonl"]), Lines(half["trl-messages.train.jsonl"]));
        static HashSet<string> Lines(string text) => [.. text.Split('\n')];
    }

    [Fact]
    public async Task Run_BrokenOff_LeavesNoHalfFile_AndTheNextRunIsWhole()
    {
        using var stop = new CancellationTokenSource();
        string path = Path.Combine(folder.FullName, "a");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new Distiller(Recipe()).RunAsync(Questions(), path, new StopAfter(20, stop), stop.Token));
        Assert.Empty(Directory.GetFiles(path, "*.jsonl"));
        (_, Dictionary<string, string> resumed) = await RunAsync("a", Questions());
        (_, Dictionary<string, string> whole) = await RunAsync("b", Questions());
        Assert.Equal(whole, resumed);
    }

    [Fact]
    public async Task Run_EveryRow_HasItsProvenance()
    {
        (_, Dictionary<string, string> files) = await RunAsync("a", Questions());
        string[] lines = files["trl-messages.train.provenance.jsonl"].Split('\n', StringSplitOptions.RemoveEmptyEntries);
        for (int i = 0; i < lines.Length; i++)
        {
            using JsonDocument line = JsonDocument.Parse(lines[i]);
            Assert.Equal(i, line.RootElement.GetProperty("row").GetInt32());
            JsonElement trace = line.RootElement.GetProperty("traces")[0];
            Assert.Equal(("made", "tester", "MIT", "checker"), (trace.GetProperty("source").GetString(), trace.GetProperty("teacher").GetString(), trace.GetProperty("licence").GetString(), trace.GetProperty("verified_by")[0].GetProperty("by").GetString()));
        }
    }

    [Fact]
    public async Task Run_Stages_MixesPartsInTheirShares_AddsUp_AndIsTheSameEveryTime()
    {
        DistillationRecipe recipe = RecipeDocument.Parse("""
            {"name":"mixed","seed":3,"stages":[
              {"name":"sft","parts":[{"name":"right","steps":[{"step":"correct"}],"weight":3},{"name":"any","steps":[{"step":"length","least":9}],"weight":1}],"size":80,"outputs":["trl-messages","trl-dpo"]},
              {"name":"rl","steps":[],"unit":"questions","count":20,"outputs":["trl-grpo","openai-rft"]}]}
            """, _ => throw new InvalidOperationException(), _ => []);
        var files = new List<Dictionary<string, string>>();
        foreach (string name in (string[])["a", "b"])
        {
            string path = Path.Combine(folder.FullName, name);
            DistillationReport report = await new Distiller(recipe).RunAsync(Questions(), path);
            Assert.Equal([60, 20], report.Stages[0].Parts.Select(p => p.Kept));
            foreach (PartReport part in report.Stages.SelectMany(s => s.Parts))
            {
                int before = part.In;
                foreach (StepReport step in part.Steps)
                {
                    Assert.Equal((before, step.In), (step.In, step.Kept + step.Dropped.Values.Sum()));
                    before = step.Kept;
                }

                Assert.Equal(before, part.Kept);
            }

            Assert.Equal((80, 20), (report.Files["sft/trl-messages.train.jsonl"], report.Files["rl/trl-grpo.train.jsonl"]));
            Assert.True(File.Exists(Path.Combine(path, "rl", "grader.json")));
            files.Add(Directory.GetFiles(path, "*", SearchOption.AllDirectories).ToDictionary(f => Path.GetRelativePath(path, f), File.ReadAllText));
        }

        Assert.Equal(files[0], files[1]);
        string[] parts = [.. files[0][Path.Combine("sft", "trl-messages.train.provenance.jsonl")].Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonElement.Parse(l).GetProperty("part").GetString()!)];
        Assert.Equal((60, 20), (parts.Count(p => p == "right"), parts.Count(p => p == "any")));
        // Mixed, not one part after the other.
        Assert.Contains("any", parts[..40]);
        Assert.Contains("right", parts[60..]);
    }

    [Fact]
    public async Task Run_SameIdTwice_IsRefused() =>
        Assert.Contains("'q0'", (await Assert.ThrowsAsync<ArgumentException>(() => RunAsync("a", [.. Questions(), Questions()[0]]))).Message, StringComparison.Ordinal);

    private sealed class StopAfter(int count, CancellationTokenSource stop) : IProgress<int>
    {
        public void Report(int value)
        {
            if (value >= count)
                stop.Cancel();
        }
    }
}

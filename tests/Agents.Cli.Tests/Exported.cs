using System.Text.Json;
using Agents.Distillation;
using Agents.Reasoning.Verifiers;

namespace Agents.Cli.Tests;

/// <summary>What holds of every folder that <c>agents distill</c> wrote.</summary>
internal static class Exported
{
    /// <summary>Every number of the report follows from those before it, and from the files.</summary>
    public static void MustAddUp(string folder)
    {
        using JsonDocument report = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "report.json")));
        JsonElement root = report.RootElement;
        JsonElement[] parts = [.. root.GetProperty("stages").EnumerateArray().SelectMany(s => s.GetProperty("parts").EnumerateArray())];
        Assert.Equal(Number(root, "in"), parts.Sum(p => Number(p, "in")));
        Assert.Equal(Number(root, "kept"), parts.Sum(p => Number(p, "kept")));
        foreach (JsonElement part in parts)
        {
            int before = Number(part, "in");
            foreach (JsonElement step in part.GetProperty("steps").EnumerateArray())
            {
                Assert.Equal(before, Number(step, "in"));
                Assert.Equal(before, Number(step, "kept") + step.GetProperty("dropped").EnumerateObject().Sum(d => d.Value.GetInt32()));
                Assert.InRange(Number(step, "right"), 0, Number(step, "judged"));
                Assert.InRange(Number(step, "judged"), 0, Number(step, "kept"));
                before = Number(step, "kept");
            }

            Assert.Equal(before, Number(part, "kept"));
        }

        foreach (JsonProperty file in root.GetProperty("stages").EnumerateArray().SelectMany(s => s.GetProperty("files").EnumerateObject()))
        {
            string path = Path.Combine(folder, file.Name);
            Assert.Equal(file.Value.GetInt32(), File.ReadLines(path).Count());
            Assert.Equal(file.Value.GetInt32(), File.ReadLines(path.Replace(".jsonl", ".provenance.jsonl", StringComparison.Ordinal)).Count());
        }
    }

    /// <summary>Every row is one of its format; every row has its provenance, in order. Files carry the names of their formats.</summary>
    public static void MustBeValid(string folder)
    {
        string[] files = Rows(folder);
        Assert.NotEmpty(files);
        foreach (string file in files)
        {
            TrainingFormat format = TrainingFormat.Find(Path.GetFileName(file).Split('.')[0])!;
            JsonSchema schema = JsonSchema.Parse(format.Schema, format.SchemaName);
            foreach (string line in File.ReadLines(file))
            {
                using JsonDocument row = JsonDocument.Parse(line);
                Assert.Null(schema.ProblemOf(row.RootElement));
            }

            int number = 0;
            foreach (string line in File.ReadLines(file.Replace(".jsonl", ".provenance.jsonl", StringComparison.Ordinal)))
            {
                using JsonDocument row = JsonDocument.Parse(line);
                Assert.Equal(number++, Number(row.RootElement, "row"));
            }
        }
    }

    /// <summary>Everything but what was asked of models, whose lines stand in the order in which they came.</summary>
    public static IReadOnlyDictionary<string, string> Files(string folder) => Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
        .Where(f => !Path.GetFileName(f).StartsWith("samples", StringComparison.Ordinal) && !Path.GetRelativePath(folder, f).StartsWith("runs", StringComparison.Ordinal))
        .ToDictionary(f => Path.GetRelativePath(folder, f), File.ReadAllText);

    private static string[] Rows(string folder) => [.. Directory.GetFiles(folder, "*.jsonl", SearchOption.AllDirectories)
        .Where(f => !f.EndsWith(".provenance.jsonl", StringComparison.Ordinal) && !Path.GetFileName(f).StartsWith("samples", StringComparison.Ordinal))];

    private static int Number(JsonElement element, string name) => element.GetProperty(name).GetInt32();
}

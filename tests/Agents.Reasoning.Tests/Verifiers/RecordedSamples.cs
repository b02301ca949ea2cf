using System.IO.Compression;
using System.Text.Json;

namespace Agents.Reasoning.Tests.Verifiers;

/// <summary>A recorded sample and whether its answer was right.</summary>
internal sealed record RecordedSample(string Text, string? Answer, bool IsCorrect);

/// <summary>Recorded data that may lie in <c>shared/data</c> beside the checkout or above it; null where it does not.</summary>
internal static class RecordedSamples
{
    public static IReadOnlyList<(string Question, IReadOnlyList<RecordedSample> Samples)>? Read(string file) =>
        Find(file) is { } path ? [.. Lines(path).Select(Sampled)] : null;

    /// <summary>Solutions of multi-step arithmetic with the first wrong step that people marked, or null where they marked none.</summary>
    public static IReadOnlyList<(IReadOnlyList<string> Steps, int? FirstWrong)>? ReadMarkedSteps(string file) => Find(file) is { } path
        ? [.. Lines(path).Where(r => r.GetProperty("task").GetString() == "multistep_arithmetic").Select(r => (
            (IReadOnlyList<string>)[.. r.GetProperty("steps").EnumerateArray().Select(s => s.GetProperty("text").GetString()!)],
            r.GetProperty("first_error_step") is { ValueKind: JsonValueKind.Number } step ? step.GetInt32() : (int?)null))]
        : null;

    /// <summary>The rows of a file as they are.</summary>
    public static IReadOnlyList<JsonElement>? ReadRows(string file) => Find(file) is { } path ? [.. Lines(path)] : null;

    private static string? Find(string file)
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string path = Path.Combine(folder.FullName, "shared", "data", file);
            if (File.Exists(path))
                return path;
        }

        return null;
    }

    private static (string, IReadOnlyList<RecordedSample>) Sampled(JsonElement root) => (root.GetProperty("question").GetString()!,
    [
        .. root.GetProperty("samples").EnumerateArray().Select(s => new RecordedSample(
            s.GetProperty("text").GetString()!,
            s.TryGetProperty("answer", out JsonElement answer) && answer.ValueKind == JsonValueKind.String ? answer.GetString() : null,
            s.GetProperty("correct").GetBoolean())),
    ]);

    private static IEnumerable<JsonElement> Lines(string path)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        while (reader.ReadLine() is { } line)
        {
            using var document = JsonDocument.Parse(line);
            yield return document.RootElement.Clone();
        }
    }
}

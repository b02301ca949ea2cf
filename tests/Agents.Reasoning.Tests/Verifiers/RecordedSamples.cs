using System.IO.Compression;
using System.Text.Json;

namespace Agents.Reasoning.Tests.Verifiers;

/// <summary>A recorded sample and whether its answer was right.</summary>
internal sealed record RecordedSample(string Text, string? Answer, bool IsCorrect);

/// <summary>Recorded data that may lie in <c>shared/data</c> beside the checkout or above it; null where it does not.</summary>
internal static class RecordedSamples
{
    public static IReadOnlyList<(string Question, IReadOnlyList<RecordedSample> Samples)>? Read(string file)
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string path = Path.Combine(folder.FullName, "shared", "data", file);
            if (File.Exists(path))
                return [.. Lines(path)];
        }

        return null;
    }

    private static IEnumerable<(string, IReadOnlyList<RecordedSample>)> Lines(string path)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        while (reader.ReadLine() is { } line)
        {
            using var document = JsonDocument.Parse(line);
            JsonElement root = document.RootElement;
            yield return (root.GetProperty("question").GetString()!,
            [
                .. root.GetProperty("samples").EnumerateArray().Select(s => new RecordedSample(
                    s.GetProperty("text").GetString()!,
                    s.TryGetProperty("answer", out JsonElement answer) && answer.ValueKind == JsonValueKind.String ? answer.GetString() : null,
                    s.GetProperty("correct").GetBoolean())),
            ]);
        }
    }
}

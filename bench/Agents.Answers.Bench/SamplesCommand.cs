using System.IO.Compression;
using System.Text.Json;

namespace Agents.Answers.Bench;

/// <summary>Compares what extraction finds in recorded samples with the recorded answers, leaving out answers that came from running a program.</summary>
internal static class SamplesCommand
{
    private const int MaxShown = 25;

    public static int Run(string[] files)
    {
        foreach (string file in files)
        {
            int total = 0, agree = 0, abstained = 0, shown = 0;
            AnswerKind kind = file.Contains("date", StringComparison.Ordinal) ? AnswerKind.Date : file.Contains("game24", StringComparison.Ordinal) ? AnswerKind.Any : AnswerKind.Number;
            using var reader = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));
            while (reader.ReadLine() is { } line)
            {
                using JsonDocument row = JsonDocument.Parse(line);
                foreach (JsonElement sample in row.RootElement.GetProperty("samples").EnumerateArray())
                {
                    if (sample.TryGetProperty("answer_from", out JsonElement from) && from.GetString() != "text") continue;
                    string recorded = sample.GetProperty("answer").ToString(), text = sample.GetProperty("text").ToString();
                    if (recorded.Length == 0) continue;
                    total++;
                    Answer? found = AnswerExtractor.Default.Extract(text, kind);
                    if (found is null) abstained++;
                    if (found is not null && AnswerEquivalence.Default.Compare(found, Answer.Parse(recorded, kind)) == Equivalence.Equal) agree++;
                    else if (shown++ < MaxShown) Console.WriteLine($"  recorded {recorded}, found {found?.Text ?? "none"}: …{text[Math.Max(0, text.Length - 160)..].ReplaceLineEndings("⏎")}");
                }
            }

            Console.WriteLine($"{Path.GetFileName(file)}: {agree}/{total} agree ({100.0 * agree / Math.Max(1, total):F2} %), {abstained} abstained");
        }

        return 0;
    }
}

using System.Text.Json;

namespace Agents.Answers.Bench;

/// <summary>Grades a file of pairs {"gold","pred","equal"} in both argument orders and lists what went wrong.</summary>
internal static class GradeCommand
{
    public static int Run(string file)
    {
        int total = 0, right = 0, unequal = 0, unequalRight = 0, asymmetric = 0;
        foreach (string line in File.ReadLines(file))
        {
            using JsonDocument row = JsonDocument.Parse(line);
            string gold = row.RootElement.GetProperty("gold").GetString()!, prediction = row.RootElement.GetProperty("pred").GetString()!;
            bool equal = row.RootElement.GetProperty("equal").GetBoolean();
            Equivalence forward = AnswerGrader.Default.Grade(gold, prediction), backward = AnswerGrader.Default.Grade(prediction, gold);
            total++;
            if (forward != backward) asymmetric++;
            bool isRight = (forward == Equivalence.Equal) == equal && (backward == Equivalence.Equal) == equal;
            right += isRight ? 1 : 0;
            unequal += equal ? 0 : 1;
            unequalRight += !equal && isRight ? 1 : 0;
            if (isRight) continue;
            string id = row.RootElement.TryGetProperty("id", out JsonElement name) ? name.ToString() : $"row {total}";
            Console.WriteLine($"{id}: {forward}/{backward}, expected {(equal ? "equal" : "different")}: {Short(gold)} | {Short(prediction)} || {AnswerExtractor.Default.ExtractWithSpan(gold)} | {AnswerExtractor.Default.ExtractWithSpan(prediction)}");
        }

        Console.WriteLine($"right {right}/{total} ({100.0 * right / total:F1} %), unequal right {unequalRight}/{unequal} ({100.0 * unequalRight / Math.Max(1, unequal):F1} %), asymmetric {asymmetric}");
        return 0;
    }

    private static string Short(string text) => (text.Length <= 160 ? text : text[..40] + " … " + text[^120..]).ReplaceLineEndings("⏎");
}

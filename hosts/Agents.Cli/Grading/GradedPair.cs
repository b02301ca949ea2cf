using System.Text.Json;
using Agents.Answers;

namespace Agents.Cli.Grading;

/// <summary>A line of the pairs.</summary>
/// <param name="Id">Its id as JSON, so that a number stays one.</param>
/// <param name="Gold">The right answer.</param>
/// <param name="Prediction">What is graded.</param>
/// <param name="Expected">The label where the line carries one.</param>
internal sealed record GradedPair(string Id, string Gold, string Prediction, bool? Expected)
{
    public static GradedPair Parse(string file, long number, string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            JsonElement root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
                throw new GradeInputException(file, number, "expected a JSON object");
            bool? expected = root.TryGetProperty("equal", out JsonElement label) && label.ValueKind is JsonValueKind.True or JsonValueKind.False ? label.GetBoolean() : null;
            string id = root.TryGetProperty("id", out JsonElement key) ? key.GetRawText() : throw new GradeInputException(file, number, "\"id\" is missing");
            return new GradedPair(id, Text(root, "gold"), Text(root, "pred"), expected);
        }
        catch (JsonException e)
        {
            throw new GradeInputException(file, number, $"not JSON: {e.Message}");
        }

        string Text(JsonElement root, string name) => !root.TryGetProperty(name, out JsonElement value)
            ? throw new GradeInputException(file, number, $"\"{name}\" is missing")
            : value.ValueKind switch
            {
                JsonValueKind.String => value.GetString()!,
                JsonValueKind.Null => "",
                _ => value.GetRawText(),
            };
    }

    /// <summary>The output line.</summary>
    public string Write(Equivalence equal) => $"{{\"id\":{Id},\"equal\":{equal switch { Equivalence.Equal => "true", Equivalence.Different => "false", _ => "null" }}}}";
}

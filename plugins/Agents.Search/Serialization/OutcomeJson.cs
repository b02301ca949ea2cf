using System.Text.Json;
using Agents.Search.Outcomes;
using Agents.Search.Work;

namespace Agents.Search.Serialization;

/// <summary>Outcomes as members of a JSON object: <c>steps</c>, <c>score</c>, <c>abstains</c> or <c>fails</c>, one of them.</summary>
internal static class OutcomeJson
{
    public static void Write(Utf8JsonWriter writer, Outcome outcome)
    {
        switch (outcome)
        {
            case Expansion expansion:
                writer.WriteStartArray("steps");
                foreach (Step step in expansion.Steps) Write(writer, step);
                writer.WriteEndArray();
                break;
            case Score score:
                writer.WriteNumber("score", score.Value);
                break;
            case Abstention abstention:
                writer.WriteString("abstains", abstention.Reason);
                break;
            case Failure failure:
                writer.WriteString("fails", failure.Reason);
                break;
        }
    }

    public static Outcome Read(JsonElement entry, WorkItemId id)
    {
        if (entry.TryGetProperty("score", out JsonElement score)) return new Score(Finite(score, id));
        if (entry.TryGetProperty("abstains", out JsonElement abstains)) return new Abstention(Text(abstains, "abstains", id));
        if (entry.TryGetProperty("fails", out JsonElement fails)) return new Failure(Text(fails, "fails", id));
        return new Expansion([.. Required(entry, "steps", JsonValueKind.Array, id.ToString()).EnumerateArray().Select(step => ReadStep(step, id))]);
    }

    public static JsonElement Required(JsonElement json, string name, JsonValueKind kind, string where)
    {
        if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty(name, out JsonElement value)) throw new JsonException($"{where} has no '{name}'.");
        return value.ValueKind == kind ? value : throw new JsonException($"'{name}' of {where} is {value.ValueKind}, not {kind}.");
    }

    private static void Write(Utf8JsonWriter writer, Step step)
    {
        writer.WriteStartObject();
        writer.WriteString("text", step.Text);
        if (step.IsTerminal) writer.WriteBoolean("terminal", true);
        if (step.Score is { } score) writer.WriteNumber("score", score);
        writer.WriteEndObject();
    }

    private static Step ReadStep(JsonElement json, WorkItemId id)
    {
        string text = Required(json, "text", JsonValueKind.String, $"a step of {id}").GetString()!;
        bool terminal = json.TryGetProperty("terminal", out JsonElement flag) && flag.ValueKind == JsonValueKind.True;
        return new Step(text, terminal, json.TryGetProperty("score", out JsonElement score) ? Finite(score, id) : null);
    }

    private static double Finite(JsonElement json, WorkItemId id) =>
        json.ValueKind == JsonValueKind.Number && json.TryGetDouble(out double value) && double.IsFinite(value) ? value : throw new JsonException($"The score of {id} is no finite number.");

    private static string? Text(JsonElement json, string name, WorkItemId id) => json.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => json.GetString(),
        _ => throw new JsonException($"'{name}' of {id} is {json.ValueKind}, not a text."),
    };
}

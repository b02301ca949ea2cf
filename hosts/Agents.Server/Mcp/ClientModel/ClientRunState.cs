using System.Text.Json;
using Agents.Reasoning;

namespace Agents.Server.Mcp;

/// <summary>What a run with the client's model is between two rounds: its journal, and no more. It travels through the client.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Rounds">Rounds asked for so far.</param>
/// <param name="StartedAt">When it began, in milliseconds since the Unix epoch; null before the first round.</param>
/// <param name="Entries">The calls that were answered, in order.</param>
internal sealed record ClientRunState(string RunId, int Rounds, long? StartedAt, IReadOnlyList<JournalEntry> Entries)
{
    public static ClientRunState New() => new(IdempotencyKey.NewRunId(), 0, null, []);

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("run", RunId);
        json.WriteNumber("rounds", Rounds);
        json.WriteNumber("started", StartedAt ?? 0);
        json.WriteStartArray("journal");
        foreach (JournalEntry entry in Entries)
            JsonSerializer.Serialize(json, entry, ReasoningJson.Readable.JournalEntry);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    public static ClientRunState Read(JsonElement json) => new(
        json.GetProperty("run").GetString()!,
        json.GetProperty("rounds").GetInt32(),
        json.GetProperty("started").GetInt64() is var started and > 0 ? started : null,
        [.. json.GetProperty("journal").EnumerateArray().Select(e => e.Deserialize(ReasoningJson.Readable.JournalEntry)!)]);
}

using System.Text.Json;

namespace Agents.Testing;

/// <summary>A request as the stub model server received it.</summary>
public sealed record StubRequest
{
    /// <summary>Its place in the order of arrival, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>When it arrived.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>The parsed body.</summary>
    public required JsonElement Body { get; init; }

    /// <summary>The headers, names compared without case.</summary>
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    /// <summary>The <c>Idempotency-Key</c> header, or null.</summary>
    public string? IdempotencyKey => Headers.GetValueOrDefault("Idempotency-Key");

    /// <summary>The model asked for; empty when there is none.</summary>
    public string Model => Body.TryGetProperty("model", out JsonElement model) ? model.GetString()! : "";

    /// <summary>The number of choices asked for; 1 when not stated.</summary>
    public int N => Body.TryGetProperty("n", out JsonElement n) ? n.GetInt32() : 1;

    /// <summary>The seed, or null.</summary>
    public long? Seed => Body.TryGetProperty("seed", out JsonElement seed) ? seed.GetInt64() : null;

    /// <summary>True when a stream was asked for.</summary>
    public bool IsStream => Body.TryGetProperty("stream", out JsonElement stream) && stream.ValueKind == JsonValueKind.True;

    /// <summary>The text of the last user message; empty when there is none.</summary>
    public string Prompt => Messages.LastOrDefault(m => m.Role == "user").Text ?? "";

    /// <summary>The conversation as roles and texts.</summary>
    public IReadOnlyList<(string Role, string Text)> Messages =>
        Body.TryGetProperty("messages", out JsonElement messages)
            ? [.. messages.EnumerateArray().Select(m => (m.GetProperty("role").GetString()!, TextOf(m)))]
            : [];

    /// <summary>The strings at which to stop.</summary>
    public IReadOnlyList<string> Stop =>
        !Body.TryGetProperty("stop", out JsonElement stop) ? []
        : stop.ValueKind == JsonValueKind.Array ? [.. stop.EnumerateArray().Select(s => s.GetString()!)]
        : [stop.GetString()!];

    /// <summary>Whether the body states <paramref name="parameter"/>.</summary>
    public bool Has(string parameter) => Body.TryGetProperty(parameter, out _);

    private static string TextOf(JsonElement message) =>
        !message.TryGetProperty("content", out JsonElement content) ? ""
        : content.ValueKind == JsonValueKind.String ? content.GetString()!
        : content.ValueKind == JsonValueKind.Array ? string.Concat(content.EnumerateArray().Select(p => p.TryGetProperty("text", out JsonElement text) ? text.GetString() : ""))
        : "";
}

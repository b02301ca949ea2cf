using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Agents.Evaluation;

/// <summary>One question with its samples, as <see cref="SampleRecorder"/> writes it and <see cref="EvaluationReader"/> reads it.</summary>
internal sealed record RecordedLine(
    string Id,
    string Question,
    string Gold,
    [property: JsonPropertyName("recorded_by")] string RecordedBy,
    IReadOnlyList<RecordedLineSample> Samples,
    [property: JsonPropertyName("failed")] int Failed);

/// <summary>One sample of a line.</summary>
internal sealed record RecordedLineSample(
    string Text,
    string? Answer,
    bool? Correct,
    [property: JsonPropertyName("finish_reason")] string? FinishReason,
    [property: JsonPropertyName("input_tokens")] long? InputTokens,
    [property: JsonPropertyName("output_tokens")] long? OutputTokens);

/// <summary>Serialisation of recorded lines.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RecordedLine))]
internal sealed partial class RecordedLineJson : JsonSerializerContext
{
    /// <summary>Signs of mathematics and other scripts stay readable.</summary>
    public static RecordedLineJson Readable { get; } = new(new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}

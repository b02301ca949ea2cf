using System.Text.Json;
using System.Text.Json.Serialization;

namespace Agents.Reasoning.SemanticKernel;

/// <summary>What a model reads that called the streaming function: which function to call instead. Nothing runs.</summary>
public sealed class ReasoningStreamJsonConverter : JsonConverter<ReasoningStream>
{
    /// <summary>Not supported.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public override ReasoningStream Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("A stream of events cannot be read from JSON.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, ReasoningStream value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString("error", "SolveStreaming is for programs that show progress. Call Solve with the same arguments.");
        writer.WriteEndObject();
    }
}

using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Agents.Answers;

namespace Agents.Reasoning;

/// <summary>The JSON form of results, events and outcomes: snake_case names, nulls left out, readable text.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(AnswerJsonConverter)])]
[JsonSerializable(typeof(ReasoningResult))]
[JsonSerializable(typeof(ReasoningEvent))]
[JsonSerializable(typeof(CallOutcome))]
[JsonSerializable(typeof(SampleOptions))]
[JsonSerializable(typeof(JournalEntry))]
[JsonSerializable(typeof(RunHeader))]
[JsonSerializable(typeof(RunSubject))]
[JsonSerializable(typeof(RoundState))]
public sealed partial class ReasoningJson : JsonSerializerContext
{
    /// <summary>The context to use: letters of every language stand for themselves.</summary>
    public static ReasoningJson Readable => readable.Value;

    // Lazy: the generated half of this class initialises its statics in an order that this half cannot rely on.
    private static readonly Lazy<ReasoningJson> readable = new(() =>
        new ReasoningJson(new JsonSerializerOptions(Default!.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
}

/// <summary>An answer is its text in JSON; reading parses it again.</summary>
public sealed class AnswerJsonConverter : JsonConverter<Answer>
{
    /// <inheritdoc/>
    public override Answer Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Answer.Parse(reader.GetString() ?? "");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Answer value, JsonSerializerOptions options) => writer.WriteStringValue(value.Text);
}

using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Agents.Reasoning;

namespace Agents.Evaluation;

/// <summary>The JSON form of rows and summaries: snake_case names, nulls written, readable text.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(EvaluationRow))]
[JsonSerializable(typeof(EvaluationSummary))]
[JsonSerializable(typeof(StopReason))]
[JsonSerializable(typeof(VerdictRow))]
public sealed partial class EvaluationJson : JsonSerializerContext
{
    /// <summary>One line, letters of every language standing for themselves.</summary>
    public static EvaluationJson Readable => readable.Value;

    /// <summary>The same, indented.</summary>
    public static EvaluationJson Indented => indented.Value;

    // Lazy: the generated half of this class initialises its statics in an order that this half cannot rely on.
    private static readonly Lazy<EvaluationJson> readable = new(() => With(indented: false));
    private static readonly Lazy<EvaluationJson> indented = new(() => With(indented: true));

    private static EvaluationJson With(bool indented) =>
        new(new JsonSerializerOptions(Default!.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, WriteIndented = indented, NewLine = "\n" });
}

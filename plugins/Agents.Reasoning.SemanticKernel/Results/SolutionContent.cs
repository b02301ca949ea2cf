using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.SemanticKernel;

namespace Agents.Reasoning.SemanticKernel;

/// <summary>
/// A solved problem as a kernel passes it on. <c>InvokeAsync&lt;ReasoningResult&gt;</c> gives the whole result with its
/// certificate, <c>InvokeAsync&lt;string&gt;</c> and templates the answer's text, and a model that called the function reads a
/// short JSON object: answer, confidence, votes, why the run ended, or why there is no answer.
/// </summary>
[JsonConverter(typeof(SolutionContentJsonConverter))]
public sealed class SolutionContent : KernelContent
{
    /// <summary>Creates the content.</summary>
    /// <param name="result">The result.</param>
    public SolutionContent(ReasoningResult result)
        : base(result, modelId: null, new Dictionary<string, object?>
        {
            ["Strategy"] = result.Strategy,
            ["StopReason"] = result.StopReason,
            ["Confidence"] = result.Confidence,
            ["Usage"] = result.Usage,
        })
    {
        Result = result;
    }

    /// <summary>The result.</summary>
    public ReasoningResult Result { get; }

    /// <summary>The answer's text, or null when none could be reached.</summary>
    public string? Answer => Result.Answer?.Text;

    /// <summary>How sure the strategy is of its answer, 0–1, or null when its method gives no such number.</summary>
    public double? Confidence => Result.Confidence;

    /// <summary>The answer's text; without one, why there is none.</summary>
    public override string ToString() => Answer ?? $"No answer: {Result.Failure}";
}

/// <summary>What a model reads of a solution.</summary>
public sealed class SolutionContentJsonConverter : JsonConverter<SolutionContent>
{
    /// <summary>Not supported: the certificate is not part of the JSON.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public override SolutionContent Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("A solution's JSON is a summary for a model; it cannot be read back.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, SolutionContent value, JsonSerializerOptions options)
    {
        ReasoningResult result = value.Result;
        writer.WriteStartObject();
        writer.WriteString("answer", result.Answer?.Text);
        if (result.Confidence is { } confidence)
            writer.WriteNumber("confidence", Math.Round(confidence, 4));
        if (result.Failure is { } failure)
            writer.WriteString("failure", failure);
        writer.WriteStartArray("votes");
        foreach (VoteShare vote in result.Votes)
        {
            writer.WriteStartObject();
            writer.WriteString("answer", vote.Answer.Text);
            writer.WriteNumber("votes", vote.Votes);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteString("strategy", result.Strategy);
        writer.WriteString("stop_reason", JsonNamingPolicy.SnakeCaseLower.ConvertName(result.StopReason.ToString()));
        writer.WriteNumber("model_calls", result.Usage.ModelCalls);
        writer.WriteStartArray("notes");
        foreach (string note in result.Notes)
            writer.WriteStringValue(note);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}

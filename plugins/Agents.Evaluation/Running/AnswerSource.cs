using System.Text.Json.Serialization;

namespace Agents.Evaluation;

/// <summary>Where the answer of a sample comes from.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AnswerSource>))]
public enum AnswerSource
{
    /// <summary>The answer recorded beside the sample.</summary>
    [JsonStringEnumMemberName("recorded")] Recorded,
    /// <summary>The sample's text, read by the extractor.</summary>
    [JsonStringEnumMemberName("extracted")] Extracted,

    /// <summary>The last fenced block of code in the sample's text.</summary>
    [JsonStringEnumMemberName("code")] Code,
}

using System.Text.Json.Serialization;

namespace Agents.Reasoning;

/// <summary>How scores are made probabilities.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CalibrationMethod>))]
public enum CalibrationMethod
{
    /// <summary>The monotone step function closest to the labels, by pooling adjacent violators. Zadrozny and Elkan 2002, KDD.</summary>
    [JsonStringEnumMemberName("isotonic")] Isotonic,

    /// <summary>A logistic curve of the score. Platt 1999, Advances in Large Margin Classifiers.</summary>
    [JsonStringEnumMemberName("platt")] Platt,
}

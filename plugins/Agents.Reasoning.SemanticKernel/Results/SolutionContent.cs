using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.SemanticKernel;

namespace Agents.Reasoning.SemanticKernel;

/// <summary>
/// A solved problem as a kernel passes it on. <c>InvokeAsync&lt;ReasoningResult&gt;</c> gives the whole result with its
/// certificate, <c>InvokeAsync&lt;string&gt;</c> and templates the answer's text. A model that called the function reads the
/// metadata as JSON: answer, confidence, votes, why the run ended, or why there is no answer.
/// </summary>
/// <remarks>
/// Metadata, because of a content that is not one of its own kinds Semantic Kernel writes what every content has and nothing
/// else, whatever converter the type names.
/// </remarks>
public sealed class SolutionContent : KernelContent
{
    /// <summary>Creates the content.</summary>
    /// <param name="result">The result.</param>
    public SolutionContent(ReasoningResult result)
        : base(result, modelId: null, Summary(result)) => Result = result;

    /// <summary>The result.</summary>
    [JsonIgnore]
    public ReasoningResult Result { get; }

    /// <summary>The answer's text, or null when none could be reached.</summary>
    [JsonIgnore]
    public string? Answer => Result.Answer?.Text;

    /// <summary>How sure the strategy is of its answer, 0–1, or null when its method gives no such number.</summary>
    [JsonIgnore]
    public double? Confidence => Result.Confidence;

    /// <summary>The answer's text; without one, why there is none.</summary>
    public override string ToString() => Answer ?? $"No answer: {Result.Failure}";

    private static Dictionary<string, object?> Summary(ReasoningResult result)
    {
        const int MostVotes = 5;
        var summary = new Dictionary<string, object?> { ["answer"] = result.Answer?.Text };
        if (result.Confidence is { } confidence)
            summary["confidence"] = Math.Round(confidence, 4);
        if (result.Failure is { } failure)
            summary["failure"] = failure;
        summary["votes"] = result.Votes.Take(MostVotes).Select(v => new Dictionary<string, object?> { ["answer"] = v.Answer.Text, ["votes"] = v.Votes }).ToArray();
        summary["strategy"] = result.Strategy;
        summary["stop_reason"] = JsonNamingPolicy.SnakeCaseLower.ConvertName(result.StopReason.ToString());
        summary["model_calls"] = result.Usage.ModelCalls;
        if (result.Notes.Count > 0)
            summary["notes"] = result.Notes;
        return summary;
    }
}

using System.Text.Json;
using Agents.Reasoning;

namespace Agents.Evaluation;

/// <summary>The word for a stop reason, the same as in the results.</summary>
internal static class StopReasonText
{
    public static string Of(StopReason reason) => JsonSerializer.SerializeToElement(reason, EvaluationJson.Readable.StopReason).GetString()!;
}

using System.Text.Json;
using Agents.Hosting.Requests;
using Agents.Reasoning.Strategies;

namespace Agents.Hosting.Operations;

/// <summary>
/// Reads a solution that a client hands in: its text, or an object with text, answer and score. A candidate of a result is one
/// too, so that what one step returns the next one takes.
/// </summary>
internal static class CandidateReader
{
    /// <summary>Names in a result's candidate that say nothing to a step.</summary>
    private static readonly string[] passedOver = ["index", "selected", "thinking", "finish_reason", "error"];

    public static GivenSolution Read(JsonElement item, string place)
    {
        if (item.ValueKind == JsonValueKind.String)
            return new GivenSolution(Parameters.Text(item, place));
        Parameters.OnlyKnown(Parameters.Object(item, place), place + ".", ["text", "answer", "score", "verdicts", .. passedOver]);
        string? text = Parameters.Find(item, "text") is { } t ? Parameters.Text(t, place + ".text") : null;
        string? answer = Parameters.Find(item, "answer") is { } a ? Parameters.Text(a, place + ".answer") : null;
        // A failed sample has neither; it keeps its place and abstains.
        if (text is null && answer is null && Parameters.Find(item, "error") is null)
            throw ApiException.Invalid(place, $"'{place}' needs 'text' or 'answer'.", "missing_parameter");
        return new GivenSolution(text, answer, Score(item, place));
    }

    private static double? Score(JsonElement item, string place)
    {
        if (Parameters.Find(item, "score") is { } score)
            return Parameters.Number(score, place + ".score", 0, 1);
        if (Parameters.Find(item, "verdicts") is not { } verdicts)
            return null;
        double[] scores =
        [
            .. Parameters.Array(verdicts, place + ".verdicts").EnumerateArray()
                .Select((v, i) => Parameters.Find(Parameters.Object(v, $"{place}.verdicts[{i}]"), "score") is { } s ? (double?)Parameters.Number(s, $"{place}.verdicts[{i}].score", 0, 1) : null)
                .OfType<double>(),
        ];
        return scores.Length == 0 ? null : scores.Average();
    }
}

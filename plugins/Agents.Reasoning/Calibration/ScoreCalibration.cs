using System.Text.Json;

namespace Agents.Reasoning;

/// <summary>
/// A map from a verifier's scores to the probability that the candidate is right, fitted on labelled candidates. It holds for
/// that verifier and for questions like those it was fitted on. Immutable, thread-safe; a small JSON document without a date,
/// so that the same fit is the same file.
/// </summary>
public sealed record ScoreCalibration
{
    /// <summary>The version of the document that this build reads and writes.</summary>
    public const int CurrentVersion = 1;

    /// <summary>The version of the document.</summary>
    public int Version { get; init; } = CurrentVersion;

    /// <summary>The name of the verifier whose scores these are.</summary>
    public required string Verifier { get; init; }

    /// <summary>That verifier's fingerprint: another prompt, scale or number of votes needs another calibration.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>The kind of map.</summary>
    public required CalibrationMethod Method { get; init; }

    /// <summary>Isotonic: points by rising score, linear in between, flat outside; at least one. Platt: none.</summary>
    public IReadOnlyList<CalibrationKnot> Knots { get; init; } = [];

    /// <summary>Platt: a in 1 / (1 + e^−(a·s + b)).</summary>
    public double Slope { get; init; }

    /// <summary>Platt: b in 1 / (1 + e^−(a·s + b)).</summary>
    public double Intercept { get; init; }

    /// <summary>Labelled scores that it was fitted on.</summary>
    public required int Labels { get; init; }

    /// <summary>How many of them were right.</summary>
    public required int Right { get; init; }

    /// <summary>SHA-256 of the data's bytes, lower-case hexadecimal.</summary>
    public required string DataSha256 { get; init; }

    /// <summary>The probability that a candidate of this score is right, 0–1.</summary>
    /// <param name="score">The verifier's score, 0–1.</param>
    public double Apply(double score) => Method == CalibrationMethod.Platt
        ? 1 / (1 + Math.Exp(-(Slope * score + Intercept)))
        : Interpolate(score);

    /// <summary>The document as text, indented, with a line feed at the end.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, CalibrationJson.Indented.ScoreCalibration) + "\n";

    /// <summary>Reads a document.</summary>
    /// <param name="json">Its text.</param>
    /// <param name="source">What to call it in errors, such as the file's name.</param>
    /// <exception cref="FormatException">It is no calibration, of another version, or its map is not one; one line says what.</exception>
    public static ScoreCalibration Parse(string json, string source)
    {
        ScoreCalibration? read;
        try
        {
            read = JsonSerializer.Deserialize(json, CalibrationJson.Indented.ScoreCalibration);
        }
        catch (JsonException e)
        {
            throw new FormatException($"{source} is no calibration: {e.Message}", e);
        }

        if ((read is null ? "it is empty" : read.Problem()) is { } problem)
            throw new FormatException($"{source} is no calibration: {problem}.");
        return read!;
    }

    private string? Problem()
    {
        if (Version != CurrentVersion)
            return FormattableString.Invariant($"its version is {Version}, this build reads {CurrentVersion}");
        // The reader leaves null where the field is missing.
        if (Knots is null)
            return "knots are missing";
        if (Labels < 1 || Right < 0 || Right > Labels)
            return FormattableString.Invariant($"{Right} right of {Labels} labels cannot be");
        if (Method == CalibrationMethod.Platt)
            return double.IsFinite(Slope) && double.IsFinite(Intercept) ? null : "slope and intercept must be finite";
        if (Knots.Count == 0)
            return "an isotonic map needs at least one knot";
        for (int i = 0; i < Knots.Count; i++)
        {
            if (Knots[i] is not { Score: >= 0 and <= 1, Probability: >= 0 and <= 1 })
                return FormattableString.Invariant($"knots[{i}] lies outside 0 to 1");
            if (i > 0 && (Knots[i].Score <= Knots[i - 1].Score || Knots[i].Probability < Knots[i - 1].Probability))
                return FormattableString.Invariant($"knots[{i}] does not rise");
        }

        return null;
    }

    private double Interpolate(double score)
    {
        int above = 0;
        while (above < Knots.Count && Knots[above].Score < score)
            above++;
        if (above == 0)
            return Knots[0].Probability;
        if (above == Knots.Count)
            return Knots[^1].Probability;
        (CalibrationKnot low, CalibrationKnot high) = (Knots[above - 1], Knots[above]);
        // At a knot exactly its value: interpolating would round it.
        return score == high.Score || low.Probability == high.Probability
            ? high.Probability
            : low.Probability + (score - low.Score) / (high.Score - low.Score) * (high.Probability - low.Probability);
    }
}

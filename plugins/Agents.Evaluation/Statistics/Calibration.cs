namespace Agents.Evaluation;

/// <summary>
/// Whether a confidence means what it says: among answers given with confidence 0.8, eight of ten should be right.
/// Expected calibration error after Guo et al. 2017, arXiv:1706.04599; equal-mass bins after Nguyen and O'Connor 2015, arXiv:1508.05154.
/// </summary>
/// <param name="Count">Answers with a confidence.</param>
/// <param name="Brier">The mean squared difference of confidence and outcome, 0 (perfect) to 1; 0.25 is what a constant ½ gets.</param>
/// <param name="ExpectedError">ECE over equal-width bins: the mean |accuracy − confidence|, weighted by count, 0–1.</param>
/// <param name="ExpectedErrorEqualMass">ECE over bins of equal count.</param>
/// <param name="Bins">The equal-width bins, lowest first; empty ones stay.</param>
public sealed record Calibration(int Count, double Brier, double ExpectedError, double ExpectedErrorEqualMass, IReadOnlyList<CalibrationBin> Bins)
{
    /// <summary>Measures pairs of confidence (0–1) and outcome; null when there are none.</summary>
    /// <param name="pairs">The answers.</param>
    /// <param name="bins">The number of bins, at least 1.</param>
    public static Calibration? Of(IReadOnlyList<(double Confidence, bool Correct)> pairs, int bins = 10)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        if (pairs.Count == 0)
            return null;
        IReadOnlyList<CalibrationBin> equalWidth = EqualWidth(pairs, bins);
        return new Calibration(
            pairs.Count,
            pairs.Average(p => (p.Confidence - (p.Correct ? 1 : 0)) * (p.Confidence - (p.Correct ? 1 : 0))),
            Error(equalWidth),
            Error(EqualMass(pairs, bins)),
            equalWidth);
    }

    /// <summary>Bins of equal width over [0, 1].</summary>
    public static IReadOnlyList<CalibrationBin> EqualWidth(IReadOnlyList<(double Confidence, bool Correct)> pairs, int bins)
    {
        ILookup<int, (double, bool)> members = pairs.ToLookup(p => Math.Clamp((int)(p.Confidence * bins), 0, bins - 1));
        return [.. Enumerable.Range(0, bins).Select(b => Bin((double)b / bins, (double)(b + 1) / bins, [.. members[b]]))];
    }

    /// <summary>Bins of equal count (they differ by one at most), by rising confidence; fewer than asked when there are fewer answers.</summary>
    public static IReadOnlyList<CalibrationBin> EqualMass(IReadOnlyList<(double Confidence, bool Correct)> pairs, int bins)
    {
        (double Confidence, bool Correct)[] sorted = [.. pairs.OrderBy(p => p.Confidence)];
        bins = Math.Min(bins, sorted.Length);
        return
        [
            .. Enumerable.Range(0, bins).Select(b =>
            {
                (double Confidence, bool Correct)[] members = sorted[(int)((long)b * sorted.Length / bins)..(int)((b + 1L) * sorted.Length / bins)];
                return Bin(members[0].Confidence, members[^1].Confidence, members);
            }),
        ];
    }

    private static double Error(IReadOnlyList<CalibrationBin> bins) =>
        bins.Sum(b => b.Count * Math.Abs(b.Accuracy - b.Confidence)) / bins.Sum(b => b.Count);

    private static CalibrationBin Bin(double low, double high, (double Confidence, bool Correct)[] members) =>
        members.Length == 0
            ? new CalibrationBin(low, high, 0, 0, 0)
            : new CalibrationBin(low, high, members.Length, members.Average(m => m.Confidence), members.Count(m => m.Correct) / (double)members.Length);
}

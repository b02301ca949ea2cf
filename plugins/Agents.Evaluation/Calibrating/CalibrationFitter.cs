using Agents.Reasoning;

namespace Agents.Evaluation;

/// <summary>
/// Fits a verifier's scores to probabilities and says by cross-validation over questions what that is worth. A pure function of
/// scores and options.
/// </summary>
public static class CalibrationFitter
{
    /// <summary>Fits and measures.</summary>
    /// <param name="verifier">The verifier whose scores these are.</param>
    /// <param name="scores">Its labelled scores.</param>
    /// <param name="dataSha256">The hash of the data that they come from.</param>
    /// <param name="abstentions">Candidates on which it abstained.</param>
    /// <param name="options">Options; null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    /// <exception cref="ArgumentException">There are too few questions, or nothing right or nothing wrong among the labels.</exception>
    public static CalibrationFit Fit(IVerifier verifier, IReadOnlyList<LabelledScore> scores, string dataSha256, int abstentions = 0, CalibrationOptions? options = null)
    {
        options ??= new();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Folds, 2, "Folds");
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Bins, 1, "Bins");
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Resamples, 100, "Resamples");
        int right = scores.Count(s => s.Correct);
        string[] questions = [.. scores.Select(s => s.Question).Distinct(StringComparer.Ordinal)];
        if (questions.Length < 2)
            throw new ArgumentException(FormattableString.Invariant($"A calibration needs scored candidates of at least two questions; '{verifier.Name}' scored those of {questions.Length} and abstained on {abstentions} candidates."));
        if (right == 0 || right == scores.Count)
            throw new ArgumentException(FormattableString.Invariant($"All {scores.Count} scored candidates are {(right == 0 ? "wrong" : "right")}: there is nothing to tell apart."));
        if (scores.FirstOrDefault(s => s.Score is not (>= 0 and <= 1)) is { } outside)
            throw new ArgumentException(FormattableString.Invariant($"The score {outside.Score} of a candidate of question '{outside.Question}' lies outside 0 to 1."));

        int folds = Math.Min(options.Folds, questions.Length);
        int[] foldOf = FoldOfScore(scores, questions, folds, options.Seed);
        double[] isotonic = HeldOut(CalibrationMethod.Isotonic), platt = HeldOut(CalibrationMethod.Platt);
        double isotonicLoss = LogLoss(scores, isotonic), plattLoss = LogLoss(scores, platt);
        CalibrationMethod method = options.Method ?? (isotonicLoss <= plattLoss ? CalibrationMethod.Isotonic : CalibrationMethod.Platt);
        ScoreCalibration calibration = Map(method, scores) with { Verifier = verifier.Name, Fingerprint = verifier.Fingerprint, DataSha256 = dataSha256 };
        return new CalibrationFit(calibration, Report(method == CalibrationMethod.Isotonic ? isotonic : platt));

        double[] HeldOut(CalibrationMethod tried)
        {
            double[] predictions = new double[scores.Count];
            for (int fold = 0; fold < folds; fold++)
            {
                ScoreCalibration map = Map(tried, [.. scores.Where((_, i) => foldOf[i] != fold)]);
                for (int i = 0; i < scores.Count; i++)
                {
                    if (foldOf[i] == fold)
                        predictions[i] = map.Apply(scores[i].Score);
                }
            }

            return predictions;
        }

        CalibrationReport Report(double[] predictions)
        {
            (ProbabilityQuality before, ProbabilityQuality after, Interval brier, Interval error) = CalibrationBootstrap.Compare(scores, predictions, questions, options);
            return new CalibrationReport(scores.Count, right, questions.Length, abstentions, folds, method, isotonicLoss, plattLoss, before, after, brier, error);
        }
    }

    private static ScoreCalibration Map(CalibrationMethod method, IReadOnlyList<LabelledScore> scores)
    {
        (double slope, double intercept) = method == CalibrationMethod.Platt ? PlattFit.Of(scores) : (0, 0);
        return new ScoreCalibration
        {
            Verifier = "",
            Fingerprint = "",
            Method = method,
            Knots = method == CalibrationMethod.Isotonic ? IsotonicFit.Knots(scores) : [],
            Slope = slope,
            Intercept = intercept,
            Labels = scores.Count,
            Right = scores.Count(s => s.Correct),
            DataSha256 = "",
        };
    }

    /// <summary>Questions in a random order, dealt out to the folds one by one.</summary>
    private static int[] FoldOfScore(IReadOnlyList<LabelledScore> scores, string[] questions, int folds, long seed)
    {
        int[] order = [.. Enumerable.Range(0, questions.Length)];
        new SplitMix64(unchecked((ulong)seed)).Shuffle(order);
        Dictionary<string, int> fold = order.Select((question, place) => (Id: questions[question], Fold: place % folds)).ToDictionary(q => q.Id, q => q.Fold, StringComparer.Ordinal);
        return [.. scores.Select(s => fold[s.Question])];
    }

    // A step function may say 0 or 1 of what it saw always or never; one exception would then cost infinitely much.
    private static double LogLoss(IReadOnlyList<LabelledScore> scores, double[] predictions)
    {
        double least = 0.5 / scores.Count;
        return scores.Select((s, i) => -Math.Log(Math.Clamp(s.Correct ? predictions[i] : 1 - predictions[i], least, 1))).Average();
    }
}

using Agents.Reasoning;

namespace Agents.Evaluation;

/// <summary>A calibration, and what it is worth on questions it was not fitted on.</summary>
/// <param name="Calibration">The map, fitted on all labels.</param>
/// <param name="Report">Its worth.</param>
public sealed record CalibrationFit(ScoreCalibration Calibration, CalibrationReport Report);

/// <summary>Held-out quality of a verifier's scores before and after calibration. Folds are of whole questions.</summary>
/// <param name="Labels">Labelled scores.</param>
/// <param name="Right">How many of them are right.</param>
/// <param name="Questions">Questions they come from.</param>
/// <param name="Abstentions">Candidates that the verifier abstained on; they are in no figure here.</param>
/// <param name="Folds">Folds in fact.</param>
/// <param name="Method">The method used.</param>
/// <param name="IsotonicLogLoss">Held-out log loss of isotonic regression, in nats.</param>
/// <param name="PlattLogLoss">Held-out log loss of Platt's curve, in nats.</param>
/// <param name="Before">The raw scores taken as probabilities.</param>
/// <param name="After">The held-out calibrated probabilities.</param>
/// <param name="BrierChange">95 % interval of the change of the Brier score, after − before, paired by question.</param>
/// <param name="ErrorChange">95 % interval of the change of the calibration error, after − before, paired by question.</param>
public sealed record CalibrationReport(
    int Labels, int Right, int Questions, int Abstentions, int Folds, CalibrationMethod Method, double IsotonicLogLoss, double PlattLogLoss,
    ProbabilityQuality Before, ProbabilityQuality After, Interval BrierChange, Interval ErrorChange);

/// <summary>How good probabilities are; intervals are 95 % percentile intervals of a bootstrap over questions.</summary>
/// <param name="Brier">Mean squared difference of probability and outcome, 0 (perfect) to 1. Brier 1950, Monthly Weather Review 78(1).</param>
/// <param name="BrierInterval">Its interval.</param>
/// <param name="ExpectedError">Expected calibration error over bins of equal mass, 0–1. Resampling adds noise to bins: its interval leans upwards.</param>
/// <param name="ExpectedErrorInterval">Its interval.</param>
/// <param name="Bins">Bins in fact.</param>
public sealed record ProbabilityQuality(double Brier, Interval BrierInterval, double ExpectedError, Interval ExpectedErrorInterval, int Bins);

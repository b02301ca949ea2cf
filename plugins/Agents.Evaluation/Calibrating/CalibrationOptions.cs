using Agents.Reasoning;

namespace Agents.Evaluation;

/// <summary>Options of <see cref="CalibrationFitter"/>.</summary>
public sealed record CalibrationOptions
{
    /// <summary>The kind of map; null: that of the lower held-out log loss.</summary>
    public CalibrationMethod? Method { get; init; }

    /// <summary>Folds of the cross-validation, 2 or more; fewer where there are fewer questions. Default 5.</summary>
    public int Folds { get; init; } = 5;

    /// <summary>Bins of the calibration error, at least 1; equal scores stay in one bin, so there may be fewer. Default 10.</summary>
    public int Bins { get; init; } = 10;

    /// <summary>The seed of folds and bootstrap.</summary>
    public long Seed { get; init; }

    /// <summary>Resamples of the bootstrap over questions, at least 100. Default 2,000.</summary>
    public int Resamples { get; init; } = 2_000;
}

namespace Agents.Reasoning;

/// <summary>
/// Where a sample is given up while it runs: as soon as the mean confidence of its last <paramref name="Window"/> tokens is below
/// <paramref name="Floor"/>. The outcome then holds what was written, its finish reason is <see cref="FinishReason"/>, and its
/// tokens are counted. A sample shorter than the window is never given up. Fu et al. 2025 (DeepConf), arXiv:2508.15260.
/// </summary>
/// <param name="Window">Tokens of a group, at least 1.</param>
/// <param name="Floor">The least mean confidence, as <see cref="GroupConfidence"/> counts it; a finite number.</param>
/// <param name="Alternatives">How many of the most likely tokens a token's confidence is taken over, 1–20.</param>
public sealed record ConfidenceFloor(int Window, double Floor, int Alternatives = 20)
{
    /// <summary>The finish reason of a sample that was given up.</summary>
    public const string FinishReason = "confidence_floor";

    /// <summary>Checks the rule.</summary>
    /// <exception cref="ArgumentException">A number is out of its range; the message names it.</exception>
    public void Validate()
    {
        if (Window < 1)
            throw new ArgumentException($"ConfidenceFloor.Window is {Window}; it must be at least 1.");
        if (!double.IsFinite(Floor))
            throw new ArgumentException($"ConfidenceFloor.Floor is {Floor}; it must be a finite number.");
        if (Alternatives is < 1 or > 20)
            throw new ArgumentException($"ConfidenceFloor.Alternatives is {Alternatives}; it must be 1 to 20.");
    }
}

using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Agents.Reasoning.Verifiers;

/// <summary>
/// A verifier whose scores are made probabilities by a calibration: of candidates with score 0.7, seven of ten are right, as far
/// as the questions are like those of the fit. Calls: those of the verifier. Abstentions pass through, and the scores of single
/// steps stay as they are: they were not what the labels were about.
/// </summary>
public sealed class CalibratedVerifier : IVerifier
{
    private readonly IVerifier verifier;
    private readonly ScoreCalibration calibration;

    /// <summary>Wraps a verifier.</summary>
    /// <param name="verifier">The verifier that the calibration was fitted for.</param>
    /// <param name="calibration">The calibration.</param>
    /// <exception cref="ArgumentException">The calibration was fitted for another verifier, or for this one with other settings.</exception>
    public CalibratedVerifier(IVerifier verifier, ScoreCalibration calibration)
    {
        ArgumentNullException.ThrowIfNull(verifier);
        ArgumentNullException.ThrowIfNull(calibration);
        if (calibration.Fingerprint != verifier.Fingerprint)
        {
            throw new ArgumentException(
                $"The calibration was fitted for the verifier '{calibration.Verifier}' ({calibration.Fingerprint}), not for '{verifier.Name}' ({verifier.Fingerprint}). Fit one for it with `agents calibrate`.",
                nameof(calibration));
        }

        this.verifier = verifier;
        this.calibration = calibration;
        string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(calibration.ToJson())).AsSpan(0, 8));
        Fingerprint = $"calibrated/1|{verifier.Fingerprint}|{hash}";
    }

    /// <summary>The verifier inside.</summary>
    internal IVerifier Inner => verifier;

    /// <summary>The calibration.</summary>
    public ScoreCalibration Calibration => calibration;

    /// <summary>The name of the verifier inside.</summary>
    public string Name => verifier.Name;

    /// <inheritdoc/>
    public string Fingerprint { get; }

    /// <inheritdoc/>
    public EvidenceNeed LogProbabilities => verifier.LogProbabilities;

    /// <inheritdoc/>
    public int Alternatives => verifier.Alternatives;

    /// <inheritdoc/>
    public async Task<Verdict> VerifyAsync(ReasoningContext context, ReasoningRequest request, Candidate candidate)
    {
        Verdict verdict = await verifier.VerifyAsync(context, request, candidate);
        if (verdict.Score is not { } score)
            return verdict;
        // A score outside 0 to 1 is a fault of the verifier, and stays visible as one.
        if (score is not (>= 0 and <= 1))
            return verdict;
        double probability = calibration.Apply(score);
        return verdict with
        {
            Score = probability,
            Rationale = string.Create(CultureInfo.InvariantCulture, $"{verdict.Rationale} (score {score:0.###}, calibrated {probability:0.###})").TrimStart(),
        };
    }
}

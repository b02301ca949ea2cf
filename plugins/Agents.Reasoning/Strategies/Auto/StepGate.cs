using System.Globalization;
using Agents.Reasoning.Verifiers;

namespace Agents.Reasoning.Strategies;

/// <summary>
/// Whether a verifier may steer a search. Searching lives on scores of unfinished solutions, and a verifier whose errors are not
/// known makes it worse than sampling: so it must have shown what it is worth. An exact step checker passes where it has
/// something to say on this question; any other only with a calibration that tells right from wrong.
/// </summary>
internal static class StepGate
{
    /// <summary>Labels below which a calibration is not believed.</summary>
    public const int MinLabels = 100;

    /// <summary>The least difference between the probabilities of the scores 1 and 0.</summary>
    public const double MinSpread = 0.25;

    /// <summary>The least share of candidates that an exact checker must have scored.</summary>
    public const double MinScored = 0.5;

    /// <summary>The verifier of steps, or null, and why.</summary>
    /// <param name="verifier">The strategy's verifier.</param>
    /// <param name="candidates">The candidates so far, judged.</param>
    public static (IStepVerifier? Steps, string Why) Of(IVerifier? verifier, IReadOnlyList<Candidate> candidates)
    {
        switch (verifier)
        {
            case null:
                return (null, "there is no verifier");
            case CalibratedVerifier calibrated:
                return OfCalibrated(calibrated);
            case IStepVerifier { IsExact: true } exact:
                Candidate[] answered = [.. candidates.Where(c => c.Answer is not null)];
                int scored = answered.Count(c => c.Verdicts.Any(v => v.Score is not null));
                string said = string.Create(CultureInfo.InvariantCulture, $"the exact check '{exact.Name}' scored {scored} of {answered.Length} candidates");
                return scored > 0 && scored >= MinScored * answered.Length ? (exact, said) : (null, said);
            default:
                return (null, $"the verifier '{verifier.Name}' is not calibrated");
        }
    }

    private static (IStepVerifier?, string) OfCalibrated(CalibratedVerifier verifier)
    {
        ScoreCalibration calibration = verifier.Calibration;
        if (verifier.Inner is not IStepVerifier steps)
            return (null, $"the verifier '{verifier.Name}' judges no steps");
        double spread = calibration.Apply(1) - calibration.Apply(0);
        string said = string.Create(CultureInfo.InvariantCulture, $"the calibration of '{verifier.Name}' has {calibration.Labels} labels and tells right from wrong by {spread:0.00}");
        return calibration.Labels >= MinLabels && spread >= MinSpread ? (new CalibratedSteps(steps, verifier), said) : (null, said);
    }

    /// <summary>Steps by the raw scores, which order siblings; whole solutions by the calibrated ones, which are weighed against those sampled.</summary>
    private sealed class CalibratedSteps(IStepVerifier steps, CalibratedVerifier whole) : IStepVerifier
    {
        public string Name => whole.Name;

        public string Fingerprint => whole.Fingerprint;

        public EvidenceNeed LogProbabilities => whole.LogProbabilities;

        public Task<Verdict> VerifyAsync(ReasoningContext context, ReasoningRequest request, Candidate candidate) => whole.VerifyAsync(context, request, candidate);

        public Task<Verdict> VerifyStepAsync(ReasoningContext context, ReasoningRequest request, PartialSolution solution) => solution.IsComplete
            ? whole.VerifyAsync(context, request, new Candidate(0, solution.Last with { Outcome = solution.Last.Outcome with { Text = solution.Text } }, solution.Answer))
            : steps.VerifyStepAsync(context, request, solution);
    }
}

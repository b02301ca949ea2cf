namespace Agents.Reasoning.Verifiers;

/// <summary>A verifier in an ensemble.</summary>
/// <param name="Verifier">The verifier.</param>
public sealed record EnsembleMember(IVerifier Verifier)
{
    /// <summary>Its weight in a weighted mean, above 0. Default 1.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>
    /// The score from which an escalating ensemble takes its word for right, 0–1; null: never. Default 0.9. A verifier whose 1 only means that it found no
    /// fault, such as <see cref="ArithmeticVerifier"/>, takes null.
    /// </summary>
    public double? AcceptAt { get; init; } = 0.9;

    /// <summary>The score up to which an escalating ensemble takes its word for wrong, 0–1; null: never. Default 0.1.</summary>
    public double? RejectAt { get; init; } = 0.1;

    internal string Fingerprint => FormattableString.Invariant($"({Verifier.Fingerprint}|{Weight}|{AcceptAt}|{RejectAt})");

    internal bool IsSure(double score) => score >= AcceptAt || score <= RejectAt;

    internal void Validate()
    {
        ArgumentNullException.ThrowIfNull(Verifier, "Verifier");
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Weight, "Weight");
        if (!double.IsFinite(Weight))
            throw new ArgumentOutOfRangeException("Weight", Weight, "Weight must be finite.");
        ArgumentOutOfRangeException.ThrowIfGreaterThan(AcceptAt ?? 0, 1, "AcceptAt");
        ArgumentOutOfRangeException.ThrowIfNegative(AcceptAt ?? 0, "AcceptAt");
        ArgumentOutOfRangeException.ThrowIfGreaterThan(RejectAt ?? 0, 1, "RejectAt");
        ArgumentOutOfRangeException.ThrowIfNegative(RejectAt ?? 0, "RejectAt");
    }
}

namespace Agents.Reasoning;

/// <summary>A verifier's judgement of a candidate: a score or an abstention, never a silent default.</summary>
/// <param name="Verifier">The verifier's name.</param>
/// <param name="Score">0 (surely wrong) to 1 (surely right), or null: the verifier abstains.</param>
public sealed record Verdict(string Verifier, double? Score)
{
    /// <summary>Scores of single steps, in order, 0–1 or null for an abstention; empty when only the whole was judged.</summary>
    public IReadOnlyList<double?> Steps { get; init; } = [];

    /// <summary>The reason given for the score, or for abstaining.</summary>
    public string? Rationale { get; init; }

    /// <summary>An abstention with its reason.</summary>
    public static Verdict Abstain(string verifier, string reason) => new(verifier, null) { Rationale = reason };
}

namespace Agents.Answers;

/// <summary>Decides whether two answers denote the same value. Thread-safe, bounded in time and memory, never throws.</summary>
public sealed class AnswerEquivalence(AnswerOptions? options = null)
{
    /// <summary>The conventions in force.</summary>
    public AnswerOptions Options { get; } = options ?? AnswerOptions.Default;

    /// <summary>The default conventions.</summary>
    public static AnswerEquivalence Default { get; } = new();

    /// <summary>Compares two answers. Symmetric.</summary>
    public Equivalence Compare(Answer left, Answer right) =>
        string.Equals(left.Canonical, right.Canonical, Options.CaseSensitive ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase) ? Equivalence.Equal : Equivalence.Different;
}

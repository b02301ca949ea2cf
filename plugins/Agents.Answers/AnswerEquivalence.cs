using Agents.Answers.Comparison;

namespace Agents.Answers;

/// <summary>
/// Decides whether two answers denote the same value. Exact over rational numbers, roots of rationals and polynomial expressions;
/// what remains is evaluated to 70 digits (constants) or at several fixed points (expressions with variables), where two different
/// expressions pass for equal only if they agree to nine digits at every point. Thread-safe, bounded in time and memory, never throws.
/// </summary>
public sealed class AnswerEquivalence(AnswerOptions? options = null)
{
    private readonly ReadingComparer _comparer = new(OptionsValidator.Validated(options));

    /// <summary>The conventions in force.</summary>
    public AnswerOptions Options => _comparer.Options;

    /// <summary>The default conventions.</summary>
    public static AnswerEquivalence Default { get; } = new();

    /// <summary>Compares two answers. Symmetric.</summary>
    public Equivalence Compare(Answer left, Answer right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        if (ReferenceEquals(left, right)) return Equivalence.Equal;
        try
        {
            return _comparer.Compare(left.Reading, right.Reading);
        }
        catch (Exception e) when (Faults.Note(e))
        {
            return Equivalence.Unknown;
        }
    }

    /// <summary>Compares two answers given as text, each the answer alone; for prose use <see cref="AnswerGrader"/>. Symmetric. Null is read as empty.</summary>
    public Equivalence Compare(string? left, string? right) =>
        string.Equals(left, right, StringComparison.Ordinal) ? Equivalence.Equal : Compare(Answer.Parse(left ?? string.Empty), Answer.Parse(right ?? string.Empty));
}

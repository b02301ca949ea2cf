using Agents.Answers.Reading;

namespace Agents.Answers;

/// <summary>
/// Compares two texts that may each be an answer or prose around one. Where a text is an answer by itself it is compared as such; where it is
/// prose, or marks its answer (a box, a cue, a tag), the answer is extracted first, of the kind the other side has. Symmetric, thread-safe, never throws.
/// </summary>
public sealed class AnswerGrader(AnswerOptions? options = null)
{
    private readonly AnswerEquivalence _equivalence = new(options);
    private readonly AnswerExtractor _extractor = new(options);

    /// <summary>The conventions in force.</summary>
    public AnswerOptions Options => _equivalence.Options;

    /// <summary>A grader with the default conventions.</summary>
    public static AnswerGrader Default { get; } = new();

    /// <summary>Whether the prediction states the gold answer. The arguments may be exchanged. Null is read as empty.</summary>
    public Equivalence Grade(string? gold, string? prediction)
    {
        int order = string.CompareOrdinal(gold, prediction);
        if (order == 0) return Equivalence.Equal;
        if (order > 0) (gold, prediction) = (prediction, gold); // one order for both, so that the result is symmetric even at the bounds
        Side left = new(gold ?? string.Empty), right = new(prediction ?? string.Empty);
        Equivalence result = _equivalence.Compare(left.Direct, right.Direct);
        if (result == Equivalence.Equal || (left.IsPlain && right.IsPlain)) return result;

        List<Answer> lefts = Candidates(left, right), rights = Candidates(right, left);
        foreach (Answer a in lefts)
        {
            foreach (Answer b in rights)
            {
                Equivalence next = _equivalence.Compare(a, b);
                if (next == Equivalence.Equal) return next;
                if (next == Equivalence.Unknown) result = next;
            }
        }

        return result;
    }

    private List<Answer> Candidates(Side side, Side other)
    {
        var candidates = new List<Answer>(3);
        if (side.IsPlain)
        {
            candidates.Add(side.Direct);
            return candidates;
        }

        if (_extractor.Extract(side.Text) is { } any) candidates.Add(any);
        AnswerKind kind = other.Direct.Kind;
        if (kind is AnswerKind.Choice or AnswerKind.Number or AnswerKind.Date or AnswerKind.Time or AnswerKind.Boolean && other.IsPlain
            && _extractor.Extract(side.Text, kind) is { } ofKind) candidates.Add(ofKind);
        if (candidates.Count == 0) candidates.Add(side.Direct);
        return candidates;
    }

    /// <summary>One text as an answer by itself.</summary>
    private sealed class Side
    {
        public Side(string text)
        {
            Text = text;
            Direct = Answer.Parse(text);
            IsPlain = !HasMark(text) && IsValue(Direct.Reading);
        }

        public string Text { get; }
        public Answer Direct { get; }

        /// <summary>Whether the text is an answer by itself, so that nothing is to be extracted.</summary>
        public bool IsPlain { get; }

        private static bool IsValue(AnswerReading reading) =>
            reading.Choice is not null || reading.Boolean is not null || reading.Date is not null || reading.Time is not null
            || (reading.Node is not null && !reading.HasWords);

        private static bool HasMark(string text) => text.Contains("boxed", StringComparison.Ordinal) || text.Contains("<answer>", StringComparison.OrdinalIgnoreCase)
            || text.Contains("####", StringComparison.Ordinal) || text.Contains("think>", StringComparison.OrdinalIgnoreCase) || text.StartsWith("A: ", StringComparison.Ordinal);
    }
}

using System.Buffers;
using Agents.Answers.Reading;

namespace Agents.Answers;

/// <summary>
/// Compares two texts that may each be an answer or prose around one. Where a text is an answer by itself it is compared as such; where it is
/// prose, or marks its answer (a box, a cue, a tag), the answer is extracted first, of the kind the other side has. Symmetric, thread-safe, never throws.
/// </summary>
public sealed class AnswerGrader(AnswerOptions? options = null)
{
    private static readonly SearchValues<char> Signs = SearchValues.Create("=:\\$<{");
    private const int MaxText = 60;
    private const int MaxTitle = 30;

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
        if (result == Equivalence.Equal || (left.IsPlain && right.IsPlain) || AreTitles(left, right)) return result;

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

    /// <summary>"Tom", which could also be a product of variables.</summary>
    private static bool IsName(string text) => text.Length > 1 && char.IsAsciiLetterUpper(text[0]) && !text.AsSpan(1).ContainsAnyExceptInRange('a', 'z');

    /// <summary>"It is isosceles": what the one sentence says of its subject, or null.</summary>
    private static string? Predicate(string sentence)
    {
        foreach (string verb in (ReadOnlySpan<string>)[" is ", " are ", " was ", " be ", "'s ", "’s ", "是", "为"])
        {
            if (sentence.LastIndexOf(verb, StringComparison.Ordinal) is > 0 and var at) return sentence[(at + verb.Length)..];
        }

        return null;
    }

    /// <summary>"March 2020" and "April 2020": short texts that are no values and no statements are not reduced to a number in them.</summary>
    private static bool AreTitles(Side left, Side right) => left.IsTitle && right.IsTitle;

    private List<Answer> Candidates(Side side, Side other)
    {
        var candidates = new List<Answer>(3);
        if (side.IsPlain)
        {
            candidates.Add(side.Direct);
            return candidates;
        }

        Answer? any = _extractor.Extract(side.Text);
        if (any is not null) candidates.Add(any);
        AnswerKind kind = other.Direct.Kind;
        // "5 or 6" is a value as it stands; only from prose is a lone number taken.
        bool complete = kind == AnswerKind.Number && any is not null && Side.IsValue(any.Reading);
        if (!complete && kind is AnswerKind.Choice or AnswerKind.Number or AnswerKind.Date or AnswerKind.Time or AnswerKind.Boolean && other.IsPlain
            && _extractor.Extract(side.Text, kind) is { } ofKind) candidates.Add(ofKind);
        if ((kind == AnswerKind.Text || IsName(other.Text)) && other.Text.Length <= MaxText && any?.Reading.Kind == AnswerKind.Text && Predicate(any.Text) is { } predicate) candidates.Add(Answer.Parse(predicate));
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

        /// <summary>A few words and digits in which nothing announces or equates.</summary>
        public bool IsTitle => !IsPlain && Text.Length <= MaxTitle && Direct.Reading.Node is null && Text.AsSpan().IndexOfAny(Signs) < 0 && Text.AsSpan().Count(' ') is > 0 and < 3;

        public static bool IsValue(AnswerReading reading) =>
            reading.Choice is not null || reading.Boolean is not null || reading.Date is not null || reading.Time is not null
            || (reading.Node is not null && !reading.HasWords);

        private static bool HasMark(string text) => text.Contains("boxed", StringComparison.Ordinal) || text.Contains("<answer>", StringComparison.OrdinalIgnoreCase)
            || text.Contains("####", StringComparison.Ordinal) || text.Contains("think>", StringComparison.OrdinalIgnoreCase) || text.StartsWith("A: ", StringComparison.Ordinal);
    }
}

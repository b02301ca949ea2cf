using Agents.Answers.Algebra;
using Agents.Answers.Expressions;
using Agents.Answers.Reading;

namespace Agents.Answers.Comparison;

/// <summary>Compares two readings: by the kind of value both can be, then by the text.</summary>
internal sealed class ReadingComparer(AnswerOptions options)
{
    public AnswerOptions Options { get; } = options;

    public Equivalence Compare(AnswerReading a, AnswerReading b)
    {
        int order = string.CompareOrdinal(a.Clean, b.Clean);
        if (order == 0) return Equivalence.Equal;
        if (order > 0) (a, b) = (b, a); // one order for both, so that the result is symmetric even where the work runs out
        if (a.IsTooLong || b.IsTooLong) return a.IsTooLong && b.IsTooLong ? Equivalence.Unknown : Equivalence.Different;
        if (a.Clean.Length == 0 || b.Clean.Length == 0) return Equivalence.Different;
        if (a.Node is NumberNode x && b.Node is NumberNode y && !a.HasOpenComma && !b.HasOpenComma) return NumberComparer.Compare(x, y, Options);
        if (CompareByKind(a, b) is { } byKind) return byKind;
        bool byText = a.Node is null || b.Node is null || (Options.CaseSensitive && a.Node is WordsNode);
        Equivalence result = byText ? Equivalence.Different : CompareNodes(a, b);
        if (result != Equivalence.Equal && (a.HasWords || b.HasWords) && string.Equals(a.Key(Options.CaseSensitive), b.Key(Options.CaseSensitive), StringComparison.Ordinal) && a.Key(false).Length > 0) return Equivalence.Equal;
        return result;
    }

    private Equivalence? CompareByKind(AnswerReading a, AnswerReading b)
    {
        if (a.Date is { } date && b.Date is { } otherDate) return Of(date.Matches(otherDate, Options.MonthFirst));
        if (a.Time is { } time && b.Time is { } otherTime) return Of(time.Matches(otherTime));
        if (a.Boolean is { } truth && b.Boolean is { } otherTruth)
        {
            if (truth.Pair != otherTruth.Pair && !Options.YesIsTrue) return Equivalence.Different;
            return Of(truth.Value == otherTruth.Value);
        }

        if (a.Choice is { } letter && Letter(b) is { } otherLetter) return Of(letter == otherLetter);
        if (b.Choice is { } choice && Letter(a) is { } other) return Of(choice == other);
        if (a.Expected == AnswerKind.Json || b.Expected == AnswerKind.Json) return JsonComparer.Compare(a.Clean, b.Clean);
        return null;
    }

    /// <summary>The choice a reading names, also as a bare letter of either case.</summary>
    private static char? Letter(AnswerReading reading)
    {
        if (reading.Choice is { } choice) return choice;
        return reading.Node is SymbolNode { Name: [var letter] } && char.ToUpperInvariant(letter) is >= 'A' and <= ChoiceReader.Last and var upper ? upper : null;
    }

    private Equivalence CompareNodes(AnswerReading a, AnswerReading b)
    {
        bool unknown = false;
        var work = new Work();
        foreach (Node left in a.Nodes(Options.Comma))
        {
            foreach (Node right in b.Nodes(Options.Comma))
            {
                switch (new NodeComparer(Options, work).Compare(left, right))
                {
                    case Equivalence.Equal: return Equivalence.Equal;
                    case Equivalence.Unknown: unknown = true; break;
                }
            }
        }

        return unknown ? Equivalence.Unknown : Equivalence.Different;
    }

    private static Equivalence Of(bool equal) => equal ? Equivalence.Equal : Equivalence.Different;
}

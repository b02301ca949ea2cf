using Agents.Answers.Expressions;
using Agents.Answers.Reading;

namespace Agents.Answers.Extraction;

/// <summary>One extraction: tries the rules in order of strength over the final text. Not thread-safe; made per text.</summary>
internal sealed class Extraction(string text, Span final, AnswerKind expected, bool nested = false)
{
    private const int MaxCues = 8;
    private const int MaxWhole = 400;
    private const int MaxLine = 80;

    public ExtractedAnswer? Run() => Tagged() ?? Boxed() ?? Json() ?? Hashes() ?? Announced() ?? (expected == AnswerKind.Any ? Unannounced() : OfKind());

    private ExtractedAnswer? Tagged()
    {
        if (nested) return null;
        int close = LastTag("</answer>", final.End);
        int end = close < 0 ? final.End : close;
        int open = LastTag("<answer>", end);
        if (open < 0) return null;
        Span content = new Span(open + "<answer>".Length, Math.Max(end, open + "<answer>".Length)).Trim(text);
        if (content.IsEmpty) return null;
        if (BoxedFinder.Find(text, content) is { } boxed) return Accept(boxed.Content, boxed.Span, ExtractionRule.AnswerTag);
        return Accept(content, ExtractionRule.AnswerTag) ?? (content.Length < final.Length ? new Extraction(text, content, expected, nested: true).Run() : null);
    }

    private int LastTag(string tag, int before)
    {
        for (int end = before; end > final.Start;)
        {
            int at = text.LastIndexOf('<', end - 1, end - final.Start);
            if (at < 0 || text.AsSpan(at, final.End - at).StartsWith(tag, StringComparison.OrdinalIgnoreCase)) return at;
            end = at;
        }

        return -1;
    }

    private ExtractedAnswer? Boxed() => BoxedFinder.Find(text, final) is { } boxed ? Accept(boxed.Content, boxed.Span, ExtractionRule.Boxed) : null;

    private ExtractedAnswer? Json()
    {
        if (expected == AnswerKind.Json) return JsonFinder.Last(text, final) is { } value ? Accept(value, ExtractionRule.JsonField) : null;
        return JsonFinder.Field(text, final) is { } field ? Accept(field.Value, field.Span, ExtractionRule.JsonField) : null;
    }

    private ExtractedAnswer? Hashes()
    {
        for (int from = final.End; from > final.Start;)
        {
            int at = text.LastIndexOf("####", from - 1, from - final.Start, StringComparison.Ordinal);
            if (at < 0) return null;
            int end = text.IndexOf('\n', at, final.End - at);
            Span line = new Span(at + 4, end < 0 ? final.End : end).Trim(text);
            if (!line.IsEmpty && text[line.Start] != '#' && InSentence(line, ExtractionRule.Hashes) is { } found) return found;
            from = at;
        }

        return null;
    }

    private ExtractedAnswer? Announced()
    {
        int before = final.End;
        for (int i = 0; i < MaxCues && CueFinder.Last(text, final, before) is var (start, end); i++)
        {
            if (end < final.End && InSentence(new Span(end, final.End), ExtractionRule.Cue) is { } found) return found;
            before = start;
        }

        return null;
    }

    /// <summary>The answer at the start of what follows a cue: a formula, else a value in the first sentence.</summary>
    private ExtractedAnswer? InSentence(Span rest, ExtractionRule rule)
    {
        if (FormulaFinder.Leading(text, rest) is { } formula && Accept(WithPercent(formula), rule) is { } leading) return leading;
        Span sentence = Sentences.First(text, rest).Trim(text);
        if (sentence.IsEmpty) return null;
        if (expected is not (AnswerKind.Any or AnswerKind.Expression or AnswerKind.Text)) return InSentenceOfKind(sentence, rule);
        if (AcceptExpression(sentence, rule) is { } whole) return whole;
        if (expected == AnswerKind.Text) return Accept(sentence, rule);
        if (Sentences.AfterVerb(text, sentence) is { } conclusion)
        {
            if (FormulaFinder.Leading(text, conclusion) is { } concluded && Accept(concluded, rule) is { } stated) return stated;
            if (AcceptExpression(conclusion, rule) is { } value) return value;
            if (NumberFinder.First(text, conclusion) is { } number) return Accept(number, rule);
        }

        Span? firstNumber = NumberFinder.First(text, sentence);
        if (firstNumber is { } early && early.Start - sentence.Start <= 3) return Accept(early, rule);
        if (Words(sentence) <= 6 && firstNumber is null) return Accept(sentence, rule);
        if (FormulaFinder.Last(text, sentence) is { } within) return Accept(within, rule);
        return firstNumber is { } first ? Accept(first, rule) : sentence.Length <= MaxLine ? Accept(sentence, rule) : null;
    }

    private ExtractedAnswer? InSentenceOfKind(Span sentence, ExtractionRule rule)
    {
        Span? found = expected switch
        {
            AnswerKind.Choice => KindFinder.FirstChoice(text, sentence),
            AnswerKind.Date => KindFinder.LastDate(text, sentence),
            AnswerKind.Time => KindFinder.LastTime(text, sentence),
            AnswerKind.Boolean => KindFinder.Boolean(text, sentence, first: true),
            AnswerKind.Json => JsonFinder.Last(text, sentence),
            _ => null,
        };
        if (expected != AnswerKind.Number) return found is { } span ? Accept(span, rule) : null;
        if (AcceptExpression(sentence, rule) is { } whole) return whole;
        Span? number = Sentences.AfterVerb(text, sentence) is { } conclusion ? NumberFinder.First(text, conclusion) : null;
        return (number ?? NumberFinder.First(text, sentence)) is { } value ? Accept(value, rule) : null;
    }

    /// <summary>No cue, any kind: the whole text, the last formula, the last number, a short last line.</summary>
    private ExtractedAnswer? Unannounced()
    {
        if (final.Length <= MaxWhole && AcceptExpression(final, ExtractionRule.Whole) is { } whole) return whole;
        Span? formula = FormulaFinder.Last(text, final);
        Span? number = NumberFinder.Last(text, final);
        if (formula is { } f && (number is not { } n || n.End <= f.End || (n.Start >= f.Start && n.Start < f.End))) return Accept(WithPercent(Predicate(f)), ExtractionRule.LastFormula);
        if (number is { } last)
        {
            var around = new Span(Math.Max(final.Start, last.Start - 30), Math.Min(final.End, last.End + 30));
            if (KindFinder.LastDate(text, around) is { } date && date.Start <= last.Start && date.End >= last.End && DateReader.Read(date.Of(text)) is { HasYear: true }) return Accept(date, ExtractionRule.LastOfKind);
            if (KindFinder.LastTime(text, around) is { } time && time.Start <= last.Start && time.End >= last.End) return Accept(time, ExtractionRule.LastOfKind);
            if (Sentences.Stated(text, last, final) is { } stated && AcceptExpression(stated, ExtractionRule.LastFormula) is { } complete) return complete;
            return Accept(Sentences.Fraction(text, last, final), ExtractionRule.LastNumber);
        }

        int newline = text.LastIndexOf('\n', final.End - 1, final.Length);
        Span line = new Span(newline + 1 > final.Start ? newline + 1 : final.Start, final.End).Trim(text);
        return line.Length <= MaxLine ? Accept(line, ExtractionRule.LastLine) : null;
    }

    /// <summary>"The minimum is $-1$ at $x = 2$": the formula after the last "is" of its sentence, when the last formula only qualifies it.</summary>
    private Span Predicate(Span last)
    {
        int from = Math.Max(final.Start, last.Start - 200);
        ReadOnlySpan<char> before = text.AsSpan(from, last.Start - from);
        int sentence = Math.Max(before.LastIndexOf(". "), before.LastIndexOf('\n'));
        int verb = Math.Max(before.LastIndexOf(" is $"), before.LastIndexOf(" is \\("));
        return verb > sentence && FormulaFinder.Leading(text, new Span(from + verb + 4, final.End)) is { } stated ? stated : last;
    }

    private ExtractedAnswer? OfKind()
    {
        Span? found = expected switch
        {
            AnswerKind.Choice => KindFinder.StatedChoice(text, final),
            AnswerKind.Date => KindFinder.LastDate(text, final),
            AnswerKind.Time => KindFinder.LastTime(text, final),
            AnswerKind.Boolean => KindFinder.Boolean(text, final, first: false),
            _ => null,
        };
        if (found is { } span) return Accept(span, ExtractionRule.LastOfKind);
        if (expected is AnswerKind.Expression) return Unannounced();
        if (expected is AnswerKind.Text) return final.Length <= MaxLine ? Accept(final, ExtractionRule.Whole) : Unannounced();
        if (expected != AnswerKind.Number) return null;
        if (final.Length <= MaxWhole && AcceptExpression(final, ExtractionRule.Whole) is { } whole) return whole;
        if (NumberFinder.Last(text, final) is { } number) return Accept(Sentences.Fraction(text, Sentences.Qualified(text, number, final) ?? number, final), ExtractionRule.LastNumber);
        return NumberWords.Last(text, Math.Max(final.Start, final.End - MaxWhole), final.End) is var (start, end) ? Accept(new Span(start, end), ExtractionRule.LastNumber) : null;
    }

    /// <summary>Accepts the span when all of it is a value: an expression without words, a date, a time, a choice, yes or no.</summary>
    private ExtractedAnswer? AcceptExpression(Span span, ExtractionRule rule)
    {
        if (span.Length > MaxWhole) return null;
        string value = text[span.Start..span.End];
        var reading = new AnswerReading(value, expected);
        bool isValue = reading.Date is not null || reading.Time is not null || reading.Boolean is not null || reading.Choice is not null
            || (reading.Node is { } node && !WordsIn(node));
        return isValue ? Accept(value, span, rule) : null;
    }

    private static bool WordsIn(Node node) => node is WordsNode || NodeFacts.Children(node).Any(WordsIn);

    private static bool IsNumber(Node node) => NodeFacts.IsConstant(node) || (node is RelationNode { Relations: ['='], Operands: [_, var conclusion] } && NodeFacts.IsConstant(conclusion));

    private int Words(Span span) => span.Of(text).Count(' ') + 1;

    private Span WithPercent(Span span)
    {
        int end = span.End;
        while (end < final.End && text[end] == ' ') end++;
        if (end < final.End && text[end] == '%') return new Span(span.Start, end + 1);
        return end + 1 < final.End && text[end] == '\\' && text[end + 1] == '%' ? new Span(span.Start, end + 2) : span;
    }

    private ExtractedAnswer? Accept(Span span, ExtractionRule rule) => Accept(text[span.Start..span.End], span, rule);

    /// <summary>Makes the answer, unless it is empty or not of the expected kind.</summary>
    private ExtractedAnswer? Accept(string value, Span span, ExtractionRule rule)
    {
        string clean = AnswerTrim.Clean(value);
        if (clean.Length == 0 || (clean.Length < 20 && clean.AsSpan().Trim("\\{}boxedf $.").IsEmpty && TextKey.Fold(clean).Length == 0)) return null; // nothing, or an empty box
        Answer answer = Answer.Parse(clean, expected);
        AnswerReading reading = answer.Reading;
        bool fits = expected switch
        {
            AnswerKind.Number => reading.Node is { } node && IsNumber(node),
            AnswerKind.Choice => reading.Choice is not null,
            AnswerKind.Boolean => reading.Boolean is not null,
            AnswerKind.Date => reading.Date is not null,
            AnswerKind.Time => reading.Time is not null,
            _ => true,
        };
        return fits ? new ExtractedAnswer(answer, span.Start, span.Length, rule) : null;
    }
}

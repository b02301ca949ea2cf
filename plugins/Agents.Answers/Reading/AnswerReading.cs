using Agents.Answers.Algebra;
using Agents.Answers.Expressions;

namespace Agents.Answers.Reading;

/// <summary>
/// What an answer's text was read as. Several readings may hold at once ("7:32" is a time and a ratio); comparison takes the one both answers share.
/// Immutable but for values computed once on demand; computing them twice gives the same, so sharing between threads is safe.
/// </summary>
internal sealed class AnswerReading
{
    /// <summary>Longer texts are compared as they stand.</summary>
    public const int MaxLength = 4096;

    private readonly string _source; // the text with number words as digits
    private readonly bool _hasGroups;
    private Node[]? _others;
    private string? _key;
    private string? _caseKey;
    private string? _canonical;

    public AnswerReading(string text, AnswerKind expected)
    {
        Clean = AnswerTrim.Clean(DigitForms.Fold(text));
        _source = Clean;
        Expected = expected;
        IsTooLong = Clean.Length > MaxLength;
        if (IsTooLong || Clean.Length == 0) return;
        if (expected is not (AnswerKind.Text or AnswerKind.Json or AnswerKind.Choice))
        {
            if (NumberWords.Rewrite(Clean) is { } digits) _source = digits;
            Lexer lexer = Lexer.Read(_source);
            HasOpenComma = lexer.HasOpenComma;
            _hasGroups = lexer.HasGroups;
            if (Parser.Parse(lexer) is { } parsed) (Node, Approximation) = NodeNormalizer.Normalize(parsed);
            if (Node is null or WordsNode && SetPhrase.Read(Clean) is { } phrase) Node = phrase;
            HasWords = Node is null || lexer.Tokens.Exists(t => t.Kind == TokenKind.Words);
            if (Node is NumberNode) return;
        }

        if (expected is AnswerKind.Any or AnswerKind.Choice) Choice = ChoiceReader.Read(Clean, expected == AnswerKind.Choice);
        if (expected is AnswerKind.Any or AnswerKind.Boolean) Boolean = BooleanReader.Read(Clean);
        if (expected is AnswerKind.Any or AnswerKind.Date) Date = DateReader.Read(AnswerTrim.OutOfMath(Clean));
        if (expected is AnswerKind.Any or AnswerKind.Time) Time = TimeReader.Read(AnswerTrim.OutOfMath(Clean));
    }

    public string Clean { get; }
    public AnswerKind Expected { get; }
    public bool IsTooLong { get; }
    public bool HasOpenComma { get; }

    /// <summary>Whether the text is no expression, or one with words in it, so that equal text may mean equal answers.</summary>
    public bool HasWords { get; } = true;
    public Node? Node { get; }
    public Node? Approximation { get; }
    public char? Choice { get; }
    public (bool Value, BooleanReader.Pair Pair)? Boolean { get; }
    public CalendarDate? Date { get; }
    public ClockTime? Time { get; }

    public AnswerKind Kind => Expected != AnswerKind.Any ? Expected
        : Date is not null ? AnswerKind.Date
        : Boolean is not null ? AnswerKind.Boolean
        : Choice is not null ? AnswerKind.Choice
        : Time is not null ? AnswerKind.Time
        : Node is null or WordsNode ? AnswerKind.Text
        : Node is NumberNode || NodeFacts.IsConstant(Node) ? AnswerKind.Number
        : AnswerKind.Expression;

    /// <summary>The trees under every reading of an open comma that the convention allows, the usual one first.</summary>
    public IReadOnlyList<Node> Nodes(CommaConvention comma)
    {
        if (Node is null) return [];
        if (!HasOpenComma || comma == CommaConvention.Thousands) return Approximation is null ? [Node] : [Node, Approximation];
        // "1,000" is no decimal in either convention's ordinary use: three digits after one to three are thousands or items.
        Node[] others = _others ??= [.. (_hasGroups ? [CommaStyle.Items] : new[] { CommaStyle.Decimal, CommaStyle.Items }).Select(Reparse).OfType<Node>()];
        return comma switch
        {
            CommaConvention.Decimal => Reparse(CommaStyle.Decimal) is { } node ? [node] : [Node],
            CommaConvention.Items => Reparse(CommaStyle.Items) is { } node ? [node] : [Node],
            _ => [Node, .. others],
        };
    }

    /// <summary>A comma cannot be the decimal point and separate items in one text: "1,2,3,4" is no pair of decimals.</summary>
    private Node? Reparse(CommaStyle style)
    {
        Lexer lexer = Lexer.Read(_source, style);
        if (style == CommaStyle.Decimal && lexer.Tokens.Exists(t => t is { Kind: TokenKind.Comma, Character: ',' })) return null;
        return Parser.Parse(lexer) is { } node ? NodeNormalizer.Normalize(node).Primary : null;
    }

    public string Key(bool caseSensitive) => caseSensitive ? _caseKey ??= TextKey.Fold(Clean, keepCase: true) : _key ??= TextKey.Fold(Clean);

    /// <summary>One text per value as far as cheap means tell: equal texts, equal answers.</summary>
    public string Canonical => _canonical ??= Kind switch
    {
        _ when IsTooLong => Clean,
        AnswerKind.Date when Date is { MonthFirst: { } date, HasYear: true } && Date.DayFirst == date => date.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
        AnswerKind.Boolean when Boolean is { } value => value.Value ? "true" : "false",
        AnswerKind.Choice when Choice is { } choice => $"({choice})",
        // A cut text is marked by identity, which differs from process to process: then the text itself is the form.
        AnswerKind.Number or AnswerKind.Expression when Node is not null => CanonicalText.Of(Node, new Work()) is var text && !text.Contains('\uFFFD') ? text : Clean,
        _ => Clean,
    };
}

using Agents.Answers;

namespace Agents.Reasoning.Verifiers;

/// <summary>
/// Game of 24, the worked example of an exact check: the answer is a formula of + − × ÷ and brackets that uses each given number
/// once and whose value is exactly the target over the rationals. The rules of Yao et al. 2023, arXiv:2305.10601. As extractor it
/// takes the formula of a sample's last line that has one, where a general extractor would see the 24 behind the equals sign.
/// Thread-safe.
/// </summary>
public sealed class Game24Checker : IAnswerChecker, IAnswerExtractor
{
    private const int MaxLength = 2_000;

    private readonly int target;

    /// <summary>Creates the checker.</summary>
    /// <param name="target">The value to reach. Default 24.</param>
    public Game24Checker(int target = 24) => this.target = target;

    /// <summary>The numbers that a question gives: its first run of at least two numbers with nothing but spaces or commas between; empty when there is none.</summary>
    public static IReadOnlyList<int> NumbersOf(string question)
    {
        var run = new List<int>();
        foreach (string word in question.Split([' ', ',', ';', '\t', '\n', '[', ']'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (int.TryParse(word.TrimEnd('.', ':'), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out int number))
                run.Add(number);
            else if (run.Count >= 2)
                break;
            else
                run.Clear();
        }

        return run.Count >= 2 ? run : [];
    }

    /// <inheritdoc/>
    /// <remarks>Null when the question gives no numbers. An answer that is no such formula is wrong.</remarks>
    public bool? Check(ReasoningRequest request, Answer answer)
    {
        IReadOnlyList<int> numbers = NumbersOf(request.Question);
        return numbers.Count == 0 ? null : Check(numbers, answer.Text);
    }

    /// <summary>Whether a formula uses each number once and has the target as its value; "= 24" may follow, and a label with a colon may precede.</summary>
    public bool Check(IReadOnlyList<int> numbers, string formula)
    {
        if (formula.Length > MaxLength || Read(formula[(formula.LastIndexOf(':') + 1)..]) is not { } read)
            return false;
        return read.Value is { } value && value.Is(target) && read.Numbers.Order().SequenceEqual(numbers.Order());
    }

    /// <inheritdoc/>
    public Answer? Extract(Sample sample, AnswerKind expected)
    {
        foreach (string line in Strategies.ThinkingText.SetAside(sample.Text).Split('\n').Reverse())
        {
            string formula = line[(line.LastIndexOf(':') + 1)..].Trim(" \t\r*`$.".ToCharArray());
            if (formula.Length <= MaxLength && Read(formula) is { Operations: > 0 })
                return Answer.Parse(formula, expected);
        }

        return null;
    }

    /// <summary>The value and the numbers of a text that is one formula and nothing else, or null.</summary>
    private (Fraction? Value, int Operations, IReadOnlyList<int> Numbers)? Read(string formula)
    {
        List<CalculationToken> tokens = CalculationLexer.Read(formula, 0, formula.Length);
        if (tokens.Exists(t => !IsAllowed(t)))
            return null;
        var parser = new CalculationParser(formula, tokens);
        if (!parser.IsOperand(0) || parser.Read(0) is not { } read)
            return null;
        int end = read.End;
        if (tokens[end].Kind == TokenKind.Relation && tokens[end + 1] is { Kind: TokenKind.Number } result && result.Value.Is(target))
            end += 2;
        bool isWhole = tokens[end].Kind == TokenKind.Break;
        bool areIntegers = parser.Literals.All(l => l.Value.IsInteger && l.Decimals <= 0 && l.Value.Numerator <= int.MaxValue);

        // Every operation is written: "4(6)" and "1 1/2" would not be.
        int written = tokens.Count(t => t.Kind == TokenKind.Operator);
        return isWhole && areIntegers && written == read.Operations && parser.Literals.Count == read.Operations + 1
            ? (read.Value, read.Operations, [.. parser.Literals.Select(l => (int)l.Value.Numerator)])
            : null;
    }

    private static bool IsAllowed(CalculationToken token) => token.Kind switch
    {
        TokenKind.Number => !token.IsMoney && !token.IsCutOff,
        TokenKind.Operator => token.Symbol != '^',
        TokenKind.Relation => token.Symbol == '=',
        TokenKind.Open or TokenKind.Close => true,
        TokenKind.Break => token.Start == token.End,
        _ => false,
    };
}

namespace Agents.Answers;

/// <summary>
/// The conventions of comparison and extraction where conventions contradict each other. Immutable.
/// The defaults are those that most published graders share; each property says what the others do.
/// </summary>
public sealed record AnswerOptions
{
    /// <summary>The default conventions.</summary>
    public static AnswerOptions Default { get; } = new();

    /// <summary>Whether case matters in plain text. Default false: "Paris" equals "paris". Variables always keep their case.</summary>
    public bool CaseSensitive { get; init; }

    /// <summary>What "10%" equals when the other answer has no percent sign. Default <see cref="PercentConvention.Either"/>: both 10 and 0.1. Two percentages compare by their numbers.</summary>
    public PercentConvention Percent { get; init; } = PercentConvention.Either;

    /// <summary>Whether the order of a list written without brackets matters ("1, 2" against "2, 1"). Default false. Sets never have an order, tuples always do.</summary>
    public bool OrderedLists { get; init; }

    /// <summary>What a comma between digits may mean when the text leaves it open. Default <see cref="CommaConvention.Either"/>: "1,234" may be 1234 and "1,5" may be 1.5.</summary>
    public CommaConvention Comma { get; init; } = CommaConvention.Either;

    /// <summary>Whether 12/13/2001 and 01/02/2001 put the month first. Default true (United States). A date possible in one order only is read in that order.</summary>
    public bool MonthFirst { get; init; } = true;

    /// <summary>Whether a decimal equals an exact value it is the correct rounding of ("0.33" and 1/3, "1.732" and √3). Default true.</summary>
    public bool AcceptRounding { get; init; } = true;

    /// <summary>Significant digits a decimal must show to stand for a fraction that does not terminate, 1–30. It must show two decimal places as well. Default 2: "0.33" equals 1/3, "0.3" does not.</summary>
    public int RoundingDigits { get; init; } = 2;

    /// <summary>Significant digits a decimal must show to stand for an irrational number, 1–30. Default 4: "1.414" equals √2, "1.41" does not, nor is "3.14" π.</summary>
    public int IrrationalRoundingDigits { get; init; } = 4;

    /// <summary>Significant digits a shorter decimal must show to equal a longer one it is the rounding of, 1–30. Default 6.</summary>
    public int DecimalRoundingDigits { get; init; } = 6;

    /// <summary>Relative tolerance between numbers of which one is a decimal, 0–0.5. Default 1e-9, which absorbs floating-point noise such as 0.30000000000000004 and nothing a person would write.</summary>
    public double RelativeTolerance { get; init; } = 1e-9;

    /// <summary>Whether yes/no and true/false are one pair of values. Default true.</summary>
    public bool YesIsTrue { get; init; } = true;

    /// <summary>Characters of model text that extraction looks at, from the end, 256–16,777,216. Default 262,144.</summary>
    public int MaxTextLength { get; init; } = 262_144;
}

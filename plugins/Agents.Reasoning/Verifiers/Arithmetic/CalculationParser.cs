namespace Agents.Reasoning.Verifiers;

/// <summary>
/// Recursive descent over tokens: sums, products (also <c>x</c>, "times", "divided by", "20% of"), powers, brackets, mixed
/// numbers, units passed over. Bounded in depth and length; what does not parse is null, never an exception.
/// </summary>
internal sealed partial class CalculationParser
{
    private const int MaxDepth = 24;
    private const int MaxOperations = 200;
    private const int MachineDecimals = 10;

    private readonly string text;
    private readonly IReadOnlyList<CalculationToken> tokens;
    private readonly List<CalculationToken> literals = [];
    private bool percentIsNumber;
    private int at;
    private int last;
    private int depth;
    private int operations;
    private bool unknown;
    private bool percent;
    private bool units;
    private bool machine;
    private Fraction? leading;
    private bool hasLeading;

    /// <summary>Reads the tokens of a text.</summary>
    public CalculationParser(string text, IReadOnlyList<CalculationToken> tokens)
    {
        this.text = text;
        this.tokens = tokens;
    }

    /// <summary>The numbers of the last expression, in order, as written.</summary>
    public IReadOnlyList<CalculationToken> Literals => literals;

    /// <summary>Whether an expression may start at a token.</summary>
    public bool IsOperand(int index) =>
        tokens[index].Kind is TokenKind.Number or TokenKind.Open or TokenKind.FractionBar
        || tokens[index].IsOperator('-') && index + 1 < tokens.Count && tokens[index + 1].Kind is TokenKind.Number or TokenKind.Open or TokenKind.FractionBar && Touches(index);

    /// <summary>The longest expression that starts at a token, or null.</summary>
    /// <param name="start">The first token.</param>
    /// <param name="plainPercent">Reads 20% as 20 instead of 1/5.</param>
    public Expression? Read(int start, bool plainPercent = false)
    {
        (at, last, depth, operations, unknown, percent, units, machine, leading, hasLeading, percentIsNumber) = (start, start, 0, 0, false, false, false, false, null, false, plainPercent);
        literals.Clear();
        if (!Sum(out Fraction? value))
            return null;
        return new Expression(unknown ? null : value, operations, at) { Leading = tokens[start].Kind == TokenKind.Open ? null : leading, Last = last, HasPercent = percent, HasUnits = units, IsMachine = machine, IsProperFraction = operations == 1 && literals.Count == 2 && tokens[start + 1].IsOperator('/') && !(literals[0].Value >= literals[1].Value) };
    }

    /// <summary>Whether a token touches the next one.</summary>
    private bool Touches(int index) => index + 1 < tokens.Count && tokens[index].End == tokens[index + 1].Start;

    private bool IsWord(int index, string word) =>
        tokens[index].Kind == TokenKind.Word && text.AsSpan(tokens[index].Start, tokens[index].End - tokens[index].Start).Equals(word, StringComparison.OrdinalIgnoreCase);

    private bool Sum(out Fraction? value)
    {
        if (!Product(out value))
            return false;
        while (operations < MaxOperations && OperatorHere(out int operand) is var sign and ('+' or '-'))
        {
            int back = at;
            at = operand;
            if (!Product(out Fraction? right))
            {
                at = back;
                return true;
            }

            operations++;
            value = value is { } a && right is { } b ? (sign == '+' ? a + b : a - b) : null;
        }

        return true;
    }

    private bool Product(out Fraction? value)
    {
        bool scales = IsShare(at);
        if (!Power(out value))
            return false;
        while (operations < MaxOperations)
        {
            char sign = OperatorHere(out int operand);
            if (sign == '(' || sign == 'o' && scales)
                sign = '*';
            if (sign is not ('*' or '/'))
                return true;
            int back = at;
            at = operand;
            bool isFraction = sign == '/' && IsTightFraction(operand);
            if (!Power(out Fraction? right))
            {
                at = back;
                return true;
            }

            // "25 / 1/3": the fraction written without spaces is one operand.
            if (isFraction)
            {
                right = right is { } top ? top / tokens[operand + 2].Value : null;
                literals.Add(tokens[operand + 2]);
                last = operand + 2;
                at = last + 1;
                PassUnits();
            }

            operations++;
            scales = sign == '/';
            value = value is { } a && right is { } b ? (sign == '*' ? a * b : a / b) : null;
        }

        return true;
    }

    /// <summary>Whether a fraction without spaces stands here, after a sign that does not touch it.</summary>
    private bool IsTightFraction(int index) =>
        index > 0 && index + 2 < tokens.Count && !Touches(index - 1) && tokens[index].Kind == TokenKind.Number && tokens[index + 1].IsOperator('/')
        && Touches(index) && Touches(index + 1) && tokens[index + 2].Kind == TokenKind.Number;

    /// <summary>Whether "of" after this operand multiplies: 20% of 50.</summary>
    private bool IsShare(int index) =>
        tokens[index].Kind == TokenKind.FractionBar
        || tokens[index].Kind == TokenKind.Number && (tokens[index + 1].Kind == TokenKind.Percent || !tokens[index].Value.IsInteger || IsWord(index + 1, "percent"));

    private bool Power(out Fraction? value)
    {
        bool negative = tokens[at].IsOperator('-');
        if (negative)
            at++;
        if (!Primary(out value))
            return false;
        if (tokens[at].IsOperator('^'))
        {
            int back = at++;
            if (IsOperand(at) && ++depth <= MaxDepth && Power(out Fraction? exponent))
            {
                depth--;
                operations++;
                value = value is { } b && exponent is { } e ? b.Power(e) : null;
            }
            else
            {
                at = back;
                unknown = true;
            }
        }

        if (negative && value is { } positive)
            value = -positive;
        if (!hasLeading)
            (leading, hasLeading) = (value, true);
        PassUnits();
        return true;
    }

    private bool Primary(out Fraction? value)
    {
        value = null;
        switch (tokens[at].Kind)
        {
            case TokenKind.Number:
                literals.Add(tokens[at]);
                machine |= tokens[at].Decimals >= MachineDecimals;
                value = tokens[at].Value;
                units |= tokens[at].IsMoney;
                last = at++;
                AddFraction(ref value);
                AddPercent(ref value);
                return true;
            case TokenKind.Open:
                return Group(out value);
            case TokenKind.FractionBar:
                at++;
                if (!Group(out Fraction? top) || !Group(out Fraction? bottom))
                    return false;
                operations++;
                value = top is { } t && bottom is { } b ? t / b : null;
                return true;
            default:
                return false;
        }
    }

    private bool Group(out Fraction? value)
    {
        value = null;
        if (tokens[at].Kind != TokenKind.Open || ++depth > MaxDepth)
            return false;
        at++;
        if (!IsOperand(at) || !Sum(out value) || tokens[at].Kind != TokenKind.Close)
            return false;
        depth--;
        last = at++;
        AddPercent(ref value);
        return true;
    }

    /// <summary>A mixed number: 2 1/2, the fraction written without spaces.</summary>
    private void AddFraction(ref Fraction? value)
    {
        if (value is not { IsInteger: true } whole || at + 2 >= tokens.Count || tokens[at].Kind != TokenKind.Number || !tokens[at].Value.IsInteger || tokens[at].Start > tokens[at - 1].End + 1)
            return;
        if (!tokens[at + 1].IsOperator('/') || !Touches(at) || !Touches(at + 1) || tokens[at + 2].Kind != TokenKind.Number || tokens[at].Value >= tokens[at + 2].Value)
            return;
        value = tokens[at].Value / tokens[at + 2].Value is { } part ? whole + part : null;
        at += 3;
        last = at - 1;
    }

    private void AddPercent(ref Fraction? value)
    {
        if (tokens[at].Kind == TokenKind.Percent || IsWord(at, "percent"))
        {
            last = at++;
            percent = true;
            if (!percentIsNumber && value is { } v)
                value = v / 100;
        }
    }

    /// <summary>The operator that stands here before an operand, <c>(</c> for a bracket that multiplies, <c>o</c> for "of", else 0.</summary>
    private char OperatorHere(out int operand)
    {
        operand = at + 1;
        CalculationToken token = tokens[at];
        if (token.Kind == TokenKind.Operator)
            return IsOperand(operand) ? token.Symbol : '\0';
        if (token.Kind == TokenKind.Open && at > 0 && Touches(at - 1) && tokens[at - 1].Kind is TokenKind.Number or TokenKind.Close)
        {
            operand = at;
            return '(';
        }

        if (token.Kind != TokenKind.Word)
            return '\0';
        if ((IsWord(at, "divided") || IsWord(at, "multiplied")) && IsWord(at + 1, "by"))
        {
            operand = at + 2;
            return IsOperand(operand) ? (IsWord(at, "divided") ? '/' : '*') : '\0';
        }

        if (!IsOperand(operand))
            return '\0';
        return IsWord(at, "x") && tokens[operand].Kind != TokenKind.Operator || IsWord(at, "times") ? '*' : IsWord(at, "plus") ? '+' : IsWord(at, "minus") ? '-' : IsWord(at, "of") ? 'o' : '\0';
    }
}

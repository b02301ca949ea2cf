namespace Agents.Reasoning.Verifiers;

/// <summary>
/// Finds every equality in a text that states a calculation, and checks it: chains pairwise, calculator annotations
/// (<c>&lt;&lt;3*3=9&gt;&gt;</c>) as calculations of their own. What is not arithmetic is passed over. Never throws.
/// </summary>
internal sealed class CalculationFinder
{
    private const int MaxLength = 200_000;
    private const int MaxAnnotations = 2_000;

    private readonly string text;
    private readonly List<CalculationToken> tokens;
    private readonly CalculationParser parser;
    private readonly List<Calculation> found;

    private CalculationFinder(string text, int start, int end, List<Calculation> found)
    {
        this.text = text;
        this.found = found;
        tokens = CalculationLexer.Read(text, start, end);
        parser = new CalculationParser(text, tokens);
    }

    /// <summary>The calculations of a text, in order.</summary>
    public static IReadOnlyList<Calculation> Find(string text)
    {
        var found = new List<Calculation>();
        int end = Math.Min(text.Length, MaxLength);
        new CalculationFinder(text, 0, end, found).FindChains();
        int annotations = 0;
        for (int open = text.IndexOf("<<", StringComparison.Ordinal); open >= 0 && open < end && annotations++ < MaxAnnotations; open = text.IndexOf("<<", open + 2, StringComparison.Ordinal))
        {
            if (CalculationLexer.AnnotationEnd(text, open, end) is > 0 and var close)
                new CalculationFinder(text, open + 2, close, found).FindChains();
        }

        return [.. found.OrderBy(c => c.Start)];
    }

    private void FindChains()
    {
        for (int i = 0; i < tokens.Count;)
            i = parser.IsOperand(i) && parser.Read(i) is { } first ? ReadChain(i, first) : i + 1;
    }

    /// <summary>Checks the chain that starts with an expression; the token to go on with.</summary>
    private int ReadChain(int start, Expression left)
    {
        int leftStart = start;
        bool isFirst = true;
        bool about = false;
        bool calculates = false;
        while (RelationAfter(left, ref about) is var operand and >= 0)
        {
            if (!parser.IsOperand(operand) || parser.Read(operand) is not { } right)
                return operand;
            bool ignored = about;
            bool isContinued = RelationAfter(right, ref ignored) >= 0;
            calculates |= left.Operations > 0 || right.Operations > 0;
            if (calculates && IsComparable(leftStart, left, right, isFirst))
                Check(leftStart, left, operand, right, isContinued, about || IsCutOff(left) || IsCutOff(right) || !isContinued && IsSaidToBeRounded(right.Last + 1));
            (leftStart, left, isFirst) = (operand, right, false);
        }

        return left.Last + 1;
    }

    private void Check(int leftStart, Expression left, int rightStart, Expression right, bool isContinued, bool about)
    {
        int? places = about ? StatedPlaces(left, right) : null;
        bool isMachine = left.IsMachine || right.IsMachine;
        bool? holds = EqualityCheck.Holds(left, right, isContinued, places, isMachine);
        if (holds == false && (left.HasPercent || right.HasPercent))
        {
            // "30/60*100 = 50%" and "20 + 30% = 50%" mean the number before the sign.
            Expression plainLeft = parser.Read(leftStart, plainPercent: true) ?? left;
            Expression plainRight = parser.Read(rightStart, plainPercent: true) ?? right;
            holds = Agrees(left, plainRight) || Agrees(plainLeft, right) || Agrees(plainLeft, plainRight);
        }

        if (holds is { } isRight)
            found.Add(new Calculation(tokens[leftStart].Start, text[tokens[leftStart].Start..tokens[right.Last].End], isRight));

        bool Agrees(Expression a, Expression b) => EqualityCheck.Holds(a, b, isContinued, places, isMachine) == true;
    }

    /// <summary>The digits after the point that the rounded number states; two where both sides are calculations.</summary>
    private int StatedPlaces(Expression left, Expression right)
    {
        Expression? stated = right.Operations == 0 ? right : left.Operations == 0 ? left : null;
        if (stated is not { } number)
            return 2;
        return number.HasPercent ? tokens[number.Last - 1].Decimals + 2 : tokens[number.Last].Decimals;
    }

    /// <summary>The token after the relation that follows an expression, or −1.</summary>
    private int RelationAfter(Expression expression, ref bool about)
    {
        int i = expression.End;
        if (tokens[i].Kind == TokenKind.NewLine && tokens[i + 1].Kind == TokenKind.Relation)
            i++;
        if (IsWord(i, "equals"))
            return i + 1;
        if (IsWord(i, "is") && expression.Operations > 0)
            return IsStatedAt(i + 1) ? i + 1 : IsWord(i + 1, "equal") && IsWord(i + 2, "to") ? i + 3 : -1;
        if (tokens[i].Kind != TokenKind.Relation)
            return -1;
        for (; tokens[i].Kind == TokenKind.Relation || IsAbout(i); i++)
            about |= tokens[i].Symbol != '=';
        return i;
    }

    /// <summary>"is 12", but not "is 12 less than" or "is 3 times".</summary>
    private bool IsStatedAt(int i) =>
        tokens[i].Kind == TokenKind.Number && !(tokens[i + 1].Kind is TokenKind.Word && AnyWord(i + 1, "less", "more", "fewer", "times", "greater", "of", "percent"));

    private bool IsAbout(int i) => AnyWord(i, "about", "approximately", "roughly", "around", "nearly", "almost");

    private bool IsCutOff(Expression side) => side.Operations == 0 && (tokens[side.Last].IsCutOff || side.HasPercent && tokens[side.Last - 1].IsCutOff);

    /// <summary>"= 3.33 (rounded to two decimals)", "≈" said in words after the number.</summary>
    private bool IsSaidToBeRounded(int from)
    {
        for (int i = from; i < Math.Min(from + 7, tokens.Count) && tokens[i].Kind is not (TokenKind.Break or TokenKind.NewLine); i++)
        {
            if (tokens[i].Kind == TokenKind.Word && (text.AsSpan(tokens[i].Start).StartsWith("round", StringComparison.OrdinalIgnoreCase) || text.AsSpan(tokens[i].Start).StartsWith("approx", StringComparison.OrdinalIgnoreCase)))
                return true;
        }

        return false;
    }

    private bool IsComparable(int leftStart, Expression left, Expression right, bool isFirst)
    {
        if (left.Value is null || right.Value is null || IsCutShort(right.End))
            return false;
        if (left.Operations == 0 && right.Operations == 0)
            return !left.HasUnits && !right.HasUnits;
        if (!isFirst)
            return true;

        // "x + 3*4 = 17": what stands before belongs to the calculation. "Day 2 = 3*4": a label is no value, nor is a unit.
        TokenKind before = leftStart > 0 ? tokens[leftStart - 1].Kind : TokenKind.Break;
        if (before is TokenKind.Operator or TokenKind.Unknown or TokenKind.Percent or TokenKind.FractionBar)
            return false;
        return left.Operations > 0 ? !(before == TokenKind.Word && AnyWord(leftStart - 1, "of", "times", "mod", "half", "twice", "double", "plus", "minus", "by", "x")) : !left.HasUnits && before != TokenKind.Word;
    }

    /// <summary>Whether the side goes on with what could not be read, as in "3 * (x + 1)"; a dash before a word is prose.</summary>
    private bool IsCutShort(int end) => tokens[end].Kind switch
    {
        TokenKind.Unknown => true,
        TokenKind.Operator when tokens[end].Symbol == '-' => tokens[end + 1].Kind == TokenKind.Unknown || tokens[end + 1].Kind == TokenKind.Word && tokens[end + 1].End - tokens[end + 1].Start == 1,
        TokenKind.Operator => tokens[end + 1].Kind is not (TokenKind.Break or TokenKind.NewLine),
        _ => false,
    };

    private bool IsWord(int i, string word) =>
        i < tokens.Count && tokens[i].Kind == TokenKind.Word && text.AsSpan(tokens[i].Start, tokens[i].End - tokens[i].Start).Equals(word, StringComparison.OrdinalIgnoreCase);

    private bool AnyWord(int i, params ReadOnlySpan<string> words)
    {
        foreach (string word in words)
        {
            if (IsWord(i, word))
                return true;
        }

        return false;
    }
}

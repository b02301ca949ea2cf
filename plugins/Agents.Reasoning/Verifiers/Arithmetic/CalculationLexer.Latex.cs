namespace Agents.Reasoning.Verifiers;

/// <summary>LaTeX as models write it.</summary>
internal sealed partial class CalculationLexer
{
    private void ReadCommand()
    {
        int nameEnd = at + 1;
        while (nameEnd < end && char.IsAsciiLetter(text[nameEnd]))
            nameEnd++;
        if (nameEnd == at + 1)
        {
            ReadEscape(Peek());
            return;
        }

        int length = nameEnd - at;
        switch (text[(at + 1)..nameEnd])
        {
            case "times" or "cdot" or "ast": Add(TokenKind.Operator, length, '*'); break;
            case "div": Add(TokenKind.Operator, length, '/'); break;
            case "frac" or "dfrac" or "tfrac" or "cfrac": Add(TokenKind.FractionBar, length); break;
            case "approx" or "sim" or "simeq" or "cong": Add(TokenKind.Relation, length, '~'); break;
            case "left" or "right" or "big" or "Big" or "bigg" or "Bigg" or "quad" or "qquad" or "displaystyle": at = nameEnd; break;
            case "text" or "mathrm" or "textbf" or "mathbf" or "operatorname" or "mbox": ReadGroupOfText(nameEnd); break;
            default: Add(TokenKind.Unknown, length); break;
        }
    }

    private void ReadEscape(char escaped)
    {
        switch (escaped)
        {
            case '\\': Add(TokenKind.NewLine, 2); break;
            case '%': Add(TokenKind.Percent, 2); break;
            case '$': (money, at) = (true, at + 2); break;
            case '(' or ')' or '[' or ']': Add(TokenKind.Break, 2); break;
            default: at += escaped == '\0' ? 1 : 2; break;
        }
    }

    /// <summary>Words in braces stay words; the braces go.</summary>
    private void ReadGroupOfText(int open)
    {
        at = open;
        if (open >= end || text[open] != '{')
            return;
        int close = text.IndexOf('}', open, Math.Min(end - open, MaxAnnotation));
        if (close < 0)
            return;
        foreach (CalculationToken token in Read(text, open + 1, close)[..^1])
            tokens.Add(token.Kind == TokenKind.Word ? token : token with { Kind = TokenKind.Unknown });
        at = close + 1;
    }
}

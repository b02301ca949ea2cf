namespace Agents.Reasoning.Verifiers;

/// <summary>Units and prose between operands.</summary>
internal sealed partial class CalculationParser
{
    private const int MaxUnitWords = 4;

    private static readonly string[] prose =
    [
        "and", "so", "then", "is", "are", "was", "were", "which", "that", "if", "because", "since", "therefore", "thus", "but", "when", "where",
        "while", "let", "we", "he", "she", "they", "it", "you", "i", "his", "her", "their", "has", "have", "the", "means", "equals", "equal", "or",
        "plus", "minus", "less", "more", "fewer", "than", "multiplied", "divided", "of",
    ];

    /// <summary>Passes over unit words where an operation, a relation or a closing bracket follows; a single letter there is a variable.</summary>
    private void PassUnits()
    {
        int to = at;
        for (int words = 0; words < MaxUnitWords && to + 1 < tokens.Count; words++)
        {
            if (OperatorAt(to))
                break;
            if (tokens[to].Kind == TokenKind.Word && !IsProse(to))
                to++;
            else if (tokens[to] is { Kind: TokenKind.Operator, Symbol: '/' or '-' } && (tokens[to].Symbol == '/' || to > 0 && Touches(to - 1) && Touches(to)) && tokens[to + 1].Kind == TokenKind.Word && !IsProse(to + 1))
            {
                // "12 miles/hour" is a unit; the number of "4-legged animals" may be none of theirs.
                unknown |= tokens[to].Symbol == '-';
                to += 2;
            }
            else if (tokens[to].Kind == TokenKind.Open && tokens[to + 1].Kind == TokenKind.Word && to + 2 < tokens.Count && tokens[to + 2].Kind == TokenKind.Close)
                to += 3;
            else
                break;
        }

        if (to == at)
            return;
        units = true;
        if (!OperatorAt(to) && tokens[to].Kind is not (TokenKind.Relation or TokenKind.Close) && !(tokens[to].Kind == TokenKind.NewLine && tokens[to + 1].Kind == TokenKind.Relation))
        {
            // Nothing follows: the words belong to the sentence. A letter that touches the number is still a variable.
            unknown |= tokens[at].Kind == TokenKind.Word && tokens[at].End - tokens[at].Start == 1 && Touches(at - 1);
            return;
        }

        for (int i = at; i < to; i++)
            unknown |= tokens[i].Kind == TokenKind.Word && tokens[i].End - tokens[i].Start == 1 && (!IsWord(i, "a") || i > 0 && Touches(i - 1));
        at = to;
    }

    private bool OperatorAt(int index)
    {
        int back = at;
        at = index;
        char sign = OperatorHere(out _);
        at = back;
        return sign is not ('\0' or 'o');
    }

    private bool IsProse(int index) => Array.Exists(prose, word => IsWord(index, word));
}

using System.Buffers;

namespace Agents.Answers.Extraction;

/// <summary>Finds the statements that announce an answer: "the answer is", "Answer:", "A: ", "答案是", "réponse", ….</summary>
internal static class CueFinder
{
    private const int MaxWordsToVerb = 14;
    private const int MaxWordLength = 40;
    private const int MaxMarks = 60;

    /// <summary>Words for "answer". What follows decides whether they announce one.</summary>
    private static readonly string[] Nouns = ["answer", "réponse", "respuesta", "antwort", "risposta", "resposta", "ответ", "答案", "答え", "정답", "उत्तर", "الجواب", "الإجابة", "correct option", "correct choice", "故选", "应选", "ans:", "ans."];

    private static readonly string[] Verbs = ["is", "are", "was", "be", "equals", "est", "es", "ist", "lautet", "è", "é", "=", ":", "："];

    /// <summary>The first characters of the nouns and of "A:", in both cases; the scan stops only at these.</summary>
    private static readonly SearchValues<char> Initials = SearchValues.Create("aArRcCоО答정उا故应");

    /// <summary>The start of the last cue's noun before <paramref name="before"/> and where what it announces begins, or null. One pass backward.</summary>
    public static (int Start, int End)? Last(string text, Span within, int before)
    {
        for (int from = before; from > within.Start;)
        {
            int at = text.AsSpan(within.Start, from - within.Start).LastIndexOfAny(Initials);
            if (at < 0) return null;
            at += within.Start;
            from = at;
            if (text[at] == 'A' && at + 1 < within.End && text[at + 1] == ':' && (at == within.Start || text[at - 1] == '\n')) return (at, at + 2);
            int length = NounAt(text, at, within);
            if (length == 0 || (at > within.Start && char.IsAsciiLetter(text[at - 1]) && char.IsAsciiLetter(text[at]))) continue;
            if (End(text, at + length, within, text[at] > 127 || text[at + length - 1] is ':' or '.', IsFinal(text, at, within)) is { } end) return (at, end);
        }

        return null;
    }

    private static int NounAt(string text, int at, Span within)
    {
        ReadOnlySpan<char> rest = text.AsSpan(at, within.End - at);
        foreach (string noun in Nouns)
        {
            if ((noun[0] | 0x20) == (rest[0] | 0x20) && rest.StartsWith(noun, StringComparison.OrdinalIgnoreCase)) return noun.Length;
        }

        return 0;
    }

    private static bool IsFinal(string text, int at, Span within) => at - 6 >= within.Start && text.AsSpan(at - 6, 6).Equals("final ", StringComparison.OrdinalIgnoreCase);

    /// <summary>Where the announced answer begins: after "is", ":", "=" within a few words, or right away before a formula, a number or a new line.</summary>
    private static int? End(string text, int at, Span within, bool complete, bool final)
    {
        int i = at;
        if (i < within.End && text[i] is 's' or 'S' && !complete) i++;
        if (i + 2 < within.End && text[i] == '(' && text[i + 1] == 's') i += 3;
        int afterNoun = SkipMarks(text, i, within.End);
        if (afterNoun >= within.End) return null;
        if (complete) return SkipVerb(text, afterNoun, within.End) ?? afterNoun;
        if (SkipVerb(text, afterNoun, within.End) is { } direct) return direct;
        if (text[afterNoun] is '$' or '\\' || (text[afterNoun] == '(' && afterNoun + 2 < within.End && text[afterNoun + 2] == ')') || (final && (text[i] is '\n' or '*' || char.IsAsciiDigit(text[afterNoun])))) return afterNoun;

        // "the answer to the question is 42": a verb within the sentence, a few words on.
        for (int words = 0; words < MaxWordsToVerb && i < within.End; words++)
        {
            while (i < within.End && text[i] == ' ') i++;
            int start = i;
            while (i < within.End && i - start < MaxWordLength && !char.IsWhiteSpace(text[i])) i++;
            ReadOnlySpan<char> word = text.AsSpan(start, i - start);
            if (word.Length == 0 || (i < within.End && text[i] == '\n')) return null;
            if (word is "is" or "are" or "be" or "is:" or "are:" or "=" or "est" or "es" or "ist") return SkipMarks(text, i, within.End);
            if (word[^1] == ':') return SkipMarks(text, i, within.End);
            if (word[^1] is '.' or '?' or '!' or ';') return null;
        }

        return null;
    }

    private static int? SkipVerb(string text, int at, int end)
    {
        foreach (string prefix in (ReadOnlySpan<string>)["would ", "will ", "should ", "must "])
        {
            if (at + prefix.Length < end && text.AsSpan(at).StartsWith(prefix, StringComparison.OrdinalIgnoreCase)) at += prefix.Length;
        }

        int start = at;
        foreach (string verb in Verbs)
        {
            if (at + verb.Length > end || !text.AsSpan(at, verb.Length).Equals(verb, StringComparison.OrdinalIgnoreCase)) continue;
            bool isWord = char.IsLetter(verb[0]);
            if (isWord && at + verb.Length < end && char.IsLetter(text[at + verb.Length])) continue;
            at = SkipMarks(text, at + verb.Length, end);
            break;
        }

        if (at == start && at < end && text[at] is '是' or '为') at = SkipMarks(text, at + 1, end);
        return at == start ? null : at;
    }

    /// <summary>Skips space and the marks that stand between a cue and its answer.</summary>
    private static int SkipMarks(string text, int i, int end)
    {
        end = Math.Min(end, i + MaxMarks);
        while (i < end && (char.IsWhiteSpace(text[i]) || text[i] is '*' or '_' or '"' or '`' or ':' or '：' or '“' or '>' or '=' || (text[i] == '\\' && i + 1 < end && text[i + 1] == '"'))) i++;
        return i;
    }
}

using System.Buffers;

namespace Agents.Answers.Extraction;

/// <summary>Where a statement ends, and where in it the value begins.</summary>
internal static class Sentences
{
    private static readonly SearchValues<char> Signs = SearchValues.Create("√π^²³{+*");
    private static readonly string[] Stops = [" because ", " since ", ", which ", " which ", ", so ", ", as ", " as ", "; ", " (", ", it ", ", but ", ", not ", " and not ", "，", "。", "！", "？", " 不", "<<", " — "];
    private static readonly string[] Verbs = [" is ", " are ", " equals ", " was ", " be ", " est ", " es ", " ist ", "=", "是", "为", " gives ", " get ", " have ", " has ", " of "];

    /// <summary>The first sentence of the span, up to a full stop, a new line, or a word that begins a reason.</summary>
    public static Span First(string text, Span span)
    {
        int end = span.End;
        for (int i = span.Start; i < span.End; i++)
        {
            char c = text[i];
            bool stops = c == '\n' || (c is '.' or '?' or '!' && i > span.Start && (i + 1 == span.End || char.IsWhiteSpace(text[i + 1]) || text[i + 1] is '*' or '"' or '<' or '\'') && !IsInitial(text, i, span.Start));
            if (!stops) continue;
            end = i;
            break;
        }

        foreach (string stop in Stops)
        {
            if (end <= span.Start) break;
            int at = text.IndexOf(stop, span.Start, end - span.Start, StringComparison.Ordinal);
            if (at > span.Start && !(stop == " (" && IsTuple(text, at + 1, end))) end = at;
        }

        return new Span(span.Start, end);
    }

    /// <summary>"p.m." and "a.m." do not end a sentence in their middle.</summary>
    private static bool IsInitial(string text, int dot, int start) => text[dot] == '.' && dot - 1 >= start && text[dot - 1] is 'p' or 'a' && dot + 1 < text.Length && text[dot + 1] is 'm';

    /// <summary>Whether a bracket holds digits and commas, so is part of the answer and no remark.</summary>
    private static bool IsTuple(string text, int open, int end)
    {
        int close = text.IndexOf(')', open, end - open);
        if (close < 0) return true;
        ReadOnlySpan<char> content = text.AsSpan(open + 1, close - open - 1);
        for (int i = 0; i + 2 < content.Length; i++)
        {
            if (char.IsAsciiLetter(content[i]) && char.IsAsciiLetter(content[i + 1]) && char.IsAsciiLetter(content[i + 2]) && !(i > 0 && content[i - 1] == '\\')) return false;
        }

        return true;
    }

    /// <summary>What follows the last verb or equals sign of the sentence, or null.</summary>
    public static Span? AfterVerb(string text, Span sentence)
    {
        int best = -1;
        foreach (string verb in Verbs)
        {
            int at = text.LastIndexOf(verb, sentence.End - 1, sentence.Length, StringComparison.Ordinal);
            if (at >= 0) best = Math.Max(best, at + verb.Length);
        }

        if (best < 0 || best >= sentence.End) return null;
        Span rest = new Span(best, sentence.End).Trim(text);
        return rest.IsEmpty ? null : rest;
    }

    /// <summary>
    /// What the sentence of the last number states, when that is more than the number: "The point is (2, 3).", "The roots are 2 and 5.",
    /// "The maximum is 11, attained at x = 3."; else null.
    /// </summary>
    public static Span? Stated(string text, Span number, Span within)
    {
        if (Qualified(text, number, within) is { } qualified) return qualified;
        Span sentence = Around(text, number, within);
        ReadOnlySpan<char> before = text.AsSpan(sentence.Start, number.Start - sentence.Start);
        int are = before.LastIndexOf(" are "), isTuple = Math.Max(before.LastIndexOf(" is ("), before.LastIndexOf(" is ["));
        if (LastVerb(before) is > 0 and var verb && text.AsSpan(sentence.Start + verb, sentence.End - sentence.Start - verb) is var said && said.ContainsAny(Signs) && !said.Contains('='))
            return new Span(sentence.Start + verb, sentence.End).Trim(text); // "is 2√3", "simplifies to 2x + 1"
        int colon = before.LastIndexOf(": ");
        int at = isTuple > are ? isTuple + 4 : Math.Max(are >= 0 ? are + 5 : -1, colon > 0 ? colon + 2 : -1);
        if (at < 0) return null;
        var rest = new Span(sentence.Start + at, sentence.End);
        bool isList = isTuple > are ? text[sentence.End - 1] is ')' or ']' : char.IsAsciiDigit(text[rest.Start]) || text[rest.Start] is '-' or '(' or '$';
        return isList ? rest.Trim(text) : null;
    }

    /// <summary>Where what the last verb says begins, or −1.</summary>
    private static int LastVerb(ReadOnlySpan<char> sentence)
    {
        int best = -1;
        foreach (string verb in (ReadOnlySpan<string>)[" is ", " are ", " equals ", " to "]) best = sentence.LastIndexOf(verb) is >= 0 and var at ? Math.Max(best, at + verb.Length) : best;
        return best;
    }

    /// <summary>"is 11, attained at x = 3": the number after the verb when a qualification with the last number follows it, else null.</summary>
    public static Span? Qualified(string text, Span number, Span within)
    {
        Span sentence = Around(text, number, within);
        int verb = text.LastIndexOf(" is ", number.Start, Math.Max(0, number.Start - sentence.Start), StringComparison.Ordinal);
        if (verb < 0) return null;
        var rest = new Span(verb + 4, sentence.End);
        if (NumberFinder.First(text, rest) is not { } first || first.Start > rest.Start + 1 || first.End > number.Start) return null;
        ReadOnlySpan<char> after = text.AsSpan(first.End, number.Start - first.End).TrimStart(", ");
        foreach (string word in Qualifiers)
        {
            if (after.StartsWith(word, StringComparison.Ordinal)) return first;
        }

        return null;
    }

    private static readonly string[] Qualifiers = ["at ", "when ", "attained ", "achieved ", "reached ", "occurring ", "which occurs ", "for x", "for n", "where ", "if ", "since ", "because ", "as "];

    /// <summary>The sentence around a number, without its full stop.</summary>
    private static Span Around(string text, Span number, Span within)
    {
        int start = number.Start;
        for (int floor = Math.Max(within.Start, number.Start - 300); start > floor && !(text[start - 1] == '\n' || (text[start - 1] is ' ' && start > floor + 1 && text[start - 2] is '.' or '!' or '?')); start--) { }
        int end = number.End;
        while (end < within.End && text[end] != '\n' && !(text[end] is '.' or '!' or '?' && (end + 1 == within.End || char.IsWhiteSpace(text[end + 1])))) end++;
        return new Span(start, end);
    }

    /// <summary>Widens a number inside \frac{a}{b} that stands outside TeX delimiters to the whole fraction.</summary>
    public static Span Fraction(string text, Span number, Span within)
    {
        int at = text.LastIndexOf("\\frac", number.Start, Math.Min(40, number.Start - within.Start + 1), StringComparison.Ordinal);
        if (at < 0 && number.Start - within.Start >= 6) at = text.LastIndexOf("\\dfrac", number.Start, Math.Min(40, number.Start - within.Start + 1), StringComparison.Ordinal);
        if (at < 0) return number;
        int open = text.IndexOf('{', at, within.End - at);
        if (open < 0 || open > at + 7) return number;
        int middle = Expressions.Braces.End(text, open, within.End);
        if (middle >= within.End || text[middle] != '{') return number;
        int end = Expressions.Braces.End(text, middle, within.End);
        if (end < number.End) return number;
        int start = at > within.Start && text[at - 1] == '-' ? at - 1 : at;
        return new Span(start, end);
    }
}

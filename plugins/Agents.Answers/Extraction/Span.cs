namespace Agents.Answers.Extraction;

/// <summary>A stretch of model text: from Start up to, not including, End.</summary>
internal readonly record struct Span(int Start, int End)
{
    public int Length => End - Start;
    public bool IsEmpty => End <= Start;

    /// <summary>The span without white space at its ends.</summary>
    public Span Trim(string text)
    {
        int start = Start, end = End;
        while (start < end && char.IsWhiteSpace(text[start])) start++;
        while (end > start && char.IsWhiteSpace(text[end - 1])) end--;
        return new Span(start, end);
    }

    public ReadOnlySpan<char> Of(string text) => text.AsSpan(Start, Math.Max(0, Length));
}

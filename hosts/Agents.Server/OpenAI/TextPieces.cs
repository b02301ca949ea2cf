namespace Agents.Server.OpenAI;

/// <summary>A text that is there already, in pieces for a stream.</summary>
internal static class TextPieces
{
    private const int PieceLength = 80;

    /// <summary>The pieces, cut after a space where there is one, never within a character.</summary>
    public static IEnumerable<string> Of(string? text)
    {
        for (int start = 0; start < text?.Length;)
        {
            int end = Math.Min(text.Length, start + PieceLength);
            if (end < text.Length && text.LastIndexOf(' ', end - 1, PieceLength) is var space && space > start)
                end = space + 1;
            if (end < text.Length && char.IsHighSurrogate(text[end - 1]))
                end++;
            yield return text[start..end];
            start = end;
        }
    }
}

using System.Text;

namespace Agents.Models.Decoding;

/// <summary>
/// Ends thinking after so many tokens: counts those written while a <c>&lt;think&gt;</c> is open, and then has its closing tag
/// written, whatever the model would have said. The reply goes on after it. One for each text.
/// </summary>
/// <param name="most">Tokens of thinking, at least 0; the tags are not counted.</param>
/// <param name="closing">The tokens of the closing tag.</param>
/// <param name="isOpen">Whether the text continues thinking that the prompt opened.</param>
internal sealed class ThinkingCap(int most, IReadOnlyList<int> closing, bool isOpen)
{
    public const string Open = "<think>";
    public const string Close = "</think>";

    private readonly List<byte> tail = [];
    private int spent;
    private int forced;

    /// <summary>The token that must come next; null when the model may choose.</summary>
    public int? Forced => isOpen && spent >= most && forced < closing.Count ? closing[forced] : null;

    /// <summary>Whether a text leaves its thinking open.</summary>
    public static bool LeavesOpen(string text) => text.LastIndexOf(Open, StringComparison.Ordinal) > text.LastIndexOf(Close, StringComparison.Ordinal);

    /// <summary>Takes a token in.</summary>
    public void Add(ReadOnlySpan<byte> token)
    {
        if (Forced is not null)
            forced++;
        else if (isOpen)
            spent++;
        tail.AddRange(token);
        string seen = Encoding.Latin1.GetString([.. tail]);
        int open = seen.LastIndexOf(Open, StringComparison.Ordinal), close = seen.LastIndexOf(Close, StringComparison.Ordinal);
        if (open != close)
        {
            isOpen = open > close;
            tail.Clear();
            if (!isOpen)
                forced = 0;
        }
        else if (tail.Count >= Close.Length)
        {
            // A tag may be spread over tokens: what could be its beginning is kept.
            tail.RemoveRange(0, tail.Count - Close.Length + 1);
        }
    }
}

using System.Text;

namespace Agents.Models.Decoding;

/// <summary>
/// The text of a sample as its bytes arrive. Finds stop strings across tokens, and lets out only whole characters that can no
/// longer become part of a stop string.
/// </summary>
internal sealed class GeneratedText(IReadOnlyList<byte[]> stops)
{
    private readonly Decoder streaming = Encoding.UTF8.GetDecoder();
    private byte[] bytes = new byte[256];
    private int length;
    private int released;

    /// <summary>Adds the bytes of a token.</summary>
    /// <returns>True when a stop string is complete; the text then ends before it.</returns>
    public bool Append(ReadOnlySpan<byte> token)
    {
        if (length + token.Length > bytes.Length)
            Array.Resize(ref bytes, Math.Max(bytes.Length * 2, length + token.Length));
        token.CopyTo(bytes.AsSpan(length));
        int before = length;
        length += token.Length;
        int end = -1;
        foreach (byte[] stop in stops)
        {
            int from = Math.Max(0, before - stop.Length + 1);
            int at = bytes.AsSpan(from, length - from).IndexOf(stop);
            if (at >= 0 && (end < 0 || from + at < end))
                end = from + at;
        }

        if (end >= 0)
            length = end;
        return end >= 0;
    }

    /// <summary>What can be shown since the last call; everything that is left when <paramref name="isEnd"/>.</summary>
    public string Release(bool isEnd)
    {
        int until = isEnd ? length : length - HeldBack();
        ReadOnlySpan<byte> fresh = bytes.AsSpan(released, Math.Max(0, until - released));
        released = Math.Max(released, until);
        if (fresh.IsEmpty && !isEnd)
            return "";
        char[] chars = new char[streaming.GetCharCount(fresh, isEnd)];
        return new string(chars, 0, streaming.GetChars(fresh, chars, isEnd));
    }

    /// <summary>The whole text; bytes that are no characters become U+FFFD.</summary>
    public override string ToString() => Encoding.UTF8.GetString(bytes, 0, length);

    /// <summary>The longest end of the text with which a stop string begins.</summary>
    private int HeldBack()
    {
        int most = 0;
        foreach (byte[] stop in stops)
        {
            for (int count = Math.Min(stop.Length - 1, length); count > most; count--)
            {
                if (bytes.AsSpan(length - count, count).SequenceEqual(stop.AsSpan(0, count)))
                    most = count;
            }
        }

        return most;
    }
}

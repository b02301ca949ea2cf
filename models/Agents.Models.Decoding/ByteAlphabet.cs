namespace Agents.Models.Decoding;

/// <summary>
/// The byte-level alphabet of Radford et al. 2019 (GPT-2): every byte is one printable character, so that a vocabulary file is
/// text. Printable Latin-1 stands for itself; the other 68 bytes follow from U+0100 on, in order.
/// </summary>
internal static class ByteAlphabet
{
    private static readonly Dictionary<char, byte> bytes = Build();

    /// <summary>The byte a character stands for, or null.</summary>
    public static byte? ByteOf(char letter) => bytes.TryGetValue(letter, out byte value) ? value : null;

    private static Dictionary<char, byte> Build()
    {
        var letters = new Dictionary<char, byte>();
        char next = '\u0100';
        for (int value = 0; value < 256; value++)
        {
            bool isPrintable = value is (>= '!' and <= '~') or (>= 0xA1 and <= 0xAC) or >= 0xAE;
            letters[isPrintable ? (char)value : next++] = (byte)value;
        }

        return letters;
    }
}

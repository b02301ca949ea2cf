using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Agents.Models.OpenAI;

/// <summary>Reads JSON strings that hold half of a surrogate pair, which a cut-off reply can: the half becomes U+FFFD.</summary>
internal static class WireText
{
    public static string Read(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            return Unescape(Encoding.UTF8.GetString(reader.ValueSpan));
        }
    }

    private static string Unescape(string raw)
    {
        var chars = new StringBuilder(raw.Length);
        for (int i = 0; i < raw.Length; i++)
        {
            if (raw[i] != '\\')
            {
                chars.Append(raw[i]);
                continue;
            }

            i++;
            chars.Append(raw[i] switch { 'n' => '\n', 't' => '\t', 'r' => '\r', 'b' => '\b', 'f' => '\f', 'u' => CodeUnit(raw, i), char c => c });
            i += raw[i] == 'u' ? 4 : 0;
        }

        // Encoding replaces what is no pair.
        return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(chars.ToString()));
    }

    private static char CodeUnit(string raw, int at) => (char)ushort.Parse(raw.AsSpan(at + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}

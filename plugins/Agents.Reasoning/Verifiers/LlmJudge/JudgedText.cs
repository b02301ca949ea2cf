using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Agents.Reasoning.Verifiers;

/// <summary>
/// Text of others on its way into a judge's prompt. Invisible characters go, signs that pose as brackets or colons become plain,
/// and what could be one of our tags, a chat template's, or a verdict line is defused. The judge sees the rest as it was.
/// </summary>
internal static class JudgedText
{
    private const int MaxTag = 40;

    // Tags of this library's prompts and of the chat templates that models were trained on.
    private static readonly string[] tags =
    [
        "question", "candidate", "reference", "solution", "message", "system", "user", "assistant", "human", "developer", "tool", "think", "thinking",
        "instruction", "verdict", "data", "response", "prompt", "im_", "start_", "end_", "endof", "begin", "eot", "eom", "s>", "inst", "sys", "turn", "|", "｜",
    ];

    /// <summary>Letters and digits that the judged text cannot contain, the same in every replay.</summary>
    /// <param name="random">The run's randomness for this call.</param>
    /// <param name="judged">Everything judged. It is hashed in: a text that contains its own nonce would have to be found by search through 2^64.</param>
    public static string Nonce(Random random, string judged)
    {
        byte[] salt = new byte[16];
        random.NextBytes(salt);
        for (int round = 0; ; round++)
        {
            byte[] hash = SHA256.HashData([.. salt, .. BitConverter.GetBytes(round), .. Encoding.UTF8.GetBytes(judged)]);
            string nonce = Convert.ToHexStringLower(hash.AsSpan(0, 8));
            if (!judged.Contains(nonce, StringComparison.OrdinalIgnoreCase))
                return nonce;
        }
    }

    /// <summary>The text as a judge may see it.</summary>
    public static string Neutralise(string text, int maxLength = int.MaxValue)
    {
        string visible = Visible(text);
        if (visible.Length > maxLength)
            visible = Shortened(visible, maxLength / 2);
        string plain = Confusables.Fold(visible);
        var safe = new StringBuilder(visible.Length + 16);
        int line = 0;
        for (int i = 0; i < visible.Length; i++)
        {
            if (visible[i] == '\n')
                line = i + 1;
            safe.Append(visible[i] switch
            {
                '<' or '[' when OpensTag(plain, i) => '(',
                ':' or '=' when plain.AsSpan(Math.Max(line, i - MaxTag), i - Math.Max(line, i - MaxTag)).Contains("verdict", StringComparison.OrdinalIgnoreCase) => '¦',
                var other => other,
            });
        }

        return safe.ToString();
    }

    /// <summary>Start and end of a text, no pair of surrogates cut in two.</summary>
    private static string Shortened(string text, int half)
    {
        int head = char.IsHighSurrogate(text[half - 1]) ? half - 1 : half;
        int tail = text.Length - half;
        tail = char.IsLowSurrogate(text[tail]) ? tail + 1 : tail;
        return string.Concat(text.AsSpan(0, head), "\n(… left out …)\n", text.AsSpan(tail));
    }

    /// <summary>Without invisible characters, in the compatibility form: full-width and styled letters become plain ones.</summary>
    public static string Visible(string text)
    {
        var seen = new StringBuilder(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            UnicodeCategory category = Rune.GetUnicodeCategory(rune);
            if (rune.Value is '\n' or '\t')
                seen.Append((char)rune.Value);
            else if (category is UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator || rune.Value is 0x85 or 0x0B or 0x0C)
                seen.Append('\n');
            else if (category is not (UnicodeCategory.Format or UnicodeCategory.Control or UnicodeCategory.PrivateUse or UnicodeCategory.Surrogate or UnicodeCategory.OtherNotAssigned)
                && rune.Value is not ((>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF) or 0x115F or 0x1160 or 0x3164 or 0xFFA0))
                seen.Append(Plain(rune));
        }

        return seen.ToString();
    }

    // Characters that pose as plain ones. Not by Unicode normalisation, which does nothing in invariant globalisation mode. Powers
    // and fractions (², ½) keep their meaning and stay.
    private static string Plain(Rune rune) => rune.Value switch
    {
        0x2039 or 0x3008 or 0x27E8 or 0x29FC or 0x276E or 0x2329 or 0xFE64 => "<",
        0x203A or 0x3009 or 0x27E9 or 0x29FD or 0x276F or 0x232A or 0xFE65 => ">",
        0x2236 or 0xA789 or 0x02D0 or 0x0589 or 0xFE13 or 0xFE55 => ":",
        0x2215 or 0x2571 => "/",
        0xFE66 => "=",
        0x3000 => " ",
        >= 0xFF01 and <= 0xFF5E => ((char)(rune.Value - 0xFEE0)).ToString(), // full-width
        >= 0x1D400 and <= 0x1D6A3 => Letter((rune.Value - 0x1D400) % 52), // mathematical alphabets: A–Z, then a–z, in each style
        >= 0x1D7CE and <= 0x1D7FF => ((char)('0' + ((rune.Value - 0x1D7CE) % 10))).ToString(),
        >= 0x2460 and <= 0x2473 => (rune.Value - 0x2460 + 1).ToString(CultureInfo.InvariantCulture), // ① to ⑳
        >= 0x249C and <= 0x24B5 => Letter(rune.Value - 0x249C + 26), // ⒜ to ⒵
        >= 0x24B6 and <= 0x24E9 => Letter(rune.Value - 0x24B6), // Ⓐ to ⓩ
        _ => rune.ToString(),
    };

    private static string Letter(int index) => ((char)(index < 26 ? 'A' + index : 'a' + index - 26)).ToString();

    /// <summary>Whether the bracket at this place opens a tag that could pose as a prompt's own.</summary>
    public static bool OpensTag(string text, int open)
    {
        ReadOnlySpan<char> name = text.AsSpan(open + 1, Math.Min(MaxTag, text.Length - open - 1)).TrimStart(" \t\n/\\!");
        foreach (string tag in tags)
        {
            if (name.StartsWith(tag, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }
}

using System.Text;
using Agents.Reasoning;

namespace Agents.Server.Channels;

/// <summary>
/// Words of a model or of an upstream on their way to a reader: they are shown as they are written, and do nothing. Markdown, HTML and
/// mentions are escaped, and addresses are kept from becoming links, because a link's author would be the model and its bearer the agent.
/// </summary>
internal static class ChannelText
{
    private const char WordJoiner = '\u2060';
    private static readonly string[] linkStarts = ["www.", "mailto:", "tel:", "sms:", "javascript:", "data:", "msteams:"];

    /// <summary>The text, escaped for a message whose format is Markdown.</summary>
    public static string Escape(string text)
    {
        string visible = Plain(text);
        var escaped = new StringBuilder(visible.Length + 16);
        for (int i = 0; i < visible.Length; i++)
        {
            char c = visible[i];
            switch (c)
            {
                case '\\' or '`' or '*' or '_' or '[' or ']' or '~' or '|':
                    escaped.Append('\\').Append(c);
                    break;
                case '#' or '+' or '-' or '=' when IsFirstOfLine(visible, i):
                    escaped.Append('\\').Append(c);
                    break;
                case '<':
                    escaped.Append("&lt;");
                    break;
                case '>':
                    escaped.Append("&gt;");
                    break;
                case '&':
                    escaped.Append("&amp;");
                    break;
                default:
                    escaped.Append(c);
                    break;
            }
        }

        return escaped.ToString();
    }

    /// <summary>The text without invisible characters and without addresses that a client would make links of; for places that know no Markdown.</summary>
    public static string Plain(string text)
    {
        string visible = VisibleText.Of(text);
        var plain = new StringBuilder(visible.Length + 8);
        for (int i = 0; i < visible.Length; i++)
        {
            char c = visible[i];
            plain.Append(c);
            // Decided by what stands before alone, so that a text that grows keeps its beginning.
            ReadOnlySpan<char> soFar = visible.AsSpan(0, i + 1);
            if (c == '@' || soFar.EndsWith(":/") || linkStarts.Any(s => visible.AsSpan(0, i + 1).EndsWith(s, StringComparison.OrdinalIgnoreCase)))
                plain.Append(WordJoiner);
        }

        return plain.ToString();
    }

    /// <summary>The text, cut where it is longer than may be, never inside a letter of two code units.</summary>
    public static string Cut(string text, int most)
    {
        if (text.Length <= most)
            return text;
        int end = most - 1;
        // Half an escape at the cut would escape the ellipsis or leave an entity open.
        while (end > 0 && (char.IsLowSurrogate(text[end]) || text[end - 1] == '\\'))
            end--;
        int entity = text.LastIndexOf('&', end - 1, Math.Min(5, end));
        if (entity >= 0 && text.IndexOf(';', entity) is var close && close >= end)
            end = entity;
        return text[..end] + "…";
    }

    private static bool IsFirstOfLine(string text, int i)
    {
        while (--i >= 0 && text[i] is ' ' or '\t')
        {
        }

        return i < 0 || text[i] == '\n';
    }
}

using System.Net;
using Microsoft.Extensions.AI;

namespace Agents.Reasoning;

/// <summary>
/// Splits a prompt into the messages its tags mark; text without tags is one user message. Inside tags a prompt is XML text, as
/// Semantic Kernel reads it: <c>&amp;lt;</c> stands for <c>&lt;</c>, and elements stand for themselves.
/// </summary>
internal static class PromptSections
{
    private const string Open = "<message role=\"";
    private const string Close = "</message>";

    public static IReadOnlyList<(ChatRole Role, string Text)> Split(string name, string text)
    {
        var sections = new List<(ChatRole, string)>();
        int at = 0;
        for (int open = text.IndexOf(Open, StringComparison.Ordinal); open >= 0; open = text.IndexOf(Open, at, StringComparison.Ordinal))
        {
            AddLoose(sections, text[at..open]);
            int roleAt = open + Open.Length;
            int roleEnd = text.IndexOf("\">", roleAt, StringComparison.Ordinal);
            int close = text.IndexOf(Close, open, StringComparison.Ordinal);
            if (roleEnd < 0 || close < roleEnd)
                throw new FormatException($"Prompt {name}: a <message> tag is not closed.");
            sections.Add((new ChatRole(text[roleAt..roleEnd]), WebUtility.HtmlDecode(text[(roleEnd + 2)..close].Trim('\n'))));
            at = close + Close.Length;
        }

        AddLoose(sections, text[at..]);
        return sections;
    }

    private static void AddLoose(List<(ChatRole, string)> sections, string text)
    {
        if (!string.IsNullOrWhiteSpace(text))
            sections.Add((ChatRole.User, text.Trim('\n')));
    }
}

namespace Agents.Reasoning.Strategies;

/// <summary>Text without the thinking that models write into it.</summary>
internal static class ThinkingText
{
    private const string Open = "<think>";
    private const string Close = "</think>";

    /// <summary>The text after the last closed thought; an unclosed thought leaves what stands before it.</summary>
    public static string SetAside(string text)
    {
        int close = text.LastIndexOf(Close, StringComparison.OrdinalIgnoreCase);
        if (close >= 0)
            text = text[(close + Close.Length)..];
        int open = text.IndexOf(Open, StringComparison.OrdinalIgnoreCase);
        return open < 0 ? text : text[..open];
    }
}

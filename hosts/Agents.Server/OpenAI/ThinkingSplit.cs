namespace Agents.Server.OpenAI;

/// <summary>A reply's thinking and its text, where the model writes its thinking before the text, in tags.</summary>
internal static class ThinkingSplit
{
    private const string Open = "<think>";
    private const string Close = "</think>";

    /// <summary>Splits at the first closing tag. Tags that do not begin the reply are text.</summary>
    public static (string? Thinking, string Text) Of(string reply)
    {
        string text = reply.TrimStart();
        if (!text.StartsWith(Open, StringComparison.OrdinalIgnoreCase))
            return (null, reply);
        int close = text.IndexOf(Close, StringComparison.OrdinalIgnoreCase);
        return close < 0 ? (text[Open.Length..].Trim(), "") : (text[Open.Length..close].Trim(), text[(close + Close.Length)..].TrimStart());
    }
}

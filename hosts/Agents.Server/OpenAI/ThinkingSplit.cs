namespace Agents.Server.OpenAI;

/// <summary>A reply's thinking and its text, where the model writes its thinking before the text, in tags, and perhaps the text in tags as well.</summary>
internal static class ThinkingSplit
{
    private const string Open = "<think>";
    private const string Close = "</think>";
    private const string OpenAnswer = "<answer>";
    private const string CloseAnswer = "</answer>";

    /// <summary>Splits at the first closing tag. Tags that do not begin the reply are text.</summary>
    public static (string? Thinking, string Text) Of(string reply)
    {
        string text = reply.TrimStart();
        if (!text.StartsWith(Open, StringComparison.OrdinalIgnoreCase))
            return (null, reply);
        int close = text.IndexOf(Close, StringComparison.OrdinalIgnoreCase);
        return close < 0 ? (text[Open.Length..].Trim(), "") : (text[Open.Length..close].Trim(), Untagged(text[(close + Close.Length)..].TrimStart()));
    }

    // After its thinking the model that ships inside says its answer between tags and nothing else.
    private static string Untagged(string text)
    {
        string all = text.TrimEnd();
        return all.StartsWith(OpenAnswer, StringComparison.OrdinalIgnoreCase) && all.IndexOf(CloseAnswer, StringComparison.OrdinalIgnoreCase) == all.Length - CloseAnswer.Length
            ? all[OpenAnswer.Length..^CloseAnswer.Length].Trim()
            : text;
    }
}

namespace Agents.Answers.Reading;

/// <summary>Reads yes/no and true/false, in English and Chinese.</summary>
internal static class BooleanReader
{
    public enum Pair { YesNo, TrueFalse }

    public static (bool Value, Pair Pair)? Read(ReadOnlySpan<char> text)
    {
        text = text.Trim(" \t\r\n.!,。！*\"'`$");
        if (text.StartsWith("\\text{", StringComparison.Ordinal) && text[^1] == '}') text = text[6..^1].Trim();
        if (text.Length is 0 or > 6) return null;
        return Is(text, "yes") || text is "是" or "是的" ? (true, Pair.YesNo)
            : Is(text, "no") || text is "否" or "不是" ? (false, Pair.YesNo)
            : Is(text, "true") || text is "对" or "正确" ? (true, Pair.TrueFalse)
            : Is(text, "false") || text is "错" or "错误" ? (false, Pair.TrueFalse)
            : null;
    }

    private static bool Is(ReadOnlySpan<char> text, string word) => text.Equals(word, StringComparison.OrdinalIgnoreCase);
}

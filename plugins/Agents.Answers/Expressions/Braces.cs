namespace Agents.Answers.Expressions;

/// <summary>Balanced braces.</summary>
internal static class Braces
{
    /// <summary>The index just past the brace that closes the one at <paramref name="open"/>, or <paramref name="end"/> when none does. Escaped braces nest too when balanced.</summary>
    public static int End(string text, int open, int end)
    {
        int depth = 0;
        for (int i = open; i < end; i++)
        {
            char c = text[i];
            if (c == '\\' && i + 1 < end && text[i + 1] is '{' or '}') i++;
            else if (c == '{') depth++;
            else if (c == '}' && --depth == 0) return i + 1;
        }

        return end;
    }
}

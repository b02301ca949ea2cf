using Agents.Reasoning;

namespace Agents.Models.OpenAI;

/// <summary>Stop strings for servers that ignore them: the text ends before the first one.</summary>
internal static class StopCut
{
    /// <summary>Where the text ends: before the first stop string, or at its own end.</summary>
    public static int EndOf(string text, IReadOnlyList<string> stops)
    {
        int end = text.Length;
        foreach (string stop in stops)
        {
            int at = stop.Length == 0 ? -1 : text.AsSpan(0, end).IndexOf(stop, StringComparison.Ordinal);
            end = at < 0 ? end : at;
        }

        return end;
    }

    /// <summary>The tokens that make up the first <paramref name="length"/> characters.</summary>
    public static IReadOnlyList<TokenLogProbability> Cut(IReadOnlyList<TokenLogProbability> tokens, int length)
    {
        int at = 0;
        return [.. tokens.TakeWhile(t =>
        {
            at += t.Token.Length;
            return at <= length;
        })];
    }
}

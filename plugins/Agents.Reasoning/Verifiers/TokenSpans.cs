namespace Agents.Reasoning.Verifiers;

/// <summary>Where the tokens of a sample stand in its text.</summary>
internal static class TokenSpans
{
    /// <summary>The index at which each token begins; null where the tokens are not the text, as with some servers.</summary>
    /// <param name="text">The text.</param>
    /// <param name="tokens">Its tokens from <paramref name="from"/> on.</param>
    /// <param name="from">Where the first token begins.</param>
    public static int[]? Begins(string text, IReadOnlyList<TokenLogProbability> tokens, int from = 0)
    {
        var begins = new int[tokens.Count];
        int at = from;
        for (int i = 0; i < tokens.Count; at += tokens[i++].Token.Length)
        {
            begins[i] = at;
            if (!text.AsSpan(Math.Min(at, text.Length)).StartsWith(tokens[i].Token, StringComparison.Ordinal))
                return null;
        }

        return begins;
    }
}

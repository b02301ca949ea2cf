namespace Agents.Distillation;

/// <summary>Word n-grams by hash: words in lower case, punctuation left out.</summary>
internal static class NGrams
{
    public static string[] Words(string text)
    {
        var words = new List<string>();
        for (int i = 0; i < text.Length;)
        {
            if (!char.IsLetterOrDigit(text[i]))
            {
                i++;
                continue;
            }

            int start = i;
            while (i < text.Length && char.IsLetterOrDigit(text[i]))
                i++;
            words.Add(text[start..i].ToLowerInvariant());
        }

        return [.. words];
    }

    /// <summary>The hash of each run of <paramref name="length"/> words (FNV-1a over their characters, 64 bits).</summary>
    public static IEnumerable<ulong> Of(string[] words, int length)
    {
        for (int i = 0; i + length <= words.Length; i++)
        {
            ulong hash = 14695981039346656037;
            for (int k = i; k < i + length; k++)
            {
                foreach (char c in words[k])
                    hash = (hash ^ c) * 1099511628211;
                hash = (hash ^ ' ') * 1099511628211;
            }

            yield return hash;
        }
    }
}

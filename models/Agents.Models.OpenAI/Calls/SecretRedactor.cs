using System.Text.RegularExpressions;

namespace Agents.Models.OpenAI;

/// <summary>Takes secrets out of messages: the key that was used, and whatever looks like one.</summary>
internal static partial class SecretRedactor
{
    private const string Hidden = "***";
    private const int ShortestSecret = 6;

    public static string Redact(string text, string? key)
    {
        // Local servers take any key, such as "x": one so short is no secret, and its letters are in every word.
        if (key is { Length: >= ShortestSecret })
            text = text.Replace(key, Hidden, StringComparison.Ordinal);
        return LooksLikeSecret().Replace(text, Hidden);
    }

    public static bool IsSuspicious(string text) => LooksLikeSecret().IsMatch(text);

    // sk-…, hf_…, gsk_…, JSON web tokens, and whatever follows "Bearer".
    [GeneratedRegex(@"\b(?:sk|gsk|hf|xai|pplx|nvapi)[-_][A-Za-z0-9*_\-]{8,}|\beyJ[A-Za-z0-9_\-]{8,}(?:\.[A-Za-z0-9_\-]+)*|(?<=\bBearer\s)\S+", RegexOptions.CultureInvariant)]
    private static partial Regex LooksLikeSecret();
}

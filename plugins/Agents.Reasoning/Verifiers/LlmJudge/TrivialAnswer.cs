using System.Text;

namespace Agents.Reasoning.Verifiers;

/// <summary>
/// Candidates that say nothing: blank, punctuation, or only the opening of a solution. Model judges are known to accept such
/// "master keys" (Zhao et al. 2025, arXiv:2507.08794), so they never reach one.
/// </summary>
internal static class TrivialAnswer
{
    private const int MaxTag = 80;

    private static readonly string[] openers =
    [
        "thought process", "thoughts", "thinking", "solution", "answer", "the answer is", "final answer", "the final answer is", "step 1", "step by step",
        "lets solve this problem step by step", "lets solve this step by step", "lets think step by step", "let us solve this step by step", "let me solve this", "lets begin",
        "to solve this problem", "sure", "of course", "okay", "here is the solution", "here is the answer", "reasoning", "result", "therefore", "so", "hence", "na", "none", "null", "unknown", "todo",
        "解", "解答", "答", "答案", "かいせつ", "解説", "respuesta", "solución", "antwort", "lösung", "réponse",
    ];

    /// <summary>Whether a text holds no answer that could be judged.</summary>
    public static bool Is(string text)
    {
        var words = new StringBuilder();
        bool gap = false;
        foreach (Rune rune in WithoutTags(JudgedText.Visible(text)).EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune))
            {
                if (gap && words.Length > 0)
                    words.Append(' ');
                words.Append(Rune.ToLowerInvariant(rune));
                gap = false;
            }
            else if (rune.Value is not ('\'' or '’'))
            {
                // "∞", "{}", "√" and "∅" are answers; punctuation is not.
                if (rune.Value is '∞' or '∅' or '√' || Rune.GetUnicodeCategory(rune) == System.Globalization.UnicodeCategory.OtherSymbol)
                    return false;
                gap = true;
            }

            if (words.Length > 60)
                return false;
        }

        return words.Length == 0 || Array.IndexOf(openers, words.ToString()) >= 0;
    }

    private static string WithoutTags(string text)
    {
        var kept = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            int close = text[i] is '<' or '[' && JudgedText.OpensTag(text, i) ? text.IndexOfAny(['>', ']'], i, Math.Min(MaxTag, text.Length - i)) : -1;
            if (close < 0)
                kept.Append(text[i]);
            else
                i = close;
        }

        return kept.ToString();
    }
}

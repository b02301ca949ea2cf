using System.Text;
using Agents.Reasoning.Strategies;

namespace Agents.Reasoning.Verifiers;

/// <summary>
/// The solution that a candidate states. It is what stands outside the thinking, since thoughts are drafts. But some models
/// write the whole solution as thinking and then nothing but the answer: of these the thinking is the solution.
/// </summary>
internal static class SolutionText
{
    private const string ThinkOpen = "<think>";
    private const string ThinkClose = "</think>";

    private const int MaxWordsAround = 6;

    // Marks of a final answer that are no words.
    private static readonly string[] wrappings = ["<answer>", "</answer>", "\\boxed", "\\text", "\\mathbf", "**", "####"];

    /// <summary>The solution as a judge sees it: where it is the thinking, one line a step, tags removed, then the answer.</summary>
    public static string Of(Candidate candidate)
    {
        string outside = ThinkingText.SetAside(candidate.Sample.Text);
        string thinking = ThinkingOf(candidate.Sample);
        if (!IsOnlyAnswer(outside, candidate) || TrivialAnswer.Is(thinking))
            return outside;
        var shown = new StringBuilder();
        foreach ((int start, int end) in SolutionSteps.Of(thinking))
            shown.AppendJoin(' ', thinking[start..end].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Append('\n');
        return shown.Append(outside.Trim()).ToString();
    }

    /// <summary>
    /// The text whose written calculations count. Free thoughts do not: slips in them are often seen and corrected later on.
    /// Thinking that is divided into marked steps is a solution.
    /// </summary>
    public static string Stated(Candidate candidate)
    {
        string outside = ThinkingText.SetAside(candidate.Sample.Text);
        string thinking = ThinkingOf(candidate.Sample);
        return SolutionSteps.AreMarked(thinking) && IsOnlyAnswer(outside, candidate) ? thinking : outside;
    }

    /// <summary>The thinking, without its tags: that inside the text up to its last closing tag, or that reported apart.</summary>
    private static string ThinkingOf(Sample sample)
    {
        int close = sample.Text.LastIndexOf(ThinkClose, StringComparison.OrdinalIgnoreCase);
        return close < 0
            ? sample.Outcome.Thinking ?? ""
            : sample.Text[..close].Replace(ThinkOpen, "", StringComparison.OrdinalIgnoreCase).Replace(ThinkClose, "\n", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Whether a text is the answer with no more than a few words around it, such as "The answer is 42 dollars."</summary>
    private static bool IsOnlyAnswer(string outside, Candidate candidate)
    {
        if (candidate.Answer is not { } answer || string.IsNullOrWhiteSpace(outside))
            return false;
        foreach (string wrapping in wrappings)
            outside = outside.Replace(wrapping, " ", StringComparison.OrdinalIgnoreCase);
        string rest = Without(outside, answer.Text);
        return !rest.Any(c => char.IsDigit(c) || c == '=') && rest.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Count(w => w.Any(char.IsLetter)) <= MaxWordsAround;
    }

    private static string Without(string text, string answer)
    {
        int at = answer.Length == 0 ? -1 : text.LastIndexOf(answer, StringComparison.OrdinalIgnoreCase);
        return at < 0 ? text : text.Remove(at, answer.Length);
    }
}

using System.Text;

namespace Agents.Rewards;

/// <summary>
/// The form of a completion: <c>&lt;think&gt;…&lt;/think&gt;&lt;answer&gt;…&lt;/answer&gt;</c>, the template of DeepSeek-R1
/// (arXiv:2501.12948), with every departure from it. Read once and shared by all rewards. Immutable; reading never throws.
/// </summary>
public sealed class CompletionForm
{
    private const string ThinkOpen = "<think>", ThinkClose = "</think>", AnswerOpen = "<answer>", AnswerClose = "</answer>";

    // What a policy that only copies the template writes between the tags.
    private static readonly string[] placeholders = ["reasoning process here", "reasoning process", "thinking process", "thinking process here", "thinking", "think", "reasoning", "thoughts", "thought process", "your reasoning here", "step by step", "na", "n a", "none"];

    private CompletionForm(string? thinking, string final, IReadOnlyList<string> answers, string outside, CompletionFaults faults)
    {
        Thinking = thinking;
        Final = final;
        Answers = answers;
        Outside = outside;
        Faults = faults;
    }

    /// <summary>The thinking without its tags; null when there is none.</summary>
    public string? Thinking { get; }

    /// <summary>What follows the thinking: the whole text when there is none, empty when it never closes.</summary>
    public string Final { get; }

    /// <summary>The contents of the closed <c>&lt;answer&gt;</c> elements of <see cref="Final"/>, trimmed, in order.</summary>
    public IReadOnlyList<string> Answers { get; }

    /// <summary><see cref="Final"/> without its <c>&lt;answer&gt;</c> elements.</summary>
    public string Outside { get; }

    /// <summary>Departures from the template that the tags show. What needs the answers' values is added by <see cref="RewardItem.Faults"/>.</summary>
    public CompletionFaults Faults { get; }

    /// <summary>Reads a completion. Thinking that the prompt opened (its closing tag comes first) counts as thinking.</summary>
    public static CompletionForm Read(string completion)
    {
        ArgumentNullException.ThrowIfNull(completion);
        CompletionFaults faults = CompletionFaults.None;
        (string? thinking, string before, string final) = SplitThinking(completion, ref faults);
        if (thinking is not null && IsEmpty(thinking))
            faults |= CompletionFaults.EmptyThinking;
        if (thinking is not null && thinking.Contains(AnswerOpen, StringComparison.OrdinalIgnoreCase))
            faults |= CompletionFaults.AnswerInThinking;

        (List<string> answers, string outside) = SplitAnswers(final, ref faults);
        if (!before.AsSpan().IsWhiteSpace() || (answers.Count > 0 && !outside.AsSpan().IsWhiteSpace()))
            faults |= CompletionFaults.TextOutside;
        return new CompletionForm(thinking, final, answers, outside, faults);
    }

    private static (string? Thinking, string Before, string Final) SplitThinking(string text, ref CompletionFaults faults)
    {
        int open = Find(text, ThinkOpen, 0), close = Find(text, ThinkClose, 0);
        if (open < 0 && close < 0)
        {
            faults |= CompletionFaults.NoThinking;
            return (null, "", text);
        }

        bool isOpenedByPrompt = close >= 0 && (open < 0 || close < open);
        int start = isOpenedByPrompt ? 0 : open + ThinkOpen.Length;
        string before = isOpenedByPrompt ? "" : text[..open];
        if (close < 0)
        {
            faults |= CompletionFaults.UnclosedThinking;
            return (text[start..], before, "");
        }

        // Later elements of thinking belong to the thinking: what counts is what follows the last.
        int last = text.LastIndexOf(ThinkClose, StringComparison.OrdinalIgnoreCase);
        if (last > close || Find(text, ThinkOpen, start) >= 0)
            faults |= CompletionFaults.RepeatedThinking;
        string final = text[(last + ThinkClose.Length)..];
        int reopened = Find(final, ThinkOpen, 0);
        if (reopened >= 0)
        {
            faults |= CompletionFaults.UnclosedThinking;
            final = final[..reopened];
        }

        return (text[start..last], before, final);
    }

    private static (List<string> Answers, string Outside) SplitAnswers(string final, ref CompletionFaults faults)
    {
        var answers = new List<string>();
        var outside = new StringBuilder();
        int at = 0;
        while (at < final.Length)
        {
            int open = Find(final, AnswerOpen, at), close = Find(final, AnswerClose, at);
            if (open < 0 || close < 0 || close < open)
            {
                if (open >= 0 || close >= 0)
                    faults |= CompletionFaults.UnclosedAnswer;
                break;
            }

            // <answer>1<answer>2</answer>: the first never closed.
            int inner = final.LastIndexOf(AnswerOpen, close, close - open, StringComparison.OrdinalIgnoreCase);
            if (inner > open)
                faults |= CompletionFaults.UnclosedAnswer;
            string content = final[(Math.Max(open, inner) + AnswerOpen.Length)..close].Trim();
            if (content.Length == 0)
                faults |= CompletionFaults.EmptyAnswer;
            answers.Add(content);
            outside.Append(final, at, Math.Max(open, inner) - at).Append('\n');
            at = close + AnswerClose.Length;
        }

        outside.Append(final, at, final.Length - at);
        if (answers.Count == 0)
            faults |= CompletionFaults.NoAnswer;
        else if (answers.Count > 1)
            faults |= CompletionFaults.RepeatedAnswer;
        return (answers, outside.ToString());
    }

    private static bool IsEmpty(string thinking)
    {
        var words = new StringBuilder();
        foreach (char c in thinking)
        {
            if (char.IsLetterOrDigit(c))
                words.Append(char.ToLowerInvariant(c));
            else if (words.Length > 0 && words[^1] != ' ')
                words.Append(' ');
            if (words.Length > 40)
                return false;
        }

        string said = words.ToString().Trim();
        return said.Length == 0 || Array.IndexOf(placeholders, said) >= 0;
    }

    private static int Find(string text, string tag, int from) => text.IndexOf(tag, from, StringComparison.OrdinalIgnoreCase);
}

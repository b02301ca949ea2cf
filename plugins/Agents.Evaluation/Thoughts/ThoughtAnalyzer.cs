using System.Text.RegularExpressions;
using Agents.Reasoning;

namespace Agents.Evaluation;

/// <summary>
/// Annotates thoughts with the behaviours of long reasoning by their wording: sentence by sentence, English and Chinese. The
/// behaviours are those that Gandhi et al. 2025, arXiv:2503.01307, and DeepSeek-AI 2025, arXiv:2501.12948, describe. Wording is
/// evidence and no proof: how often it is right is stated in the documentation. Pure, thread-safe.
/// </summary>
public static partial class ThoughtAnalyzer
{
    /// <summary>The behaviours, in order.</summary>
    public static IReadOnlyList<ThoughtBehaviour> Behaviours { get; } = [.. Enum.GetValues<ThoughtBehaviour>()];

    /// <summary>The sentences of a text with what each does. Tags of thoughts, steps and answers end a sentence; what stands in an answer's tags is left out.</summary>
    public static IReadOnlyList<ThoughtSentence> Annotate(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var sentences = new List<ThoughtSentence>();
        int start = 0;
        foreach (Match end in Boundary().Matches(text))
        {
            Add(text, start, end.Groups["mark"] is { Success: true } mark ? mark.Index + mark.Length : end.Index, sentences);
            start = end.Index + end.Length;
        }

        Add(text, start, text.Length, sentences);
        return sentences;
    }

    /// <summary>What one sentence does.</summary>
    public static IReadOnlyList<ThoughtBehaviour> BehavioursOf(string sentence)
    {
        ArgumentNullException.ThrowIfNull(sentence);
        return [.. Behaviours.Where(b => ThoughtCues.ByBehaviour[(int)b].IsMatch(sentence))];
    }

    /// <summary>The sentences of a sample, thinking that was reported apart first.</summary>
    public static IReadOnlyList<ThoughtSentence> Annotate(CallOutcome outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        return [.. Annotate(outcome.Thinking ?? ""), .. Annotate(outcome.Text ?? "")];
    }

    private static void Add(string text, int start, int end, List<ThoughtSentence> sentences)
    {
        while (start < end && char.IsWhiteSpace(text[start]))
            start++;
        string sentence = text[start..Math.Max(start, end)].TrimEnd();
        if (sentence.Length > 0)
            sentences.Add(new ThoughtSentence(sentence, start, BehavioursOf(sentence)));
    }

    /// <summary>Where a sentence ends: a line, a tag, an answer whole, or a mark before white space or Chinese.</summary>
    [GeneratedRegex("""<answer>.*?(</answer>|$)|</?(think|step)>|\r?\n|(?<mark>[.!?]+["')]?)(?=\s|$)|(?<mark>[。!?])""", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.Singleline)]
    private static partial Regex Boundary();
}

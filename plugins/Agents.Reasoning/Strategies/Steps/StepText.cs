using Agents.Reasoning.Verifiers;
using Agents.Search.Outcomes;

namespace Agents.Reasoning.Strategies;

/// <summary>The tags of steps and answers in what models write.</summary>
internal static class StepText
{
    public const string End = SolutionSteps.Close;
    private const string Answer = "<answer>";

    private static readonly string[] tags = ["<think>", "</think>", SolutionSteps.Open, SolutionSteps.Close];

    /// <summary>Whether a text states the final answer in its tags.</summary>
    public static bool StatesAnswer(string text) => text.Contains(Answer, StringComparison.OrdinalIgnoreCase);

    /// <summary>The text without the tags of thoughts and steps.</summary>
    public static string Plain(string text)
    {
        foreach (string tag in tags)
            text = text.Replace(tag, " ", StringComparison.OrdinalIgnoreCase);
        return text.Trim();
    }

    /// <summary>The text before the end of its first step, and whether there is one: a model may write on after it where stop strings are not honoured.</summary>
    public static (string Text, bool IsClosed) FirstOf(string text)
    {
        int close = text.IndexOf(End, StringComparison.OrdinalIgnoreCase);
        return close < 0 ? (text, false) : (text[..close], true);
    }

    /// <summary>The end of a solution; without anything in it an empty step.</summary>
    public static Step Last(string text) => Plain(text).Length == 0 ? new Step("") : new Step(text, isTerminal: true);
}

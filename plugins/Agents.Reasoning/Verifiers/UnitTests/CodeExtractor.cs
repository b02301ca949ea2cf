using Agents.Answers;
using Agents.Reasoning.Strategies;

namespace Agents.Reasoning.Verifiers;

/// <summary>Takes the last fenced block of code outside the thinking as the answer; a sample without one abstains.</summary>
public sealed class CodeExtractor : IAnswerExtractor
{
    private const string Fence = "```";

    /// <summary>The one instance.</summary>
    public static CodeExtractor Instance { get; } = new();

    /// <inheritdoc/>
    public Answer? Extract(Sample sample, AnswerKind expected) =>
        sample.IsOk && LastBlock(ThinkingText.SetAside(sample.Text)) is { } code ? Answer.Parse(code, AnswerKind.Text) : null;

    /// <summary>The text between the last pair of lines that begin with a fence; null where there is none, or nothing in it.</summary>
    internal static string? LastBlock(string text)
    {
        string? last = null;
        int? open = null;
        for (int start = 0; start < text.Length;)
        {
            int end = text.IndexOf('\n', start);
            int next = end < 0 ? text.Length : end + 1;
            if (text.AsSpan(start, next - start).TrimStart().StartsWith(Fence))
            {
                if (open is { } from)
                    last = string.IsNullOrWhiteSpace(text[from..start]) ? last : text[from..start];
                open = open is null ? next : null;
            }

            start = next;
        }

        return last;
    }
}

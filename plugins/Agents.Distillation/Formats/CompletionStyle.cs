using Agents.Rewards;

namespace Agents.Distillation;

/// <summary>How a trace stands in training data.</summary>
public enum CompletionStyle
{
    /// <summary>As the teacher wrote it.</summary>
    AsWritten,

    /// <summary><c>&lt;think&gt;…&lt;/think&gt;&lt;answer&gt;…&lt;/answer&gt;</c>: what is no such form yet becomes the thinking.</summary>
    ThinkAnswer,
}

/// <summary>Writes traces in a style.</summary>
internal static class CompletionText
{
    public static string Of(Trace trace, CompletionStyle style)
    {
        if (style == CompletionStyle.AsWritten || trace.Answer is null)
            return trace.Text;
        CompletionForm form = CompletionForm.Read(trace.Text);
        if (form.Faults == CompletionFaults.None)
            return trace.Text;
        string thinking = form.Thinking is { } own && !string.IsNullOrWhiteSpace(own) ? own : trace.Text;
        // A tag inside the thinking would end it.
        foreach (string tag in (string[])["<think>", "</think>", "<answer>", "</answer>"])
            thinking = thinking.Replace(tag, " ", StringComparison.OrdinalIgnoreCase);
        return $"<think>{thinking.Trim()}</think><answer>{trace.Answer.Text}</answer>";
    }
}

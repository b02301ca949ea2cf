namespace Agents.Answers;

/// <summary>Finds the final answer in model text. Thread-safe, never throws.</summary>
public sealed class AnswerExtractor(AnswerOptions? options = null)
{
    /// <summary>The conventions in force.</summary>
    public AnswerOptions Options { get; } = options ?? AnswerOptions.Default;

    /// <summary>The default extraction rules.</summary>
    public static AnswerExtractor Default { get; } = new();

    /// <summary>The final answer in <paramref name="text"/>, or null when the text states none.</summary>
    /// <param name="text">Model output; thinking (<c>&lt;think&gt;…&lt;/think&gt;</c>, also unclosed) is set aside.</param>
    /// <param name="expected">The kind of answer the question asks for.</param>
    public Answer? Extract(string? text, AnswerKind expected = AnswerKind.Any) =>
        string.IsNullOrWhiteSpace(text) || Options is null ? null : Answer.Parse(text, expected);
}

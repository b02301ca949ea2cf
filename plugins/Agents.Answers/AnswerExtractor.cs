using Agents.Answers.Extraction;

namespace Agents.Answers;

/// <summary>
/// Finds the final answer in model text by the rules of <see cref="ExtractionRule"/>, the strongest that matches; of several matches of one
/// rule the last counts. Abstains (null) rather than guess when the text states no answer of the expected kind. Thread-safe, never throws.
/// </summary>
public sealed class AnswerExtractor(AnswerOptions? options = null)
{
    /// <summary>The conventions in force.</summary>
    public AnswerOptions Options { get; } = OptionsValidator.Validated(options);

    /// <summary>The default extraction rules.</summary>
    public static AnswerExtractor Default { get; } = new();

    /// <summary>The final answer in <paramref name="text"/>, or null when the text states none.</summary>
    /// <param name="text">Model output; thinking (<c>&lt;think&gt;…&lt;/think&gt;</c>, also unclosed) is set aside.</param>
    /// <param name="expected">The kind of answer the question asks for.</param>
    public Answer? Extract(string? text, AnswerKind expected = AnswerKind.Any) => ExtractWithSpan(text, expected)?.Answer;

    /// <summary>The final answer with the characters it was taken from and the rule that found it, or null when the text states none.</summary>
    /// <param name="text">Model output; thinking is set aside.</param>
    /// <param name="expected">The kind of answer the question asks for.</param>
    public ExtractedAnswer? ExtractWithSpan(string? text, AnswerKind expected = AnswerKind.Any)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        try
        {
            Span final = FinalText.Of(text, Options.MaxTextLength).Trim(text);
            return final.IsEmpty ? null : new Extraction.Extraction(text, final, expected).Run();
        }
        catch (Exception e) when (Faults.Note(e))
        {
            return null;
        }
    }
}

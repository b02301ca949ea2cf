using Agents.Answers;

namespace Agents.Rewards;

/// <summary>A completion to reward and what is known of its question. Thread-safe; what several rewards need is read once.</summary>
/// <param name="completion">What the policy wrote. Where the prompt opened the thinking, it starts inside it.</param>
public sealed class RewardItem(string completion)
{
    private static readonly AnswerExtractor extractor = AnswerExtractor.Default;

    private CompletionForm? form;
    private CompletionAnswer? stated;

    /// <summary>What the policy wrote.</summary>
    public string Completion { get; } = completion ?? throw new ArgumentNullException(nameof(completion));

    /// <summary>The question, for rewards that need it; null where it is unknown.</summary>
    public string? Question { get; init; }

    /// <summary>The right answer; null where it is unknown.</summary>
    public string? Gold { get; init; }

    /// <summary>The kind of answer that the question asks for.</summary>
    public AnswerKind Expected { get; init; } = AnswerKind.Any;

    /// <summary>The completion's length in tokens of the policy; null where it is unknown.</summary>
    public int? Tokens { get; init; }

    /// <summary>The completion's form.</summary>
    public CompletionForm Form => form ??= CompletionForm.Read(Completion);

    /// <summary>The one answer that the completion gives; null when it gives none or several.</summary>
    public Answer? Answer => Stated.Answer;

    /// <summary>Everything wrong with the completion that parsing can see.</summary>
    public CompletionFaults Faults => Form.Faults | Stated.Faults;

    private CompletionAnswer Stated => stated ??= CompletionAnswer.Of(this, extractor);
}

namespace Agents.Rewards;

/// <summary>The form that <see cref="FormatReward"/> asks for.</summary>
public enum CompletionTemplate
{
    /// <summary>Thinking, then one answer element, and nothing else.</summary>
    ThinkAnswer,

    /// <summary>Thinking and one answer element; text around the answer is allowed.</summary>
    ThinkAnswerLenient,

    /// <summary>Thinking, then anything.</summary>
    Think,

    /// <summary>One answer element, with or without thinking.</summary>
    Answer,
}

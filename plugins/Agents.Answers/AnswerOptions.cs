namespace Agents.Answers;

/// <summary>The conventions of comparison where conventions contradict each other. Immutable.</summary>
public sealed record AnswerOptions
{
    /// <summary>The default conventions.</summary>
    public static AnswerOptions Default { get; } = new();

    /// <summary>Whether case matters in plain text. Default false.</summary>
    public bool CaseSensitive { get; init; }
}

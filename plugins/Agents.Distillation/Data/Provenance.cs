namespace Agents.Distillation;

/// <summary>Where a trace comes from. What is unknown is null; nothing is guessed.</summary>
/// <param name="Source">The file or run that it was taken from.</param>
/// <param name="Index">Its place among the samples of its question, from 0.</param>
public sealed record Provenance(string Source, int Index)
{
    /// <summary>The model that wrote it.</summary>
    public string? Teacher { get; init; }

    /// <summary>The hash of the prompt, or the name of the prompt where only that was recorded.</summary>
    public string? Prompt { get; init; }

    /// <summary>The seed of the recording.</summary>
    public long? Seed { get; init; }

    /// <summary>How it was sampled, such as <c>temperature 0.7</c>.</summary>
    public string? Sampling { get; init; }

    /// <summary>The licence of the source.</summary>
    public string? Licence { get; init; }

    /// <summary>The strategy whose candidate it was; null for a plain sample.</summary>
    public string? Strategy { get; init; }

    /// <summary>The run that it was taken from.</summary>
    public string? Run { get; init; }

    /// <summary>The key of its call in that run.</summary>
    public string? Call { get; init; }

    /// <summary>Whether the teacher was shown the right answer.</summary>
    public bool IsHinted { get; init; }
}

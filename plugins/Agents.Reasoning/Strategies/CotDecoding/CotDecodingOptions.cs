namespace Agents.Reasoning.Strategies;

/// <summary>Options of <see cref="CotDecodingStrategy"/>.</summary>
public sealed record CotDecodingOptions
{
    /// <summary>The most first tokens that a model gives.</summary>
    public const int MostFirstTokens = 20;

    /// <summary>k, first tokens, at least 1. Default 10, as published. More than 20 are 20: no API gives more alternatives.</summary>
    public int Samples { get; init; } = 10;

    /// <summary>Whether the answer with the greatest sum of Δ over its paths wins, or the path of the greatest Δ. Default: the sum, the more stable of the two.</summary>
    public CotDecodingChoice Choice { get; init; } = CotDecodingChoice.Sum;

    /// <summary>What the assistant's turn opens with before the first token; empty, as published, or the tags by which a model thinks, where that is the one way it begins.</summary>
    public string Opening { get; init; } = "";

    /// <summary>How the question is asked; null for the conversation as it stands: the idea is that reasoning needs no prompt.</summary>
    public SolutionPrompt? Prompt { get; init; }
}

/// <summary>How Δ chooses the answer.</summary>
public enum CotDecodingChoice
{
    /// <summary>The answer whose paths' Δ add up to most.</summary>
    Sum,

    /// <summary>The answer of the path with the greatest Δ.</summary>
    Max,
}

namespace Agents.Distillation;

/// <summary>From raw traces to files: steps, formats, splits.</summary>
public sealed record DistillationRecipe
{
    /// <summary>The data set's name.</summary>
    public required string Name { get; init; }

    /// <summary>What it is for, for the data card.</summary>
    public string? Description { get; init; }

    /// <summary>The steps in order.</summary>
    public required IReadOnlyList<RecipeStep> Steps { get; init; }

    /// <summary>The files to write, at least one.</summary>
    public required IReadOnlyList<DistillationOutput> Outputs { get; init; }

    /// <summary>How rows are written.</summary>
    public FormatOptions Rows { get; init; } = new();

    /// <summary>The share of questions in the test split, 0 to under 1.</summary>
    public double TestShare { get; init; }

    /// <summary>The seed of the split and of held-out calibration questions.</summary>
    public long Seed { get; init; }

    /// <summary>The SHA-256 of the document, lower-case hexadecimal; empty for a recipe made in code.</summary>
    public string Hash { get; init; } = "";
}

/// <summary>A step of a recipe: ready, or one whose threshold is fitted first.</summary>
/// <param name="Step">The step; null for one that is fitted.</param>
/// <param name="Fitted">How it is fitted; null for one that is ready.</param>
public sealed record RecipeStep(IDistillationStep? Step, FittedVerifier? Fitted = null);

/// <summary>A verifier whose threshold is fitted to a precision on held-out questions with known answers.</summary>
/// <param name="Verifier">The verifier.</param>
/// <param name="Precision">The precision that kept traces shall have, 0–1.</param>
/// <param name="Confidence">The probability with which they have it.</param>
/// <param name="Share">The share of questions held out for fitting; they are not used for training.</param>
public sealed record FittedVerifier(Agents.Rewards.IReward Verifier, double Precision, double Confidence, double Share);

namespace Agents.Distillation;

/// <summary>From raw traces to files: one stage or several, each with sources, steps, a mixture and formats.</summary>
public sealed record DistillationRecipe
{
    /// <summary>The data set's name.</summary>
    public required string Name { get; init; }

    /// <summary>What it is for, for the data card.</summary>
    public string? Description { get; init; }

    /// <summary>The stages in order, at least one; their names are unique.</summary>
    public required IReadOnlyList<RecipeStage> Stages { get; init; }

    /// <summary>The seed of splits, mixtures and held-out calibration questions.</summary>
    public long Seed { get; init; }

    /// <summary>The SHA-256 of the document, lower-case hexadecimal; empty for a recipe made in code.</summary>
    public string Hash { get; init; } = "";
}

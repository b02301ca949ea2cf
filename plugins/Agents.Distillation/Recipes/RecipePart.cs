namespace Agents.Distillation;

/// <summary>One ingredient of a stage: traces of one source, taken through steps.</summary>
/// <param name="Name">Its name, unique in its stage; empty for the only part of a stage.</param>
/// <param name="Source">Where its traces come from.</param>
/// <param name="Steps">The steps in order.</param>
public sealed record RecipePart(string Name, RecipeSource Source, IReadOnlyList<RecipeStep> Steps)
{
    /// <summary>Its share of the stage relative to the weights of other parts, over 0; null for a part whose size does not depend on others.</summary>
    public double? Weight { get; init; }

    /// <summary>The most that is taken of it, at least 1; null for all.</summary>
    public int? Count { get; init; }
}

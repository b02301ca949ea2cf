using Agents.Rewards;

namespace Agents.Distillation;

/// <summary>One data set of a recipe: parts, mixed, and the files that are written of them.</summary>
/// <param name="Name">Its name and the folder of its files; empty for the only stage of a recipe, whose files stand beside the report.</param>
/// <param name="Parts">The parts, at least one.</param>
/// <param name="Outputs">The files to write, at least one.</param>
public sealed record RecipeStage(string Name, IReadOnlyList<RecipePart> Parts, IReadOnlyList<DistillationOutput> Outputs)
{
    /// <summary>What parts are measured and mixed in.</summary>
    public MixtureUnit Unit { get; init; } = MixtureUnit.Traces;

    /// <summary>The size of what parts with weights give together; null for as much as they hold in these shares.</summary>
    public int? Size { get; init; }

    /// <summary>How rows are written.</summary>
    public FormatOptions Rows { get; init; } = new();

    /// <summary>The share of questions in the test split, 0 to under 1.</summary>
    public double TestShare { get; init; }
}

/// <summary>What the parts of a stage are mixed in.</summary>
public enum MixtureUnit
{
    /// <summary>Traces that are kept: rows of fine-tuning.</summary>
    Traces,

    /// <summary>Questions with all their traces: prompts of reinforcement learning.</summary>
    Questions,
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
public sealed record FittedVerifier(IReward Verifier, double Precision, double Confidence, double Share);

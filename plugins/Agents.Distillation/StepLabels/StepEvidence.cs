namespace Agents.Distillation;

/// <summary>What is known of one step of a trace: how often a model reached the right answer from there.</summary>
/// <param name="Text">The step's words.</param>
/// <param name="Written">The step as it stands in the trace, tags and line end included.</param>
/// <param name="IsRight">The hard label: the right answer can be reached from here.</param>
/// <param name="Right">Completions from here that reached the right answer.</param>
/// <param name="Of">Completions from here in all; 0 where the label follows from other steps.</param>
public sealed record StepEvidence(string Text, string Written, bool IsRight, int Right, int Of)
{
    /// <summary>The soft label, 0–1: the share of completions that reached the right answer; null where none was drawn.</summary>
    public double? Share => Of == 0 ? null : (double)Right / Of;

    /// <summary>Wilson's 95 % interval of <see cref="Share"/>; (0, 1) where nothing was drawn.</summary>
    public (double Low, double High) Interval => WilsonInterval.Of(Right, Of);

    /// <summary>The next step of the first completion that reached the right answer, as it was written; null for none.</summary>
    public string? RightNext { get; init; }
}

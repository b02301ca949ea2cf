namespace Agents.Distillation;

/// <summary>A step that counts more than what it keeps and drops.</summary>
public interface ICountingStep
{
    /// <summary>What it counted so far, by name.</summary>
    IReadOnlyDictionary<string, double> Figures { get; }
}

namespace Agents.Models.Embedded.Tests.Models;

/// <summary>How the matrices of a written model are stored.</summary>
public enum WeightKind
{
    Int8,
    Half,
    Single,
    Mixed,
}

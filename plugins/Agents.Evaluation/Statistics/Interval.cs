namespace Agents.Evaluation;

/// <summary>A closed interval of an estimate.</summary>
/// <param name="Low">The lower end.</param>
/// <param name="High">The upper end, at least <paramref name="Low"/>.</param>
public readonly record struct Interval(double Low, double High)
{
    /// <summary>Whether the interval holds <paramref name="value"/>, ends included.</summary>
    public bool Contains(double value) => Low <= value && value <= High;
}

namespace Agents.Distillation;

/// <summary>What one step did.</summary>
/// <param name="Name">The step.</param>
/// <param name="In">Traces that came in.</param>
/// <param name="Kept">Traces that stayed.</param>
/// <param name="Dropped">Traces that went, by reason; with <paramref name="Kept"/> they add up to <paramref name="In"/>.</param>
/// <param name="Judged">Of those that stayed, how many have a known right answer to compare with.</param>
/// <param name="Right">Of these, the right ones: the step's precision is Right / Judged.</param>
public sealed record StepReport(string Name, int In, int Kept, IReadOnlyDictionary<string, int> Dropped, int Judged, int Right)
{
    /// <summary>What the step counted besides, by name; empty for most.</summary>
    public IReadOnlyDictionary<string, double> Figures { get; init; } = new Dictionary<string, double>();
}

namespace Agents.Answers.Algebra;

/// <summary>What one comparison may still spend. Time is bounded by counting steps, never by a clock, so results do not depend on the machine.</summary>
internal sealed class Work(int steps = Work.DefaultSteps)
{
    public const int DefaultSteps = 20_000;

    public int Left { get; private set; } = steps;

    public bool IsSpent => Left <= 0;

    /// <summary>Spends steps; false when there are not enough.</summary>
    public bool Spend(int steps = 1)
    {
        Left -= steps;
        return Left > 0;
    }
}

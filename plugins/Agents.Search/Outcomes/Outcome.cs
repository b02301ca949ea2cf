namespace Agents.Search.Outcomes;

/// <summary>What became of a work item. A failure or an abstention is an outcome, not an exception. A closed family with values compared by content.</summary>
public abstract record Outcome
{
    private protected Outcome()
    {
    }
}

/// <summary>What a generator proposed. No steps at all: nothing follows this node.</summary>
public sealed record Expansion : Outcome
{
    /// <summary>An expansion; only best-first search takes more than one step from one item.</summary>
    public Expansion(params IReadOnlyList<Step> steps)
    {
        ArgumentNullException.ThrowIfNull(steps);
        for (int i = 0; i < steps.Count; i++)
        {
            if (steps[i] is null) throw new ArgumentException($"Step {i} of the expansion is null.", nameof(steps));
        }

        Steps = [.. steps];
    }

    /// <summary>The steps, in the generator's order.</summary>
    public IReadOnlyList<Step> Steps { get; }

    /// <summary>Whether both hold equal steps in the same order.</summary>
    public bool Equals(Expansion? other) => other is not null && Steps.SequenceEqual(other.Steps);

    /// <inheritdoc />
    public override int GetHashCode() => Steps.Aggregate(Steps.Count, HashCode.Combine);
}

/// <summary>A score: a probability where the search says so (particles, Beta arms), any finite number elsewhere; higher is better.</summary>
public sealed record Score : Outcome
{
    /// <summary>A finite score.</summary>
    public Score(double value)
    {
        if (!double.IsFinite(value)) throw new ArgumentOutOfRangeException(nameof(value), $"A score must be finite, not {value}; a verifier that cannot tell abstains.");
        Value = value;
    }

    /// <summary>The value.</summary>
    public double Value { get; }
}

/// <summary>A verifier that cannot tell. Never the same as a score of 0.</summary>
/// <param name="Reason">Why, for the record.</param>
public sealed record Abstention(string? Reason = null) : Outcome
{
    /// <summary>Why, for the record.</summary>
    public string? Reason { get; } = Reason is null ? null : Step.WellFormed(Reason);
}

/// <summary>A call that gave nothing. For a score the same as an abstention; for an expansion one child fewer.</summary>
/// <param name="Reason">Why, for the record.</param>
public sealed record Failure(string? Reason = null) : Outcome
{
    /// <summary>Why, for the record.</summary>
    public string? Reason { get; } = Reason is null ? null : Step.WellFormed(Reason);
}

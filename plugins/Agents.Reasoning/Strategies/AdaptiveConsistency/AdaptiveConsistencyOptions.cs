namespace Agents.Reasoning.Strategies;

/// <summary>Options of <see cref="AdaptiveConsistencyStrategy"/>.</summary>
public sealed record AdaptiveConsistencyOptions
{
    /// <summary>Samples of each stage, each at least 1. Default 4, 4, 8, 24: most of the saving of one at a time, in 2.65 rounds on average.</summary>
    public IReadOnlyList<int> Schedule { get; init; } = [4, 4, 8, 24];

    /// <summary>The most samples, at least 1; cuts the schedule, or adds to its last stage. Default 40.</summary>
    public int MaxSamples { get; init; } = 40;

    /// <summary>The posterior at which the vote is settled, in (0.5, 1). Default 0.95. Not a guarantee for a single question.</summary>
    public double Threshold { get; init; } = 0.95;

    /// <summary>Sampling temperature where the request sets none. Default 0.7.</summary>
    public double Temperature { get; init; } = 0.7;

    /// <summary>How each solution is asked for; null for zero-shot chain of thought.</summary>
    public SolutionPrompt? Prompt { get; init; }

    /// <summary>The stages that result: the schedule cut or extended to <see cref="MaxSamples"/>.</summary>
    public IReadOnlyList<int> Stages
    {
        get
        {
            var stages = new List<int>();
            int left = MaxSamples;
            foreach (int stage in Schedule.TakeWhile(_ => left > 0))
            {
                stages.Add(Math.Min(stage, left));
                left -= stages[^1];
            }

            if (left > 0)
                stages[^1] += left;
            return stages;
        }
    }
}

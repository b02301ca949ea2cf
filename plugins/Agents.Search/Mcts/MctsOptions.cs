using Agents.Search.Scoring;

namespace Agents.Search.Mcts;

/// <summary>Settings of <see cref="MctsSearch"/>, validated by it.</summary>
public sealed record MctsOptions
{
    /// <summary>The actions, tried in this order. Default: the next step, four samples a node.</summary>
    public IReadOnlyList<SearchAction> Actions { get; init; } = ActionSets.NextStep(4);

    /// <summary>Trials in all. At least 1. Default 32.</summary>
    public int Iterations { get; init; } = 32;

    /// <summary>Trials at once. They are chosen one after the other with a virtual loss on those before, and told in any order. At least 1. Default 1.</summary>
    public int Batch { get; init; } = 1;

    /// <summary>Levels; at the last one solutions are asked to the end. At least 1. Default 5.</summary>
    public int MaxSteps { get; init; } = 5;

    /// <summary>How a trial chooses its way. Default <see cref="TreePolicy.Uct"/>.</summary>
    public TreePolicy Policy { get; init; }

    /// <summary>c, at least 0. Default 2, as in rStar, for values of 0–1.</summary>
    public double Exploration { get; init; } = 2;

    /// <summary>PUCT: the value of an action that was not tried. Default 0.</summary>
    public double FirstPlayUrgency { get; init; }

    /// <summary>What a node's value is made of. Default <see cref="Mcts.Backup.Mean"/>.</summary>
    public Backup Backup { get; init; }

    /// <summary>Where the value of a new node comes from. Default <see cref="Mcts.Evaluation.Score"/>.</summary>
    public Evaluation Evaluation { get; init; }

    /// <summary>The value that a trial under way counts as while others of its batch are chosen; taken back before anything is told. Default 0, the lowest of probabilities.</summary>
    public double VirtualLoss { get; init; }

    /// <summary>How a path is scored in the result. Default <see cref="ScoreAggregation.Last"/>.</summary>
    public ScoreAggregation Aggregation { get; init; }
}

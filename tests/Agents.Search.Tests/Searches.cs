using Agents.Search.AbMcts;
using Agents.Search.Beam;
using Agents.Search.BestFirst;
using Agents.Search.Dvts;
using Agents.Search.Mcts;
using Agents.Search.Particles;
using Agents.Search.Scoring;

namespace Agents.Search.Tests;

/// <summary>Every algorithm with settings that use its parts, small enough to run hundreds of times.</summary>
internal static class Searches
{
    private static readonly Dictionary<string, TreeSearch> ByName = new()
    {
        ["beam"] = new BeamSearch(new() { Beams = 8, Width = 2, MaxSteps = 4 }),
        ["beam, lookahead"] = new BeamSearch(new() { Beams = 6, Width = 3, MaxSteps = 4, Lookahead = 2, Aggregation = ScoreAggregation.Product, Distinct = false }),
        ["dvts"] = new DvtsSearch(new() { Beams = 9, Width = 3, MaxSteps = 4, Aggregation = ScoreAggregation.Min }),
        ["dvts, lookahead"] = new DvtsSearch(new() { Beams = 8, Width = 4, MaxSteps = 3, Lookahead = 1 }),
        ["best-first"] = new BestFirstSearch(new() { MaxExpansions = 25, Samples = 2, Batch = 3, MaxSteps = 5, Solutions = 4 }),
        ["tree of thoughts"] = new BestFirstSearch(BestFirstOptions.TreeOfThoughts(3, 3) with { Samples = 2 }),
        ["uct, rollouts"] = new MctsSearch(new() { Actions = ActionSets.RStar, Iterations = 30, Batch = 4, Evaluation = Evaluation.Rollout }),
        ["puct"] = new MctsSearch(new() { Actions = [new("think") { MaxChildren = 3, Prior = 2 }, new("finish") { ToEnd = true }], Iterations = 30, Batch = 3, Policy = TreePolicy.Puct, Exploration = 1.5, Backup = Backup.Max, FirstPlayUrgency = 0.4 }),
        ["ab-mcts"] = new AbMctsSearch(new() { Actions = ["small", "large"], Iterations = 30, Batch = 4 }),
        ["ab-mcts, beta"] = new AbMctsSearch(new() { Iterations = 30, Batch = 3, Prior = ScorePrior.Beta }),
        ["particles"] = new ParticleSearch(new() { Particles = 8, MaxSteps = 5 }),
        ["particles, annealed"] = new ParticleSearch(new() { Particles = 8, MaxSteps = 5, Resampling = Resampling.Systematic, EntropyFloor = 0.9, AnnealingSteps = 3, Lookahead = 1 }),
    };

    public static TheoryData<string> Names => [.. ByName.Keys];

    public static TreeSearch Named(string name) => ByName[name];
}

namespace Agents.Reasoning.Strategies;

/// <summary>Options of <see cref="AutoStrategy"/>.</summary>
public sealed record AutoOptions
{
    /// <summary>Samples of each round, each at least 1. Default 4, 4, 8, 24: the route is chosen after the second.</summary>
    public IReadOnlyList<int> Schedule { get; init; } = [4, 4, 8, 24];

    /// <summary>The most samples, beams of a search counted as samples, at least 1. Default 40.</summary>
    public int MaxSamples { get; init; } = 40;

    /// <summary>Answers needed before the stop test may stop, at least 1. Default 4.</summary>
    public int MinSamples { get; init; } = 4;

    /// <summary>The confidence asked for, in (0.5, 1): the posterior that the leading answer stays ahead at which the run stops. Default 0.95.</summary>
    public double Confidence { get; init; } = 0.95;

    /// <summary>The tokens a question should cost, at least 1; null for no aim. Not a limit: rounds are cut so that the expected use stays below.</summary>
    public long? TargetTokens { get; init; }

    /// <summary>The money a question should cost, more than 0, where prices are declared; null for no aim.</summary>
    public double? TargetCost { get; init; }

    /// <summary>Samples after which the route is chosen, at least 1. Default 8.</summary>
    public int RouteAt { get; init; } = 8;

    /// <summary>The answers are scattered when the two heaviest hold less than this share of what the samples weigh, 0–1. Default 0.5.</summary>
    public double ScatteredBelow { get; init; } = 0.5;

    /// <summary>The search that scattered answers lead to: <c>mcts</c>, <c>dvts</c>, <c>beam-search</c> or <c>best-first</c>. Default <c>mcts</c>, which gives a solution for every trial.</summary>
    public string Search { get; init; } = MctsStrategy.About.Name;

    /// <summary>N of that search, at least 1: trials, beams or expansions; fewer where fewer samples are left. Default 16.</summary>
    public int Beams { get; init; } = 16;

    /// <summary>M of that search, at least 1. Default 4.</summary>
    public int Width { get; init; } = 4;

    /// <summary>The role that is asked where no search is possible; null for none.</summary>
    public string? Expert { get; init; }

    /// <summary>Samples of that role, at least 1. Default 4.</summary>
    public int ExpertSamples { get; init; } = 4;

    /// <summary>Whether scattered answers that neither a search nor an expert can help are no answer. Default false: the vote goes on, with its low confidence.</summary>
    public bool Abstains { get; init; }

    /// <summary>Judges the candidates, and the steps of a search where it passes <see cref="StepGate"/>; null for none.</summary>
    public IVerifier? Verifier { get; init; }

    /// <summary>Sampling temperature where the request sets none. Default 0.7.</summary>
    public double Temperature { get; init; } = 0.7;

    /// <summary>How each solution is asked for; null for zero-shot chain of thought.</summary>
    public SolutionPrompt? Prompt { get; init; }

    /// <summary>The rounds that result: the schedule cut or extended to <see cref="MaxSamples"/>.</summary>
    public IReadOnlyList<int> Rounds => new AdaptiveConsistencyOptions { Schedule = Schedule, MaxSamples = MaxSamples }.Stages;
}

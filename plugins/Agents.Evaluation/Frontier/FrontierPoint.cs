using Agents.Reasoning;

namespace Agents.Evaluation;

/// <summary>A strategy at one budget.</summary>
/// <param name="Strategy">Its name in the figure.</param>
/// <param name="Budget">N: samples, beams, particles or trials.</param>
/// <param name="IsVerified">Whether it has the verifier.</param>
/// <param name="Runs">What runs.</param>
public sealed record FrontierPoint(string Strategy, int Budget, bool IsVerified, IReasoningStrategy Runs)
{
    private static readonly int DefaultBeams = new Agents.Reasoning.Strategies.AutoOptions().Beams;

    /// <summary>The name in results, unique.</summary>
    public string Name => $"{Strategy}{(IsVerified ? "+v" : "")}@{Budget}";

    /// <summary>
    /// The points of the figure: the vote and the searches, each with and without the verifier, over budgets that reach from
    /// hundreds to thousands of tokens, and the controller with as many samples allowed.
    /// </summary>
    /// <param name="verifier">The verifier; null for the half without one.</param>
    /// <param name="auto">What the controller is set to beside its samples; null for its defaults.</param>
    public static IReadOnlyList<FrontierPoint> All(IVerifier? verifier, StrategySettings? auto = null)
    {
        var points = new List<FrontierPoint>();
        Add("self-consistency", "vote", null, 1, 2, 4, 8, 16, 40);
        foreach (string search in new[] { "beam-search", "dvts", "mcts", "particles" })
            Add(search, search, null, 8);
        Add("auto", "auto", null, 4, 8, 16, 40);
        if (verifier is not null)
        {
            Add("best-of-n", "weighted best-of-N", verifier, 1, 2, 4, 8, 16, 32);
            foreach (string search in new[] { "beam-search", "dvts", "mcts", "particles" })
                Add(search, search, verifier, 4, 16);
            Add("auto", "auto", verifier, 4, 8, 16, 40, 80, 160);
        }

        return points;

        void Add(string name, string shown, IVerifier? v, params ReadOnlySpan<int> budgets)
        {
            StrategySettings settings = (name == "auto" ? auto : null) ?? StrategySettings.Default;
            foreach (int budget in budgets)
            {
                // A search that may cost more is wider; the default up to 80 samples.
                if (name == "auto" && auto?.Beams is null && budget > 5 * DefaultBeams)
                    settings = settings with { Beams = budget / 5 };
                points.Add(new FrontierPoint(shown, budget, v is not null, StrategyCatalogue.Create(name, settings with { Samples = budget, Verifier = v })));
            }
        }
    }
}

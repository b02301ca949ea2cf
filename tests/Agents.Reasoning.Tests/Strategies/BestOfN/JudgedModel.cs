using System.Globalization;
using Agents.Testing;

namespace Agents.Reasoning.Tests.Strategies;

/// <summary>A noisy solver with a noisy judge: it scores by seed, is sometimes unreadable, and sometimes fails.</summary>
internal sealed class JudgedModel(double right = 0.5, int failEvery = 11)
{
    private readonly NoisyModel solver = new(right, failEvery);

    public CallOutcome Answer(ModelCall call)
    {
        if (call.Role == "solver")
            return solver.Answer(call);
        var random = new Random((int)(call.Seed ^ (call.Seed >> 29)));
        if (failEvery > 0 && random.Next(failEvery) == 0)
            return CallOutcome.Failed(CallFailureKind.RateLimited, "The judge is busy.", 429);
        return CallOutcome.FromText(random.Next(7) == 0 ? "Hard to say." : Math.Round(random.NextDouble(), 2).ToString(CultureInfo.InvariantCulture));
    }
}

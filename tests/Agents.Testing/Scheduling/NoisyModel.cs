using System.Globalization;
using Agents.Reasoning;

namespace Agents.Testing;

/// <summary>
/// A model whose every outcome is a function of the call's seed: answers of different probability, some without an answer, one
/// in <paramref name="failEvery"/> failing. As selector it names a response by seed, sometimes unreadably.
/// </summary>
/// <param name="right">Share of right answers, 0–1.</param>
/// <param name="failEvery">One in so many calls fails; 0 for none.</param>
public sealed class NoisyModel(double right = 0.6, int failEvery = 17)
{
    /// <summary>The answer that is right.</summary>
    public const string Right = "42";

    /// <summary>The outcome of a call.</summary>
    public CallOutcome Answer(ModelCall call)
    {
        var random = new Random((int)(call.Seed ^ (call.Seed >> 31)));
        if (failEvery > 0 && random.Next(failEvery) == 0)
            return CallOutcome.Failed(CallFailureKind.Unavailable, "The scripted upstream failed.", 503);
        var usage = new CallUsage(50 + call.Messages.Sum(m => m.Text.Length) / 4, 20 + random.Next(60));
        if (call.Role is "selector" or "judge")
            return CallOutcome.FromText(random.Next(5) == 0 ? "I cannot say." : string.Create(CultureInfo.InvariantCulture, $"Most consistent response: {1 + random.Next(3)}"), usage);
        double draw = random.NextDouble();
        string answer = draw < right ? Right : draw < right + (1 - right) / 2 ? "41" : draw < right + (1 - right) * 0.8 ? "7" : "";
        return CallOutcome.FromText(answer.Length > 0 ? $"Step by step this gives {answer}. <answer>{answer}</answer>" : "", usage);
    }
}

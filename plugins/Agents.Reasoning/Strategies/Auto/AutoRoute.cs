using System.Globalization;
using Agents.Answers;

namespace Agents.Reasoning.Strategies;

/// <summary>How the answers lie when the vote is not settled.</summary>
internal enum AnswerSpread
{
    /// <summary>Two answers share most of the weight: more votes tell them apart.</summary>
    Split,

    /// <summary>No two answers do: more votes of the same kind would find no majority soon.</summary>
    Scattered,
}

/// <summary>What the vote looks like from where the route is chosen. A function of the set of candidates.</summary>
/// <param name="Leader">Weight of the leading answer.</param>
/// <param name="RunnerUp">Weight of the one after it.</param>
/// <param name="Samples">Samples drawn.</param>
internal readonly record struct AutoRoute(double Leader, double RunnerUp, int Samples)
{
    /// <summary>The vote as it stands.</summary>
    public static AutoRoute Of(VoteTally votes, int samples) =>
        new(votes.Leader?.Weight ?? 0, votes.Classes.Count > 1 ? votes.Classes[1].Weight : 0, samples);

    /// <summary>The posterior that the leader is ahead of the runner-up.</summary>
    public double Posterior => BetaPosterior.LeaderIsAhead(Leader, RunnerUp);

    /// <summary>The share of the weight of all samples, 1 each where nothing is known, that the two leading answers hold.</summary>
    public double Share => Samples == 0 ? 0 : (Leader + RunnerUp) / Samples;

    /// <summary>Split or scattered.</summary>
    public AnswerSpread Spread(double scatteredBelow) => Share < scatteredBelow ? AnswerSpread.Scattered : AnswerSpread.Split;

    /// <summary>The figures, for people.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"the leading answers weigh {Leader:0.##} and {RunnerUp:0.##} of {Samples} samples, posterior {Posterior:0.000}");
}

using Agents.Reasoning.Strategies;

namespace Agents.Evaluation;

/// <summary>Sums over problems of the vote that stops: the rule of <see cref="VerifiedConsistencyStrategy"/> at whole stages.</summary>
internal sealed class StoppedSums(VerifiedConsistencyOptions rule)
{
    private readonly IReadOnlyList<int> stages = rule.Stages;
    private readonly WeightedCount count = new(SyntheticProblem.Classes);
    private long right, samples, rounds, differs, easy, easySamples, easySquares, problems;

    /// <summary>Plays one problem.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="votes">The weight of each sample's vote; (n).</param>
    /// <param name="plurality">The plurality over all n samples.</param>
    /// <returns>The answer, and the samples drawn for it.</returns>
    public (int Answer, int Drawn) Add(SyntheticProblem problem, ReadOnlySpan<double> votes, int plurality)
    {
        int drawn = 0, stage = 0;
        do
        {
            drawn += stages[stage++];
            count.Count(problem.Answers.AsSpan(0, drawn), votes[..drawn]);
        }
        while (stage < stages.Count && !IsSettled(drawn));

        problems++;
        right += count.Leader == 0 ? 1 : 0;
        samples += drawn;
        rounds += stage;
        differs += count.Leader == plurality ? 0 : 1;
        easy += problem.IsEasy ? 1 : 0;
        easySamples += problem.IsEasy ? drawn : 0;
        easySquares += problem.IsEasy ? drawn * drawn : 0;
        return (count.Leader, drawn);
    }

    /// <summary>The means so far.</summary>
    public StoppedVote Mean()
    {
        double n = problems, m = Math.Max(easy, 1), mean = easySamples / m;
        return new(right / n, samples / n, rounds / n, differs / n, mean, Math.Sqrt(Math.Max(0, easySquares / m - mean * mean) / m));
    }

    private bool IsSettled(int drawn)
    {
        (double leader, double runnerUp) = count.Top();
        return drawn >= rule.MinSamples && BetaPosterior.LeaderIsAhead(leader, runnerUp) >= rule.Threshold;
    }
}

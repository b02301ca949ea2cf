namespace Agents.Evaluation;

/// <summary>A running weighted count of answers, ties to the first seen: the array twin of the strategies' tally.</summary>
internal sealed class WeightedCount(int classes)
{
    private readonly double[] weights = new double[classes];
    private readonly List<int> seen = [];

    /// <summary>The leading answer.</summary>
    public int Leader { get; private set; }

    /// <summary>Counts the votes from scratch.</summary>
    public int Count(ReadOnlySpan<int> answers, ReadOnlySpan<double> votes)
    {
        Array.Clear(weights);
        seen.Clear();
        for (int i = 0; i < answers.Length; i++)
        {
            if (!seen.Contains(answers[i]))
                seen.Add(answers[i]);
            weights[answers[i]] += votes[i];
        }

        Leader = seen[0];
        foreach (int answer in seen)
        {
            if (weights[answer] > weights[Leader])
                Leader = answer;
        }

        return Leader;
    }

    /// <summary>The weights of the leader and of the strongest other answer.</summary>
    public (double Leader, double RunnerUp) Top()
    {
        double runnerUp = 0;
        foreach (int answer in seen)
        {
            if (answer != Leader)
                runnerUp = Math.Max(runnerUp, weights[answer]);
        }

        return (weights[Leader], runnerUp);
    }
}

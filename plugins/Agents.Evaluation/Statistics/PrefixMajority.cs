namespace Agents.Evaluation;

/// <summary>
/// The majority over each prefix of a row of samples: what a vote over the first k would have answered, for every k, from one
/// run. Ties go to the class first seen; samples without an answer abstain. Wang et al. 2022, arXiv:2203.11171.
/// </summary>
public static class PrefixMajority
{
    /// <summary>Marks a sample without an answer.</summary>
    public const int Abstains = -1;

    /// <summary>Fills <paramref name="winners"/>[k−1] with the index of the sample that leads after k samples: the first of the
    /// winning class; −1 while everyone abstains.</summary>
    /// <param name="classes">The equivalence class of each sample's answer, from 0, or −1; (n).</param>
    /// <param name="winners">The leaders; (n).</param>
    public static void Winners(ReadOnlySpan<int> classes, Span<int> winners)
    {
        var votes = new Dictionary<int, (int Count, int First)>();
        int leader = -1, leaderVotes = 0;
        for (int i = 0; i < classes.Length; i++)
        {
            if (classes[i] != Abstains)
            {
                (int count, int first) = votes.TryGetValue(classes[i], out (int Count, int First) seen) ? seen : (0, i);
                votes[classes[i]] = (++count, first);
                if (count > leaderVotes || (count == leaderVotes && first < leader))
                    (leader, leaderVotes) = (first, count);
            }

            winners[i] = leader;
        }
    }
}

namespace Agents.Answers;

/// <summary>A class of equivalent answers and the votes it received.</summary>
/// <param name="Answer">The representative: the answer of the voter with the lowest index.</param>
/// <param name="Voters">The indices of its voters, ascending.</param>
/// <param name="Weight">The sum of its voters' weights.</param>
public sealed record VoteClass(Answer Answer, IReadOnlyList<int> Voters, double Weight)
{
    /// <summary>The number of voters.</summary>
    public int Count => Voters.Count;
}

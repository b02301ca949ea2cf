namespace Agents.Answers;

/// <summary>
/// A vote over equivalence classes of answers. Independent of the order of the ballots: they are sorted by voter first.
/// Classes are ordered by weight, ties to the first seen (the lowest voter index). Abstentions are counted apart.
/// </summary>
public sealed class VoteTally
{
    private VoteTally(IReadOnlyList<VoteClass> classes, int abstentions)
    {
        Classes = classes;
        Abstentions = abstentions;
    }

    /// <summary>The classes, heaviest first; ties to the first seen.</summary>
    public IReadOnlyList<VoteClass> Classes { get; }

    /// <summary>The number of ballots without an answer.</summary>
    public int Abstentions { get; }

    /// <summary>The winning class, or null when every ballot abstained.</summary>
    public VoteClass? Leader => Classes.Count > 0 ? Classes[0] : null;

    /// <summary>The number of ballots with an answer.</summary>
    public int Votes => Classes.Sum(c => c.Count);

    /// <summary>The winner's share of the weight of all ballots with an answer, 0–1; 0 when there is none.</summary>
    public double LeaderShare => Leader is { } leader && Classes.Sum(c => c.Weight) is > 0 and var total ? leader.Weight / total : 0;

    /// <summary>Counts the ballots.</summary>
    public static VoteTally Count(IEnumerable<Ballot> ballots, AnswerEquivalence? equivalence = null)
    {
        equivalence ??= AnswerEquivalence.Default;
        var classes = new List<(Answer Representative, List<int> Voters, double Weight)>();
        int abstentions = 0;
        foreach (Ballot ballot in ballots.OrderBy(b => b.Voter))
        {
            if (ballot.Answer is not { } answer)
            {
                abstentions++;
                continue;
            }

            int found = classes.FindIndex(c => equivalence.Compare(c.Representative, answer) == Equivalence.Equal);
            if (found < 0)
            {
                classes.Add((answer, [ballot.Voter], ballot.Weight));
            }
            else
            {
                classes[found].Voters.Add(ballot.Voter);
                classes[found] = classes[found] with { Weight = classes[found].Weight + ballot.Weight };
            }
        }

        // OrderByDescending is stable and classes are in order of first appearance, so ties go to the first seen.
        return new VoteTally(
            [.. classes.OrderByDescending(c => c.Weight).Select(c => new VoteClass(c.Representative, c.Voters, c.Weight))],
            abstentions);
    }
}

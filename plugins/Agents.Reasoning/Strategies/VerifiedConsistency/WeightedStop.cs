using Agents.Answers;

namespace Agents.Reasoning.Strategies;

/// <summary>
/// What is known of a weighted vote of which some votes are still out: the least the leader can have, and the most any other
/// answer can. Both only ever close in, so a decision that rests on them, once taken, stays right.
/// </summary>
/// <param name="Leader">The least weight of the leader.</param>
/// <param name="RunnerUp">The greatest weight of any other answer, an unseen one included.</param>
/// <param name="Answers">Answers counted so far.</param>
internal readonly record struct WeightedStop(double Leader, double RunnerUp, int Answers)
{
    /// <summary>The greatest weight of one vote: 2s at s = 1.</summary>
    public const double MaxWeight = 2;

    /// <summary>
    /// Bounds the vote: an answer whose verdict is out weighs 0 for the leader and the most against it, and every open sample
    /// counts the most for the runner-up. Null while there is no answer.
    /// </summary>
    /// <param name="evidence">The candidates so far.</param>
    /// <param name="isOpen">Whether a candidate's verdict is still to come.</param>
    /// <param name="openSamples">Samples still to come.</param>
    public static WeightedStop? Of(Evidence evidence, Func<Candidate, bool> isOpen, int openSamples)
    {
        VoteTally least = evidence.WeightedVotes(c => isOpen(c) ? 0 : VerifiedConsistencyStrategy.Weight(c));
        if (least.Leader is not { } leader)
            return null;
        double rival = least.Classes.Where(c => !ReferenceEquals(c, leader)).Select(Most).DefaultIfEmpty(0).Max();
        return new WeightedStop(leader.Weight, rival + MaxWeight * openSamples, least.Votes);

        double Most(VoteClass votes) => votes.Voters.Sum(voter => isOpen(evidence[voter]) ? MaxWeight : VerifiedConsistencyStrategy.Weight(evidence[voter]));
    }

    /// <summary>True when the posterior that the leader is ahead reaches the threshold on enough answers.</summary>
    public bool IsSettled(double threshold, int minAnswers) => Answers >= minAnswers && BetaPosterior.LeaderIsAhead(Leader, RunnerUp) >= threshold;

    /// <summary>True when nothing that is out can take the lead away.</summary>
    public bool IsDecided => Leader > RunnerUp;
}

namespace Agents.Answers.Tests;

public sealed class VoteTallyTests
{
    private static Ballot Vote(int voter, string? answer, double weight = 1) => new(voter, answer is null ? null : Answer.Parse(answer), weight);

    [Fact]
    public void Count_EquivalentAnswers_ShareAClass()
    {
        VoteTally tally = VoteTally.Count([Vote(0, "0.5"), Vote(1, "2"), Vote(2, "\\frac{1}{2}"), Vote(3, "1/2")]);
        Assert.Equal("0.5", tally.Leader!.Answer.Text);
        Assert.Equal([0, 2, 3], tally.Leader.Voters);
        Assert.Equal(0.75, tally.LeaderShare);
    }

    [Fact]
    public void Count_Tie_GoesToTheFirstSeenByIndexNotByArrival()
    {
        VoteTally tally = VoteTally.Count([Vote(1, "b = 2"), Vote(0, "7")]);
        Assert.Equal("7", tally.Leader!.Answer.Text);
    }

    [Fact]
    public void Count_Abstentions_AreNoClass()
    {
        VoteTally tally = VoteTally.Count([Vote(0, null), Vote(1, null), Vote(2, "3")]);
        Assert.Equal(2, tally.Abstentions);
        Assert.Equal(1, tally.Votes);
        Assert.Equal("3", tally.Leader!.Answer.Text);
    }

    [Fact]
    public void Count_Weights_OutvoteNumbers()
    {
        VoteTally tally = VoteTally.Count([Vote(0, "1"), Vote(1, "1"), Vote(2, "2", 5)]);
        Assert.Equal("2", tally.Leader!.Answer.Text);
        Assert.Equal(5, tally.Leader.Weight);
    }

    [Fact]
    public void Count_NoBallots_HasNoLeader()
    {
        VoteTally tally = VoteTally.Count([]);
        Assert.Null(tally.Leader);
        Assert.Equal(0, tally.LeaderShare);
    }
}

using Agents.Answers;

namespace Agents.Reasoning.Strategies;

/// <summary>A single-elimination tournament among candidates.</summary>
internal sealed class Tournament(PairwiseJudge judge, ReasoningContext context, ReasoningRequest request, int comparisons)
{
    /// <summary>Matches that had to be played.</summary>
    public int Matches { get; private set; }

    /// <summary>Matches that someone won; the rest were tied.</summary>
    public int Decided { get; private set; }

    /// <summary>The winner among the players: the winners of both halves meet, so no two meet twice.</summary>
    public async Task<Candidate> PlayAsync(ArraySegment<Candidate> players)
    {
        if (players.Count == 1)
            return players[0];
        int half = players.Count / 2;
        Candidate[] finalists = await Task.WhenAll(PlayAsync(players[..half]), PlayAsync(players[half..]));
        return await MatchAsync(finalists[0], finalists[1]);
    }

    private async Task<Candidate> MatchAsync(Candidate a, Candidate b)
    {
        (Candidate first, Candidate second) = a.Index < b.Index ? (a, b) : (b, a);
        if (request.Equivalence.Compare(first.Answer!, second.Answer!) == Equivalence.Equal)
            return first;
        Matches++;
        ReasoningContext match = context.Branch($"match{first.Index}-{second.Index}");
        int[] said = await Task.WhenAll(Enumerable.Range(0, comparisons).Select(_ => judge.CompareAsync(match, request, first, second)));
        int balance = said.Sum();
        Decided += balance == 0 ? 0 : 1;
        return balance >= 0 ? first : second;
    }
}

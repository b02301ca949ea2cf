namespace Agents.Reasoning.Strategies;

/// <summary>
/// The posterior that the leading answer is the more likely of the two leading ones, after a votes against b under a uniform
/// prior: P(X &gt; ½) with X ~ Beta(a + 1, b + 1), which is 1 − I_½(a + 1, b + 1). Aggarwal et al. 2023, arXiv:2305.11860.
/// </summary>
public static class BetaPosterior
{
    /// <summary>P(X &gt; ½), exact up to rounding. For whole counts I_½ is a binomial tail: P = P(Bin(a + b + 1, ½) ≤ a).</summary>
    /// <param name="leader">Votes of the leader, at least 0.</param>
    /// <param name="runnerUp">Votes of the runner-up, at least 0.</param>
    public static double LeaderIsAhead(int leader, int runnerUp)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(leader);
        ArgumentOutOfRangeException.ThrowIfNegative(runnerUp);
        int trials = leader + runnerUp + 1;
        // The smaller tail is summed, so that neither 1 − tiny nor a long sum loses digits.
        return leader >= runnerUp ? 1 - Tail(trials, runnerUp) : Tail(trials, leader);
    }

    /// <summary>P(X &gt; ½) for weighted votes, which need not be whole; equal to the count of whole votes where they are.</summary>
    /// <param name="leader">Weight of the leader, at least 0.</param>
    /// <param name="runnerUp">Weight of the runner-up, at least 0.</param>
    public static double LeaderIsAhead(double leader, double runnerUp)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(leader);
        ArgumentOutOfRangeException.ThrowIfNegative(runnerUp);
        // Whole weights take the exact sum, so that a verifier without an opinion decides exactly as no verifier does.
        if (double.IsInteger(leader) && double.IsInteger(runnerUp) && leader + runnerUp < 1e6)
            return LeaderIsAhead((int)leader, (int)runnerUp);
        // P(X > ½) = I_½(b + 1, a + 1): the smaller tail is the one computed.
        return leader >= runnerUp
            ? 1 - SpecialFunctions.RegularizedIncompleteBeta(0.5, leader + 1, runnerUp + 1)
            : SpecialFunctions.RegularizedIncompleteBeta(0.5, runnerUp + 1, leader + 1);
    }

    /// <summary>The fewest votes for the leader at which <see cref="LeaderIsAhead(int, int)"/> reaches the threshold.</summary>
    public static int VotesNeeded(int runnerUp, double threshold)
    {
        int leader = runnerUp;
        while (LeaderIsAhead(leader, runnerUp) < threshold)
            leader++;
        return leader;
    }

    // P(Bin(n, ½) ≤ k) for k < n/2, from the largest term down; 2^-n in logarithms, since n may pass 1074.
    private static double Tail(int n, int k)
    {
        double logTerm = -n * Math.Log(2);
        for (int i = 1; i <= k; i++)
            logTerm += Math.Log((double)(n - i + 1) / i);
        double term = Math.Exp(logTerm);
        double sum = 0;
        for (int i = k; i >= 0; i--)
        {
            sum += term;
            term *= (double)i / (n - i + 1);
        }

        return sum;
    }
}

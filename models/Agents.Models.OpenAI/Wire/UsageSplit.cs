using Agents.Reasoning;

namespace Agents.Models.OpenAI;

/// <summary>Divides the usage of one reply among its choices so that the sum stays exact.</summary>
internal static class UsageSplit
{
    /// <summary>
    /// The prompt was billed once: the first choice bears it. The output is divided by the lengths of the choices.
    /// </summary>
    /// <param name="reported">The usage of the reply, or null when it reported none.</param>
    /// <param name="lengths">The length of each choice, thinking included.</param>
    public static IReadOnlyList<CallUsage?> Split(CallUsage? reported, IReadOnlyList<int> lengths)
    {
        if (reported is null)
            return new CallUsage?[lengths.Count];
        long[] output = Divide(reported.OutputTokens, lengths);
        long[] reasoning = Divide(reported.ReasoningTokens, lengths);
        return [.. lengths.Select((_, i) => i == 0
            ? new CallUsage(reported.InputTokens, output[0], reported.CachedInputTokens, reasoning[0])
            : new CallUsage(0, output[i], 0, reasoning[i]))];
    }

    // Each share is the difference of two rounded running sums, so that all of them add up to the total.
    private static long[] Divide(long total, IReadOnlyList<int> weights)
    {
        long[] shares = new long[weights.Count];
        Int128 all = weights.Sum(w => (long)w) + weights.Count, upTo = 0;
        long given = 0;
        for (int i = 0; i < shares.Length; i++)
        {
            upTo += weights[i] + 1;
            shares[i] = (long)(total * upTo / all) - given;
            given += shares[i];
        }

        return shares;
    }
}

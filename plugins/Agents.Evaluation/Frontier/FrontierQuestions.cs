namespace Agents.Evaluation;

/// <summary>The questions of a figure in an order drawn by a seed, so that the first so many are a fair draw of all.</summary>
public static class FrontierQuestions
{
    /// <summary>The questions drawn; a run of more of them begins with the same.</summary>
    /// <param name="data">All questions.</param>
    /// <param name="limit">How many, at least 1; null for all.</param>
    /// <param name="seed">The seed of the order.</param>
    public static EvaluationData Drawn(EvaluationData data, int? limit, long seed)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit ?? 1, 1);
        int[] order = [.. Enumerable.Range(0, data.Items.Count)];
        new SplitMix64(unchecked((ulong)seed)).Shuffle(order);
        return data with { Items = [.. order.Take(limit ?? order.Length).Select(i => data.Items[i])] };
    }
}

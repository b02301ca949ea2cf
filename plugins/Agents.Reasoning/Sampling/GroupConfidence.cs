namespace Agents.Reasoning;

/// <summary>
/// The confidence of groups of tokens as they are written. A token's is −(1/k)·Σ ln P over its k most likely tokens: the surer
/// the model, the less is left for the others, and the higher it is. A group's is the mean over a sliding window. Fu et al. 2025
/// (DeepConf), arXiv:2508.15260. Samplers that cut and strategies that vote count with this one class, so they agree to the last bit.
/// </summary>
/// <param name="window">Tokens of a group, at least 1.</param>
public sealed class GroupConfidence(int window)
{
    private readonly double[] last = new double[Math.Max(1, window)];
    private double sum;

    /// <summary>Tokens counted so far.</summary>
    public int Tokens { get; private set; }

    /// <summary>The least mean of a full window so far; null before the first is full.</summary>
    public double? Least { get; private set; }

    /// <summary>The mean over all tokens where no window was ever full, else <see cref="Least"/>; null without any token. A trace's score.</summary>
    public double? LeastOrMean => Least ?? (Tokens == 0 ? null : sum / Tokens);

    /// <summary>The confidence of a token; null when it came without alternatives.</summary>
    public static double? Of(TokenLogProbability token)
    {
        ArgumentNullException.ThrowIfNull(token);
        if (token.Alternatives.Count == 0)
            return null;
        double sum = 0;
        foreach (TokenAlternative alternative in token.Alternatives)
            sum += alternative.LogProbability;
        return -sum / token.Alternatives.Count;
    }

    /// <summary>A confidence c as a score in 0–1, c/(1 + c): it keeps the order and is no probability.</summary>
    public static double ToScore(double confidence) => confidence <= 0 ? 0 : confidence / (1 + confidence);

    /// <summary>The trace's score by the sample's tokens; null when one of them tells nothing.</summary>
    /// <param name="tokens">The tokens in order.</param>
    /// <param name="window">Tokens of a group.</param>
    public static double? OfTrace(IReadOnlyList<TokenLogProbability> tokens, int window)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        var groups = new GroupConfidence(window);
        foreach (TokenLogProbability token in tokens)
        {
            if (Of(token) is not { } confidence || !double.IsFinite(confidence))
                return null;
            groups.Add(confidence);
        }

        return groups.LeastOrMean;
    }

    /// <summary>Takes the next token's confidence in.</summary>
    /// <returns>The mean of the window that ends with it; null while none is full.</returns>
    public double? Add(double confidence)
    {
        int at = Tokens % last.Length;
        sum += confidence - (Tokens >= last.Length ? last[at] : 0);
        last[at] = confidence;
        Tokens++;
        if (Tokens < last.Length)
            return null;
        double mean = sum / last.Length;
        Least = Math.Min(Least ?? mean, mean);
        return mean;
    }
}

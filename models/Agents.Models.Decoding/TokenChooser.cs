using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Agents.Reasoning;

namespace Agents.Models.Decoding;

/// <summary>
/// Chooses tokens from logits: temperature, top-k (Fan et al. 2018, arXiv:1805.04833), nucleus (Holtzman et al. 2019,
/// arXiv:1904.09751), then the inverse of the distribution function in the order of token numbers. Control tokens other than
/// those ending a turn are never chosen. Not thread-safe: one for each thread.
/// </summary>
internal sealed unsafe class TokenChooser(ITokenTable table, IReadOnlyList<int> ends)
{
    private readonly int[] forbidden = [.. table.Controls.Except(ends)];
    private readonly AlignedFloats weights = new(Lanes.Padded(table.Size));
    private readonly AlignedFloats chosen = new(Lanes.Padded(table.Size));
    private readonly int[] best = new int[Lanes.Padded(table.Size)];

    /// <summary>The tokens it chooses among.</summary>
    public ITokenTable Table => table;

    /// <summary>Whether a token ends a turn.</summary>
    public bool Ends(int token) => ends.Contains(token);

    /// <param name="logits">One number a token.</param>
    /// <param name="rules">Temperature and cuts.</param>
    /// <param name="uniform">A number in [0, 1).</param>
    public int Choose(ReadOnlySpan<float> logits, SamplingRules rules, double uniform)
    {
        Load(logits);
        foreach (int id in forbidden)
            weights.Pointer[id] = float.NegativeInfinity;
        if (rules.Temperature == 0)
            return Greatest(weights.Pointer, weights.Length);
        double total = Exponentiate(1 / rules.Temperature);
        return rules.TopK is null && rules.TopP is null ? Invert(weights.Pointer, weights.Length, uniform * total) : ChooseAmongBest(rules, total, uniform);
    }

    /// <summary>ln P of the token under the model itself, without temperature or cuts, and the most likely tokens.</summary>
    public TokenLogProbability Measure(ReadOnlySpan<float> logits, int token, string text, int alternatives)
    {
        Load(logits);
        double greatest = logits[Greatest(weights.Pointer, weights.Length)];
        var likely = new List<TokenAlternative>(alternatives);
        double total = Exponentiate(1);
        double normalizer = greatest + Math.Log(total);
        for (int i = 0; i < alternatives && i < logits.Length; i++)
        {
            int id = Greatest(weights.Pointer, weights.Length);
            likely.Add(new TokenAlternative(table.TextOf(id), LogProbability(logits[id])));
            weights.Pointer[id] = float.NegativeInfinity;
        }

        return new TokenLogProbability(text, LogProbability(logits[token]), likely);

        double LogProbability(float logit) => Math.Min(0, logit - normalizer);
    }

    private void Load(ReadOnlySpan<float> logits)
    {
        logits.CopyTo(weights.Span);
        weights.Span[logits.Length..].Fill(float.NegativeInfinity);
    }

    /// <summary>Turns logits into e^((logit − greatest) · scale).</summary>
    /// <returns>Their sum.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double Exponentiate(double scale)
    {
        float* w = weights.Pointer;
        Vector512<float> top = Vector512.Create(w[Greatest(w, weights.Length)]);
        Vector512<float> factor = Vector512.Create((float)Math.Min(scale, 1e30));
        double sum = 0;
        for (int i = 0; i < weights.Length; i += Lanes.Count)
        {
            Vector512<float> weight = Lanes.Exp((Vector512.Load(w + i) - top) * factor);
            weight.Store(w + i);
            sum += Lanes.Sum(weight);
        }

        return sum;
    }

    private int ChooseAmongBest(SamplingRules rules, double total, double uniform)
    {
        int most = Math.Min(rules.TopK ?? table.Size, table.Size);
        int found = FindBest(most, rules.TopK is null ? rules.TopP!.Value * total : double.PositiveInfinity);
        most = Math.Min(most, found);
        // With both, the nucleus is cut from what top-k left.
        if (rules.TopK is not null && rules.TopP is not null)
            total = SumOfBest(most);
        double wanted = (rules.TopP ?? 1) * total, held = 0;
        chosen.Span.Clear();
        for (int taken = 0; taken < most && (held < wanted || taken == 0); taken++)
            held += chosen.Pointer[best[taken]] = weights.Pointer[best[taken]];
        return Invert(chosen.Pointer, chosen.Length, uniform * held);
    }

    private double SumOfBest(int most)
    {
        double sum = 0;
        for (int taken = 0; taken < most; taken++)
            sum += weights.Pointer[best[taken]];
        return sum;
    }

    /// <summary>Puts the most likely tokens into <see cref="best"/>, in order and the lowest number first among equals.</summary>
    /// <returns>How many: <paramref name="most"/> or more, or as many as hold the mass, or all that have any.</returns>
    private int FindBest(int most, double mass)
    {
        // The greatest weight is 1, and few tokens hold nearly all of a distribution: those below a floor are looked at only
        // where the ones above do not suffice.
        for (float floor = 1f / 1024; ; floor = floor > 1e-30f ? floor / 1024 : 0)
        {
            int count = 0;
            double held = 0;
            for (int i = 0; i < weights.Length; i += Lanes.Count)
            {
                if (!Vector512.GreaterThanAny(Vector512.Load(weights.Pointer + i), Vector512.Create(floor)))
                    continue;
                for (int id = i; id < i + Lanes.Count; id++)
                {
                    if (weights.Pointer[id] > floor)
                        held += weights.Pointer[best[count++] = id];
                }
            }

            // The margin is for sums in another order.
            if (floor == 0 || count >= most || held > mass * (1 + 1e-9))
            {
                best.AsSpan(0, count).Sort(CompareWeights);
                return count;
            }
        }
    }

    private int CompareWeights(int a, int b) => weights.Pointer[b].CompareTo(weights.Pointer[a]) is not 0 and var order ? order : a.CompareTo(b);

    /// <summary>The token at which the running sum passes <paramref name="left"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Invert(float* weights, int length, double left)
    {
        for (int i = 0; i < length; i += Lanes.Count)
        {
            double here = Lanes.Sum(Vector512.Load(weights + i));
            if (left >= here)
            {
                left -= here;
                continue;
            }

            int last = -1;
            for (int j = i; j < i + Lanes.Count; j++)
            {
                if (weights[j] <= 0)
                    continue;
                last = j;
                if (left < weights[j])
                    return j;
                left -= weights[j];
            }

            // The rounding of the block's sum may leave a rest: its last token takes it.
            if (last >= 0)
                return last;
        }

        return Greatest(weights, length);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Greatest(float* numbers, int length)
    {
        Vector512<float> greatest = Vector512.Load(numbers);
        for (int i = Lanes.Count; i < length; i += Lanes.Count)
            greatest = Vector512.MaxNative(greatest, Vector512.Load(numbers + i));
        float top = Lanes.Max(greatest);
        for (int i = 0; i < length; i++)
        {
            if (numbers[i] == top)
                return i;
        }

        return 0;
    }
}

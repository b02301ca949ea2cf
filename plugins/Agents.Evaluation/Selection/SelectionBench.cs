using Agents.Reasoning.Strategies;

namespace Agents.Evaluation;

/// <summary>
/// Selection rules on synthetic problems with a simulated verifier: what best-of-N, the weighted vote, summed evidence and the
/// weighted vote with a stop rule make of the same samples. A pure function of its options; about a second for 12,000 problems.
/// </summary>
/// <remarks>
/// The verifier is binormal, its score s calibrated at prior ½: s = 1 / (1 + e^−LLR). With ρ &gt; 0 its mistakes are shared by the
/// samples that state the same answer, as a judge's are, who finds one wrong argument convincing each time.
/// </remarks>
public static class SelectionBench
{
    /// <summary>Runs the simulation.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public static SelectionReport Run(SelectionBenchOptions? options = null)
    {
        options ??= new();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Problems, 1, "Problems");
        // The rule's own ranges are the strategy's to check.
        _ = new VerifiedConsistencyStrategy(options.Rule);
        int samples = options.Rule.MaxSamples;
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, 8, "Rule.MaxSamples");
        foreach (VerifierQuality verifier in options.Verifiers)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(verifier.Auc, 0.5, "Auc");
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(verifier.Auc, 1, "Auc");
            ArgumentOutOfRangeException.ThrowIfNegative(verifier.NoiseCorrelation, "NoiseCorrelation");
            ArgumentOutOfRangeException.ThrowIfGreaterThan(verifier.NoiseCorrelation, 1, "NoiseCorrelation");
        }

        RowSums[] rows = [.. options.Verifiers.Select(v => new RowSums(v, options.Rule))];
        var voteOnly = new StoppedSums(options.Rule);
        double passAt1 = 0, covered = 0, majority = 0;
        var count = new WeightedCount(SyntheticProblem.Classes);
        double[] ones = [.. Enumerable.Repeat(1.0, samples)];
        for (int number = 0; number < options.Problems; number++)
        {
            // A stream of its own for each problem: the first thousand are the same however many follow.
            var random = new SplitMix64(unchecked((ulong)options.Seed * 0x9E3779B97F4A7C15 + (ulong)number));
            random = new SplitMix64(random.Next());
            var problem = new SyntheticProblem(ref random, samples);
            passAt1 += problem.PassRate;
            covered += problem.Answers.Contains(0) ? 1 : 0;
            int plurality = count.Count(problem.Answers, ones);
            majority += plurality == 0 ? 1 : 0;
            voteOnly.Add(problem, ones, plurality);
            foreach (RowSums row in rows)
                row.Add(problem, plurality);
        }

        int n = options.Problems;
        return new SelectionReport(n, samples, passAt1 / n, covered / n, majority / n, voteOnly.Mean(), [.. rows.Select(r => r.Mean(n))]);
    }

    /// <summary>Sums over problems under one verifier.</summary>
    private sealed class RowSums(VerifierQuality verifier, VerifiedConsistencyOptions rule)
    {
        private readonly double separation = verifier.Auc == 0.5 ? 0 : Math.Sqrt(2) * RandomVariates.NormalQuantile(verifier.Auc);
        private readonly double[] ratios = new double[rule.MaxSamples];
        private readonly double[] scores = new double[rule.MaxSamples];
        private readonly double[] votes = new double[rule.MaxSamples];
        private readonly WeightedCount count = new(SyntheticProblem.Classes);
        private readonly StoppedSums stopped = new(rule);
        private int bestOf8, bestOfAll, summedRatios, summedScores;

        public void Add(SyntheticProblem problem, int plurality)
        {
            problem.LogLikelihoodRatios(separation, verifier.NoiseCorrelation, ratios);
            for (int i = 0; i < ratios.Length; i++)
                scores[i] = 1 / (1 + Math.Exp(-ratios[i]));
            bestOf8 += IsRight(problem.Answers[FirstMax(scores.AsSpan(0, 8))]);
            bestOfAll += IsRight(problem.Answers[FirstMax(scores)]);
            for (int i = 0; i < votes.Length; i++)
                votes[i] = ratios[i] + 1;
            summedRatios += IsRight(count.Count(problem.Answers, votes));
            for (int i = 0; i < votes.Length; i++)
                votes[i] = 2 * scores[i];
            summedScores += IsRight(count.Count(problem.Answers, votes));
            stopped.Add(problem, votes, plurality);
        }

        public SelectionRow Mean(double n) => new(verifier, bestOf8 / n, bestOfAll / n, summedRatios / n, summedScores / n, stopped.Mean());

        private static int FirstMax(ReadOnlySpan<double> values)
        {
            int best = 0;
            for (int i = 1; i < values.Length; i++)
            {
                if (values[i] > values[best])
                    best = i;
            }

            return best;
        }
    }

    private static int IsRight(int answer) => answer == 0 ? 1 : 0;
}

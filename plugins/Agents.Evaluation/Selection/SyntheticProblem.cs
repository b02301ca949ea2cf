namespace Agents.Evaluation;

/// <summary>
/// One synthetic problem with its samples and the noise of whoever judges them. P(right) is Beta(20, 2) for 35 % of problems
/// (easy), Beta(3, 3) for 40 %, Beta(½, 4) for 25 %; the rest of the mass is spread over eight wrong answers by Dirichlet(½).
/// </summary>
internal sealed class SyntheticProblem
{
    private const int Wrong = 8;

    /// <summary>Draws the problem: the same for every verifier, so that all comparisons are paired.</summary>
    public SyntheticProblem(ref SplitMix64 random, int samples)
    {
        double kind = random.NextDouble();
        IsEasy = kind < 0.35;
        PassRate = IsEasy ? RandomVariates.Beta(ref random, 20, 2) : kind < 0.75 ? RandomVariates.Beta(ref random, 3, 3) : RandomVariates.Beta(ref random, 0.5, 4);
        var wrong = new double[Wrong];
        for (int i = 0; i < Wrong; i++)
            wrong[i] = RandomVariates.Gamma(ref random, 0.5);
        double sum = wrong.Sum();

        Answers = new int[samples];
        SampleNoise = new double[samples];
        AnswerNoise = new double[Wrong + 1];
        for (int i = 0; i < samples; i++)
        {
            double left = random.NextDouble() - PassRate;
            int answer = 0;
            while (left >= 0 && answer < Wrong)
                left -= wrong[answer++] / sum * (1 - PassRate);
            Answers[i] = answer;
            SampleNoise[i] = RandomVariates.Normal(ref random);
        }

        for (int a = 0; a <= Wrong; a++)
            AnswerNoise[a] = RandomVariates.Normal(ref random);
    }

    /// <summary>Whether it belongs to the easy stratum.</summary>
    public bool IsEasy { get; }

    /// <summary>P(a sample is right).</summary>
    public double PassRate { get; }

    /// <summary>The answer of each sample; 0 is right; (n).</summary>
    public int[] Answers { get; }

    /// <summary>Answers that occur at most: right and wrong ones.</summary>
    public static int Classes => Wrong + 1;

    /// <summary>Standard normal noise of each sample; (n).</summary>
    private double[] SampleNoise { get; }

    /// <summary>Standard normal noise that all samples of one answer share; (classes).</summary>
    private double[] AnswerNoise { get; }

    /// <summary>
    /// The verifier's evidence on each sample, ln P(x | right) / P(x | wrong): x is normal with unit variance and mean ±d/2, so
    /// it is d·x, with d = √2·Φ⁻¹(AUC); (n).
    /// </summary>
    public void LogLikelihoodRatios(double separation, double correlation, Span<double> ratios)
    {
        double shared = Math.Sqrt(correlation), own = Math.Sqrt(1 - correlation);
        for (int i = 0; i < Answers.Length; i++)
        {
            double mean = Answers[i] == 0 ? separation / 2 : -separation / 2;
            ratios[i] = separation * (mean + shared * AnswerNoise[Answers[i]] + own * SampleNoise[i]);
        }
    }
}

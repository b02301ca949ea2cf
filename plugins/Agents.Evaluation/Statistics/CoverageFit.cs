namespace Agents.Evaluation;

/// <summary>
/// The coverage law c ≈ exp(a·k^b), fitted by least squares on log(−log c) against log k, where it is a line.
/// Typically a &lt; 0 and b &lt; 0: coverage rises towards 1 with a power law in −log c. Brown et al. 2024, arXiv:2407.21787.
/// </summary>
/// <param name="A">a = log c(1) of the fit.</param>
/// <param name="B">b, the slope; for success rates p ~ Beta(α, β) it approaches −α.</param>
/// <param name="RSquared">The share of the variance of log(−log c) that the line explains, 0–1.</param>
/// <param name="Points">The points used; those with c = 0 or c = 1 have no logarithm and are left out.</param>
public sealed record CoverageFit(double A, double B, double RSquared, int Points)
{
    /// <summary>The fitted coverage at <paramref name="k"/> samples.</summary>
    public double At(double k) => Math.Exp(A * Math.Pow(k, B));

    /// <summary>Fits the law; null when fewer than two different k have a coverage strictly between 0 and 1.</summary>
    /// <param name="k">Numbers of samples, each more than 0.</param>
    /// <param name="coverage">The coverage at each, 0–1; the same length.</param>
    public static CoverageFit? Fit(ReadOnlySpan<double> k, ReadOnlySpan<double> coverage)
    {
        if (k.Length != coverage.Length)
            throw new ArgumentException($"{k.Length} values of k but {coverage.Length} of coverage.", nameof(coverage));
        var x = new List<double>(k.Length);
        var y = new List<double>(k.Length);
        for (int i = 0; i < k.Length; i++)
        {
            if (!(coverage[i] > 0 && coverage[i] < 1 && k[i] > 0))
                continue;
            x.Add(Math.Log(k[i]));
            y.Add(Math.Log(-Math.Log(coverage[i])));
        }

        if (x.Distinct().Take(2).Count() < 2)
            return null;

        double meanX = x.Average(), meanY = y.Average();
        double sxx = 0, sxy = 0, syy = 0;
        for (int i = 0; i < x.Count; i++)
        {
            sxx += (x[i] - meanX) * (x[i] - meanX);
            sxy += (x[i] - meanX) * (y[i] - meanY);
            syy += (y[i] - meanY) * (y[i] - meanY);
        }

        double slope = sxy / sxx;
        return new CoverageFit(-Math.Exp(meanY - slope * meanX), slope, syy > 0 ? sxy * sxy / (sxx * syy) : 1, x.Count);
    }
}

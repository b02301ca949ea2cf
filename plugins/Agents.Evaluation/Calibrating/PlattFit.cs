namespace Agents.Evaluation;

/// <summary>
/// Logistic regression of labels on scores, with targets (R+1)/(R+2) for right and 1/(W+2) for wrong so that no curve becomes a
/// step: Platt 1999, Advances in Large Margin Classifiers. Newton's method with halved steps, as in Lin, Lin and Weng 2007,
/// Machine Learning 68(3).
/// </summary>
internal static class PlattFit
{
    private const int MaxSteps = 100;
    private const double Ridge = 1e-10;

    /// <summary>Slope a and intercept b of P(right | s) = 1 / (1 + e^−(a·s + b)).</summary>
    public static (double Slope, double Intercept) Of(IReadOnlyList<LabelledScore> scores)
    {
        int right = scores.Count(s => s.Correct), wrong = scores.Count - right;
        double high = (right + 1.0) / (right + 2), low = 1 / (wrong + 2.0);
        (double Score, double Target)[] points = [.. scores.Select(s => (s.Score, s.Correct ? high : low))];
        double mean = points.Average(p => p.Target);
        (double a, double b) = (0, Math.Log(mean / (1 - mean)));
        if (points.All(p => p.Score == points[0].Score))
            return (a, b);
        double loss = Loss(points, a, b);
        for (int step = 0; step < MaxSteps; step++)
        {
            double ga = 0, gb = 0, haa = Ridge, hab = 0, hbb = Ridge;
            foreach ((double s, double target) in points)
            {
                double p = 1 / (1 + Math.Exp(-(a * s + b))), w = p * (1 - p);
                ga += (p - target) * s;
                gb += p - target;
                haa += w * s * s;
                hab += w * s;
                hbb += w;
            }

            if (Math.Abs(ga) < 1e-9 && Math.Abs(gb) < 1e-9)
                break;
            double determinant = haa * hbb - hab * hab;
            (double da, double db) = (-(hbb * ga - hab * gb) / determinant, -(haa * gb - hab * ga) / determinant);
            double length = 1;
            while (length > 1e-10 && Loss(points, a + length * da, b + length * db) > loss + 1e-4 * length * (ga * da + gb * db))
                length /= 2;
            if (length <= 1e-10)
                break;
            (a, b) = (a + length * da, b + length * db);
            loss = Loss(points, a, b);
        }

        return (a, b);
    }

    /// <summary>−Σ t·ln p + (1−t)·ln(1−p), in the form that does not overflow.</summary>
    private static double Loss((double Score, double Target)[] points, double a, double b)
    {
        double sum = 0;
        foreach ((double s, double target) in points)
        {
            double z = a * s + b;
            sum += Math.Log(1 + Math.Exp(-Math.Abs(z))) + Math.Max(z, 0) - target * z;
        }

        return sum;
    }
}

namespace Agents.Evaluation;

/// <summary>The controller at one budget against the best fixed strategy at the same tokens.</summary>
/// <param name="Figure">The controller's point.</param>
/// <param name="Best">The fixed strategy that is most often right at these tokens: chosen with hindsight, which favours it.</param>
/// <param name="BestAccuracy">Its accuracy there, interpolated.</param>
/// <param name="Difference">Accuracy of the controller minus that.</param>
/// <param name="Interval">The paired bootstrap 95 % interval of the difference.</param>
/// <param name="PValue">The exact McNemar p against that strategy's own point of most tokens not above the controller's.</param>
public sealed record FrontierComparison(FrontierFigure Figure, string Best, double BestAccuracy, double Difference, Interval Interval, double PValue)
{
    /// <summary>The controller's name in figures.</summary>
    public const string Controller = "auto";

    /// <summary>Differences of less than a tenth of a point are none: the curves are straight lines drawn between budgets.</summary>
    public const double Tolerance = 0.001;

    /// <summary>Whether the controller is on or above the best curve, within the interval of the difference.</summary>
    public bool IsOnOrAbove => Interval.High >= -Tolerance;

    /// <summary>The comparisons of one half of the figure, by rising tokens.</summary>
    /// <param name="figures">The points of that half.</param>
    /// <param name="seed">The seed of the bootstrap.</param>
    public static IReadOnlyList<FrontierComparison> Of(IReadOnlyList<FrontierFigure> figures, long seed = 0)
    {
        IReadOnlyList<FrontierCurve> curves = FrontierCurve.Of(figures);
        FrontierCurve[] fixedOnes = [.. curves.Where(c => c.Strategy != Controller)];
        var comparisons = new List<FrontierComparison>();
        foreach (FrontierFigure point in curves.Where(c => c.Strategy == Controller).SelectMany(c => c.Points))
        {
            (FrontierCurve Curve, IReadOnlyList<double> At)[] rivals = [.. fixedOnes.Select(c => (c, c.At(point.Tokens))).Where(r => r.Item2 is { Count: > 0 }).Select(r => (r.c, r.Item2!))];
            if (rivals.Length == 0)
                continue;
            (FrontierCurve best, IReadOnlyList<double> at) = rivals.MaxBy(r => r.At.Average());
            double[] differences = [.. point.Correct.Zip(at, (mine, theirs) => (mine ? 1 : 0) - theirs)];
            FrontierFigure below = best.Points.Last(p => p.Tokens <= point.Tokens);
            comparisons.Add(new FrontierComparison(point, best.Strategy, at.Average(), differences.Average(), PairedBootstrap.MeanInterval(differences, seed), McNemarOf(point, below)));
        }

        return comparisons;
    }

    /// <summary>McNemar's p of two points on the same questions.</summary>
    public static double McNemarOf(FrontierFigure first, FrontierFigure second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        (bool First, bool Second)[] both = [.. first.Correct.Zip(second.Correct)];
        return McNemar.PValue(both.Count(x => x.First && !x.Second), both.Count(x => x.Second && !x.First));
    }
}

namespace Agents.Evaluation;

/// <summary>One strategy over its budgets, and what it would be in between.</summary>
/// <param name="Strategy">The strategy's name.</param>
/// <param name="Points">Its points by rising tokens, at least one.</param>
public sealed record FrontierCurve(string Strategy, IReadOnlyList<FrontierFigure> Points)
{
    /// <summary>The curves of one half of the figure.</summary>
    public static IReadOnlyList<FrontierCurve> Of(IEnumerable<FrontierFigure> figures) =>
        [.. figures.GroupBy(f => f.Point.Strategy, StringComparer.Ordinal).Select(g => new FrontierCurve(g.Key, [.. g.OrderBy(f => f.Tokens)]))];

    /// <summary>
    /// Each question's expected correctness at so many tokens: between two budgets the mixture of both whose mean tokens these
    /// are, which anyone could run by drawing lots; above the last budget that of the last. Null below the first.
    /// </summary>
    /// <param name="tokens">Mean tokens a question.</param>
    public IReadOnlyList<double>? At(double tokens)
    {
        if (tokens < Points[0].Tokens)
            return null;
        int above = 0;
        while (above < Points.Count && Points[above].Tokens <= tokens)
            above++;
        FrontierFigure low = Points[above - 1];
        if (above == Points.Count)
            return [.. low.Correct.Select(c => c ? 1.0 : 0)];
        FrontierFigure high = Points[above];
        double weight = (tokens - low.Tokens) / (high.Tokens - low.Tokens);
        return [.. low.Correct.Zip(high.Correct, (a, b) => (1 - weight) * (a ? 1 : 0) + weight * (b ? 1 : 0))];
    }
}

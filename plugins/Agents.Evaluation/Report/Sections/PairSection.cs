namespace Agents.Evaluation;

/// <summary>Paired differences: a table of all pairs and, from three strategies on, a matrix.</summary>
internal static class PairSection
{
    private const double Width = 220, Height = 26;

    public static Markup Of(EvaluationSummary summary)
    {
        if (summary.Pairs.Count == 0)
            return Markup.Empty;
        double reach = Math.Max(0.02, summary.Pairs.Max(p => Math.Max(Math.Abs(p.DifferenceInterval.Low), Math.Abs(p.DifferenceInterval.High))));
        var x = new Scale(-reach, reach, 16, Width - 16);
        return Markup.Of($"""
            <section id="differences"><h2>Differences on the same questions</h2>
            <p class="lead">A minus B in percentage points, with the paired bootstrap 95 % interval. p is McNemar’s exact test{(summary.Pairs.Count > 1 ? $", and after Holm’s adjustment for {summary.Pairs.Count} comparisons; the verdict follows the adjusted p at 5 %" : "; the verdict is at 5 %")}. “No difference shown” does not mean that there is none.</p>
            {Matrix(summary)}
            <div class="scroll"><table class="numbers">
            <thead><tr><th scope="col">A − B</th><th scope="col" class="plot">Points, 95 % interval</th><th scope="col">Difference</th><th scope="col">Interval</th><th scope="col" class="words">Verdict</th><th scope="col">p</th>{(summary.Pairs.Count > 1 ? Markup.Of($"<th scope='col'>p, adjusted</th>") : Markup.Empty)}<th scope="col">Only A right</th><th scope="col">Only B right</th><th scope="col">Both</th><th scope="col">Neither</th></tr></thead>
            <tbody>{Markup.Join(summary.Pairs.Select(p => Row(p, x, summary.Pairs.Count > 1)))}</tbody>
            <tfoot><tr><td></td><td class="plot">{Axis(x)}</td><td colspan="9"></td></tr></tfoot>
            </table></div></section>
            """);
    }

    private static Markup Row(PairedComparison p, Scale x, bool adjusted) => Markup.Of($"""
        <tr><th scope="row" class="pair">{p.First} <span class="dim">−</span> {p.Second}</th><td class="plot">{Bar(p, x)}</td>
        <td class="main">{Figures.Points(p.Difference)}</td><td>{Figures.PointsRange(p.DifferenceInterval)}</td>
        <td class="words">{Verdict(p)}</td><td>{Figures.P(p.PValue)}</td>{(adjusted ? Markup.Of($"<td>{Figures.P(p.AdjustedPValue)}</td>") : Markup.Empty)}
        <td>{p.OnlyFirst:#,0}</td><td>{p.OnlySecond:#,0}</td><td>{p.BothCorrect:#,0}</td><td>{p.Neither:#,0}</td></tr>
        """);

    // The numbers stand beside it: here only who is better.
    private static Markup Verdict(PairedComparison p) => p.IsShown
        ? Markup.Of($"<strong>{(p.Difference > 0 ? p.First : p.Second)} is better</strong>")
        : Markup.Of($"{p.Verdict}");

    private static Markup Bar(PairedComparison p, Scale x)
    {
        string label = $"{Figures.Points(p.Difference)} points, 95 % interval {Figures.PointsRange(p.DifferenceInterval)}";
        string css = p.IsShown ? "bar ink" : "bar faint";
        (double low, double high) = (x.At(p.DifferenceInterval.Low), x.At(p.DifferenceInterval.High));
        return new Svg(Width, Height, label, "cell")
            .Line(x.At(0), 0, x.At(0), Height, "zero")
            .Line(low, Height / 2, high, Height / 2, css).Line(low, 8, low, Height - 8, css).Line(high, 8, high, Height - 8, css)
            .Circle(x.At(p.Difference), Height / 2, 4.5, p.IsShown ? "dot" : "dot hollow", label).Done();
    }

    private static Markup Axis(Scale x)
    {
        var svg = new Svg(Width, 18, "Axis: difference in percentage points", "cell");
        foreach (double tick in x.Ticks(4))
            svg.Text(x.At(tick), 12, $"{Math.Round(tick * 100, 1):+0.#;−0.#;0}", "tick", "middle");
        return svg.Done();
    }

    private static Markup Matrix(EvaluationSummary summary)
    {
        if (summary.Strategies.Count < 3)
            return Markup.Empty;
        return Markup.Of($"""
            <div class="scroll"><table class="matrix"><caption>Row minus column, points; bold where a difference is shown</caption>
            <thead><tr><td></td>{Markup.Join(summary.Strategies.Select(s => Markup.Of($"<th scope='col'>{s.Name}</th>")))}</tr></thead>
            <tbody>{Markup.Join(summary.Strategies.Select(row => Markup.Of($"<tr><th scope='row'>{row.Name}</th>{Markup.Join(summary.Strategies.Select(column => Cell(summary, row, column)))}</tr>")))}</tbody></table></div>
            """);
    }

    private static Markup Cell(EvaluationSummary summary, StrategySummary row, StrategySummary column)
    {
        PairedComparison? pair = summary.Pairs.FirstOrDefault(p => (p.First == row.Name && p.Second == column.Name) || (p.First == column.Name && p.Second == row.Name));
        if (pair is null)
            return Markup.Of($"<td class='self'>{(row == column ? "·" : "–")}</td>");
        double difference = pair.First == row.Name ? pair.Difference : -pair.Difference;
        string css = !pair.IsShown ? "" : difference > 0 ? "better" : "worse";
        return Markup.Of($"<td class='{css}'>{Figures.Points(difference)}<span class='dim'>p {Figures.P(pair.AdjustedPValue)}</span></td>");
    }
}

namespace Agents.Evaluation;

/// <summary>The table of strategies, accuracy drawn as a point with its Wilson interval.</summary>
internal static class StrategySection
{
    private const double Width = 240, Height = 26;

    public static Markup Of(EvaluationSummary summary)
    {
        double low = summary.Strategies.Min(s => s.AccuracyInterval.Low), high = summary.Strategies.Max(s => s.AccuracyInterval.High);
        var x = new Scale(Math.Max(0, Math.Floor(low * 20) / 20), Math.Min(1, Math.Ceiling(high * 20) / 20), 20, Width - 22);
        bool hasCost = summary.Strategies.Any(s => s.Cost > 0);
        return Markup.Of($"""
            <section id="strategies"><h2>Strategies</h2>
            <p class="lead">Share of questions answered rightly, with the Wilson 95 % interval. No answer counts as wrong. Means are per question.</p>
            <div class="scroll"><table class="numbers">
            <thead><tr><th scope="col">Strategy</th><th scope="col" class="plot">Accuracy, 95 % interval</th><th scope="col">Accuracy</th><th scope="col">Interval, %</th><th scope="col">Right</th><th scope="col">No answer</th><th scope="col">Samples</th><th scope="col">Rounds</th><th scope="col">Calls</th><th scope="col">Tokens in + out</th><th scope="col" title="Calls whose tokens nobody reported">Unreported</th><th scope="col">Failed</th>{(hasCost ? Markup.Of($"<th scope='col'>Cost</th>") : Markup.Empty)}</tr></thead>
            <tbody>{Markup.Join(summary.Strategies.Select((s, i) => Row(s, i, x, hasCost)))}</tbody>
            <tfoot><tr><td></td><td class="plot">{Axis(x)}</td><td colspan="10"></td></tr></tfoot>
            </table></div>
            <details class="about"><summary>What the strategies do</summary><dl>{Markup.Join(summary.Strategies.Select(s => Markup.Of($"<dt>{s.Name}</dt><dd>{s.Idea} <span class='dim'>{s.Source}</span></dd>")))}</dl></details>
            </section>
            """);
    }

    private static Markup Row(StrategySummary s, int index, Scale x, bool hasCost)
    {
        bool unknown = s.ModelCalls > 0 && s.UnreportedCalls == s.ModelCalls;
        double n = Math.Max(1, s.Questions);
        return Markup.Of($"""
            <tr><th scope="row"><span class="swatch {Palette.Fill(index)}"></span>{s.Name}</th>
            <td class="plot">{Bar(s, index, x)}</td>
            <td class="main">{Figures.Percent(s.Accuracy)}</td><td>{Figures.PercentRange(s.AccuracyInterval)}</td>
            <td>{s.Correct:#,0} / {s.Questions:#,0}</td><td>{s.Unanswered:#,0}{(s.Undecided > 0 ? $" (+{s.Undecided} undecided)" : "")}</td>
            <td>{Figures.Mean(s.MeanSamples)}</td><td>{Figures.Mean(s.MeanRounds)}</td><td>{Figures.Mean(s.MeanCalls)}</td>
            <td>{(unknown ? "unknown" : $"{Figures.Count(Math.Round(s.InputTokens / n))} + {Figures.Count(Math.Round(s.OutputTokens / n))}")}</td>
            <td>{s.UnreportedCalls:#,0}</td><td>{s.FailedCalls:#,0}</td>{(hasCost ? Markup.Of($"<td>{s.Cost:0.0000}</td>") : Markup.Empty)}</tr>
            """);
    }

    private static Markup Bar(StrategySummary s, int index, Scale x)
    {
        string label = $"{Figures.Percent(s.Accuracy)}, 95 % interval {Figures.PercentRange(s.AccuracyInterval)} %, n = {s.Questions}";
        var svg = new Svg(Width, Height, label, "cell");
        foreach (double tick in x.Ticks(4))
            svg.Line(x.At(tick), 0, x.At(tick), Height, "grid");
        (double low, double high) = (x.At(s.AccuracyInterval.Low), x.At(s.AccuracyInterval.High));
        svg.Line(low, Height / 2, high, Height / 2, $"bar {Palette.Stroke(index)}");
        svg.Line(low, 8, low, Height - 8, $"bar {Palette.Stroke(index)}").Line(high, 8, high, Height - 8, $"bar {Palette.Stroke(index)}");
        return svg.Circle(x.At(s.Accuracy), Height / 2, 5, Palette.Fill(index), label).Done();
    }

    private static Markup Axis(Scale x)
    {
        var svg = new Svg(Width, 18, "Axis: accuracy in percent", "cell");
        foreach (double tick in x.Ticks(4))
            svg.Text(x.At(tick), 12, $"{Math.Round(tick * 100)} %", "tick", "middle");
        return svg.Done();
    }
}

namespace Agents.Evaluation;

/// <summary>Reliability diagrams: the share that is right against the confidence stated, with the counts below.</summary>
internal static class CalibrationSection
{
    private const double Width = 320, Height = 330, Left = 44, Right = 308, Top = 10, Bottom = 220, CountTop = 238, CountBottom = 290;

    public static Markup Of(EvaluationSummary summary)
    {
        if (summary.Strategies.All(s => s.Calibration is null))
            return Markup.Of($"<section id='calibration'><h2>Confidence</h2><p class='lead'>No strategy states a confidence.</p></section>");
        return Markup.Of($"""
            <section id="calibration"><h2>Confidence</h2>
            <p class="lead">A confidence that means what it says lies on the diagonal: of the answers given with 80 %, eight in ten are right. Whiskers: Wilson 95 %; below: answers per bin. ECE is the mean distance from the diagonal (0 is best), Brier the mean squared error (0 is best; always saying ½ gets 0.25).</p>
            <div class="tiles">{Markup.Join(summary.Strategies.Select((s, i) => s.Calibration is { } c ? Tile(s, c, i) : Markup.Empty))}</div>{Silent(summary)}</section>
            """);
    }

    private static Markup Silent(EvaluationSummary summary)
    {
        string[] silent = [.. summary.Strategies.Where(s => s.Calibration is null).Select(s => s.Name)];
        return silent.Length == 0 ? Markup.Empty : Markup.Of($"<p class='dim'>Without a confidence: {string.Join(", ", silent)}.</p>");
    }

    private static Markup Tile(StrategySummary strategy, Calibration c, int index) => Markup.Of($"""
        <figure class="tile"><h3><span class="swatch {Palette.Fill(index)}"></span>{strategy.Name}</h3>{Chart(strategy, c, index)}
        <figcaption>ECE {c.ExpectedError:0.000} (equal width), {c.ExpectedErrorEqualMass:0.000} (equal mass) · Brier {c.Brier:0.000} · n = {c.Count:#,0}</figcaption></figure>
        """);

    private static Markup Chart(StrategySummary strategy, Calibration c, int index)
    {
        var x = new Scale(0, 1, Left, Right);
        var y = new Scale(0, 1, Bottom, Top);
        var svg = new Svg(Width, Height, $"Reliability of {strategy.Name}: ECE {Figures.Percent(c.ExpectedError)}");
        foreach (double tick in new[] { 0, .25, .5, .75, 1 })
        {
            svg.Line(Left, y.At(tick), Right, y.At(tick), "grid").Text(Left - 6, y.At(tick) + 4, $"{tick * 100:0}", "tick", "end");
            svg.Text(x.At(tick), CountBottom + 15, $"{tick * 100:0}", "tick", "middle");
        }

        svg.Line(x.At(0), y.At(0), x.At(1), y.At(1), "diagonal").UpText(13, (Top + Bottom) / 2, "right, %");
        CalibrationBin[] bins = [.. c.Bins.Where(b => b.Count > 0)];
        int most = bins.Max(b => b.Count);
        var height = new Scale(0, most, 0, CountBottom - CountTop);
        foreach (CalibrationBin b in bins)
        {
            Interval interval = WilsonInterval.Of((int)Math.Round(b.Accuracy * b.Count), b.Count);
            string tip = $"confidence {Figures.Percent(b.Confidence)}: {Figures.Percent(b.Accuracy)} right ({Figures.PercentRange(interval)} %), {b.Count} answers";
            svg.Rect(x.At(b.Low) + 1, CountBottom - height.At(b.Count), x.At(b.High) - x.At(b.Low) - 2, height.At(b.Count), $"count {Palette.Fill(index)}", tip);
            svg.Line(x.At(b.Confidence), y.At(interval.Low), x.At(b.Confidence), y.At(interval.High), $"whisker {Palette.Stroke(index)}");
        }

        svg.Path(bins.Select(b => (x.At(b.Confidence), y.At(b.Accuracy))), $"line thin {Palette.Stroke(index)}");
        foreach (CalibrationBin b in bins)
            svg.Circle(x.At(b.Confidence), y.At(b.Accuracy), 4.5, Palette.Fill(index), $"confidence {Figures.Percent(b.Confidence)}: {Figures.Percent(b.Accuracy)} right, {b.Count} answers");
        return svg.Line(Left, CountBottom, Right, CountBottom, "axis").Text(Left - 6, CountTop + 8, Figures.Count(most), "tick", "end").Text(Left - 6, CountBottom, "0", "tick", "end")
            .Text((Left + Right) / 2, Height - 5, "confidence, % · bars: number of answers", "axis-title", "middle").Done();
    }
}

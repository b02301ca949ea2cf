using System.Globalization;

namespace Agents.Evaluation;

/// <summary>Accuracy of a vote and coverage against the number of samples, all prefixes of the same samples.</summary>
internal static class CurveSection
{
    private const double Width = 480, Height = 330, Left = 52, Right = 466, Top = 12, Bottom = 286;

    public static Markup Of(EvaluationSummary summary) => summary.Curve is not { } curve || curve.Samples < 2
        ? Markup.Of($"<section id='curve'><h2>More samples</h2><p class='lead'>No curve. {summary.CurveSource}</p></section>")
        : Markup.Of($"""
            <section id="curve"><h2>More samples</h2>
            <p class="lead">Over {summary.CurveSource}; n = {curve.Questions:#,0} questions. Coverage is pass@k, the unbiased chance that at least one of k samples is right. The step line votes over the first k samples in recorded order and depends on that order; the smooth one averages over {curve.Orders} random orders and is the one to compare with coverage.</p>
            <figure>{Legend(summary, curve)}{Chart(summary, curve)}<figcaption>{FitText(curve)}</figcaption></figure>
            {Table(curve)}</section>
            """);

    private static Markup Legend(EvaluationSummary summary, SampleCurve curve) => Markup.Of($"""
        <ul class="legend"><li><i class="key k-coverage"></i>coverage, pass@k</li>{(curve.Fit is null ? Markup.Empty : Markup.Of($"<li><i class='key k-fit'></i>fit exp(a·k^b)</li>"))}<li><i class="key k-mean"></i>vote, mean over orders</li><li><i class="key k-first"></i>vote over the first k, band: 95 %</li>
        {Markup.Join(summary.Strategies.Select((s, i) => Markup.Of($"<li><span class='diamond {Palette.Fill(i)}'></span>{s.Name}</li>")))}</ul>
        """);

    private static Markup Chart(EvaluationSummary summary, SampleCurve curve)
    {
        SampleCurvePoint[] points = [.. curve.Points];
        StrategySummary[] strategies = [.. summary.Strategies.Where(s => s.MeanSamples >= 1)];
        double low = points.Min(p => Math.Min(p.MajorityInterval.Low, p.MajorityMean)), high = points.Max(p => Math.Max(p.Coverage, p.MajorityInterval.High));
        low = Math.Min(low, strategies.Select(s => s.Accuracy).DefaultIfEmpty(1).Min());
        high = Math.Max(high, strategies.Select(s => s.Accuracy).DefaultIfEmpty(0).Max());
        var x = new Scale(1, curve.Samples, Left + 8, Right, IsLog: true);
        var y = new Scale(Math.Max(0, Math.Floor(low * 20) / 20), Math.Min(1, Math.Ceiling(high * 20) / 20), Bottom, Top);
        var svg = new Svg(Width, Height, $"Coverage rises from {Figures.Percent(points[0].Coverage)} to {Figures.Percent(points[^1].Coverage)} and the vote from {Figures.Percent(points[0].MajorityMean)} to {Figures.Percent(points[^1].MajorityMean)} between 1 and {curve.Samples} samples.");
        foreach (double tick in y.Ticks(6))
            svg.Line(Left, y.At(tick), Right, y.At(tick), "grid").Text(Left - 6, y.At(tick) + 4, $"{Math.Round(tick * 100)}", "tick", "end");
        foreach (double tick in XTicks(curve.Samples))
            svg.Line(x.At(tick), Bottom, x.At(tick), Bottom + 4, "axis").Text(x.At(tick), Bottom + 17, string.Create(CultureInfo.InvariantCulture, $"{tick:0}"), "tick", "middle");
        svg.Line(Left, Bottom, Right, Bottom, "axis").Text((Left + Right) / 2, Height - 6, "samples per question, k (logarithmic)", "axis-title", "middle").UpText(14, (Top + Bottom) / 2, "questions right, %");

        svg.Path(points.Select(p => (x.At(p.K), y.At(p.MajorityInterval.High))).Concat(points.Reverse().Select(p => (x.At(p.K), y.At(p.MajorityInterval.Low)))), "band", close: true);
        svg.Path(points.Select(p => (x.At(p.K), y.At(p.Majority))), "line first");
        svg.Path(points.Select(p => (x.At(p.K), y.At(p.MajorityMean))), "line mean");
        if (curve.Fit is { } fit)
            svg.Path(Enumerable.Range(0, 61).Select(i => Math.Pow(curve.Samples, i / 60.0)).Select(k => (x.At(k), y.At(Math.Clamp(fit.At(k), y.From, y.To)))), "line fit");
        svg.Path(points.Select(p => (x.At(p.K), y.At(p.Coverage))), "line coverage");
        foreach (SampleCurvePoint p in points.Length <= 32 ? points : [.. points.Where(p => int.IsPow2(p.K) || p.K == curve.Samples)])
            svg.Circle(x.At(p.K), y.At(p.Coverage), 3, "dot-coverage", $"k = {p.K}: coverage {Figures.Percent(p.Coverage)}, vote {Figures.Percent(p.MajorityMean)}, first k {Figures.Percent(p.Majority)} ({Figures.PercentRange(p.MajorityInterval)} %)");
        foreach (StrategySummary s in strategies)
            svg.Diamond(x.At(Math.Clamp(s.MeanSamples, 1, curve.Samples)), y.At(s.Accuracy), 6, $"mark {Palette.Fill(summary.Strategies.ToList().IndexOf(s))}", $"{s.Name}: {Figures.Percent(s.Accuracy)} with {Figures.Mean(s.MeanSamples)} samples");
        return svg.Done();
    }

    // Powers of two and the end; a power too close to the end gives way to it.
    private static IEnumerable<double> XTicks(int samples) =>
        Enumerable.Range(0, 31).Select(i => Math.Pow(2, i)).Where(v => v <= samples / 1.3).Append(samples);

    private static Markup FitText(SampleCurve curve) => curve.Fit is { } fit
        ? Markup.Of($"Fit: coverage(k) = exp({fit.A:0.000;−0.000} · k<sup>{fit.B:0.000;−0.000}</sup>), R² = {fit.RSquared:0.000} on log(−log c) over {fit.Points} points (k = 1, 2, 4, …, {curve.Samples}). Brown et al. 2024, arXiv:2407.21787. Diamonds: strategies at their mean number of samples.")
        : Markup.Of($"No fit: coverage is 0 or 1 at nearly every k. Diamonds: strategies at their mean number of samples.");

    private static Markup Table(SampleCurve curve) => Markup.Of($"""
        <details><summary>Numbers</summary><div class="scroll"><table class="numbers"><thead><tr><th scope="col">k</th><th scope="col">Vote, first k</th><th scope="col">Interval, %</th><th scope="col">Vote, mean over orders</th><th scope="col">Coverage, pass@k</th><th scope="col">Fit</th><th scope="col">All right, pass^k</th></tr></thead>
        <tbody>{Markup.Join(curve.Points.Select(p => Markup.Of($"<tr><th scope='row'>{p.K}</th><td>{Figures.Percent(p.Majority)}</td><td>{Figures.PercentRange(p.MajorityInterval)}</td><td>{Figures.Percent(p.MajorityMean)}</td><td>{Figures.Percent(p.Coverage)}</td><td>{(curve.Fit is { } f ? Figures.Percent(f.At(p.K)) : "")}</td><td>{Figures.Percent(p.AllCorrect)}</td></tr>")))}</tbody></table></div></details>
        """);
}

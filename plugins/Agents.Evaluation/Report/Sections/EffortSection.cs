using System.Globalization;

namespace Agents.Evaluation;

/// <summary>Why runs ended and what they took: stop reasons, samples and tokens a question.</summary>
internal static class EffortSection
{
    private const double Width = 320, Height = 190, Left = 44, Right = 308, Top = 10, Bottom = 146;

    public static Markup Of(EvaluationSummary summary, EvaluationOutcome outcome) => Markup.Of($"""
        <section id="effort"><h2>Effort</h2>
        <h3>Why runs ended</h3>
        <div class="stops">{Markup.Join(summary.Strategies.Select((s, i) => Stops(s, i)))}</div>
        <h3>Samples per question</h3>
        <div class="tiles">{Markup.Join(summary.Strategies.Select((s, i) => Histogram(s.Name, i, "samples", [.. Of(outcome, i).Select(r => (double)r.Samples)])))}</div>
        <h3>Tokens per question</h3>
        {Tokens(summary, outcome)}</section>
        """);

    private static IEnumerable<EvaluationRecord> Of(EvaluationOutcome outcome, int strategy) => outcome.Records.Where(r => r.StrategyIndex == strategy);

    private static Markup Tokens(EvaluationSummary summary, EvaluationOutcome outcome)
    {
        if (summary.Strategies.All(s => s.UnreportedCalls == s.ModelCalls))
            return Markup.Of($"<p class='lead'>Unknown: no call reported its tokens{(outcome.Plan.IsReplay ? ", since none were recorded" : "")}.</p>");
        string partly = summary.Strategies.Any(s => s.UnreportedCalls > 0) ? "Calls that reported none are not in these numbers." : "Input and output tokens together.";
        return Markup.Of($"<p class='lead'>{partly}</p><div class='tiles'>{Markup.Join(summary.Strategies.Select((s, i) => Histogram(s.Name, i, "tokens", [.. Of(outcome, i).Select(r => (double)(r.Result.Usage.InputTokens + r.Result.Usage.OutputTokens))])))}</div>");
    }

    private static Markup Stops(StrategySummary s, int index) => Markup.Of($"""
        <div class="stop-of"><h4><span class="swatch {Palette.Fill(index)}"></span>{s.Name}</h4>{Markup.Join(s.StopReasons.Select(r => Markup.Of($"<div class='stop'><span class='stop-name'>{r.Key.Replace('_', ' ')}</span><span class='track'><span class='fill {Palette.Fill(index)}' style='width:{100.0 * r.Value / Math.Max(1, s.Questions):0.##}%'></span></span><span class='stop-count'>{r.Value:#,0} <span class='dim'>{Figures.Percent((double)r.Value / Math.Max(1, s.Questions))}</span></span></div>")))}</div>
        """);

    private static Markup Histogram(string name, int index, string unit, double[] values)
    {
        if (values.Length == 0)
            return Markup.Empty;
        Array.Sort(values);
        (double least, double most) = (values[0], values[^1]);
        string caption = $"mean {Figures.Count(values.Average())}, median {Figures.Count(values[values.Length / 2])}, 95th percentile {Figures.Count(values[(int)(0.95 * (values.Length - 1))])}";
        if (least == most)
            return Markup.Of($"<figure class='tile'><h4><span class='swatch {Palette.Fill(index)}'></span>{name}</h4><p class='constant'>{Figures.Count(most)} {(most == 1 ? unit[..^1] : unit)} on every question</p></figure>");

        double step = Math.Max(1, Figures.Step(most - least, 16));
        double from = Math.Floor(least / step) * step;
        int bins = (int)Math.Floor((most - from) / step) + 1;
        var counts = new int[bins];
        foreach (double value in values)
            counts[(int)((value - from) / step)]++;
        var x = new Scale(from, from + bins * step, Left, Right);
        var y = new Scale(0, counts.Max(), Bottom, Top);
        var svg = new Svg(Width, Height, $"{name}: {caption} {unit}");
        foreach (double tick in y.Ticks(3))
            svg.Line(Left, y.At(tick), Right, y.At(tick), "grid").Text(Left - 6, y.At(tick) + 4, Figures.Count(tick), "tick", "end");
        for (int b = 0; b < bins; b++)
        {
            double at = from + b * step;
            string range = step <= 1 ? Figures.Count(at) : $"{Figures.Count(at)} to {Figures.Count(at + step - 1)}";
            svg.Rect(x.At(at) + 1, y.At(counts[b]), x.At(at + step) - x.At(at) - 2, Bottom - y.At(counts[b]), Palette.Fill(index), $"{range} {unit}: {counts[b]} questions");
        }

        double half = step <= 1 ? step / 2 : 0; // whole numbers stand under the middle of their bar
        foreach (double tick in x.Ticks(6).Where(t => t + half <= from + bins * step))
            svg.Text(x.At(tick + half), Bottom + 16, Figures.Count(tick), "tick", "middle");
        return Markup.Of($"<figure class='tile'><h4><span class='swatch {Palette.Fill(index)}'></span>{name}</h4>{svg.Line(Left, Bottom, Right, Bottom, "axis").Text((Left + Right) / 2, Height - 6, string.Create(CultureInfo.InvariantCulture, $"{unit} per question"), "axis-title", "middle").UpText(12, (Top + Bottom) / 2, "questions").Done()}<figcaption>{caption}</figcaption></figure>");
    }
}

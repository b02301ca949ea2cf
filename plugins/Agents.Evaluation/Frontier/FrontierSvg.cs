using System.Globalization;
using System.Text;

namespace Agents.Evaluation;

/// <summary>
/// The figure: accuracy against tokens, one panel without and one with the verifier, the controller's points with intervals.
/// Colours that read on light and dark; a name stands at the end of every curve.
/// </summary>
public static class FrontierSvg
{
    private const double Height = 400, Top = 46, Bottom = 350, PanelWidth = 400, Left = 52, Names = 124;
    private const string Ink = "#6b7280";

    private static readonly double[] tokenTicks = [50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000];

    private static readonly Dictionary<string, string> colours = new(StringComparer.Ordinal)
    {
        [FrontierComparison.Controller] = "#d4351c", ["vote"] = "#2563eb", ["weighted best-of-N"] = "#2563eb",
        ["beam-search"] = "#8b5cf6", ["dvts"] = "#0d9488", ["mcts"] = "#b7791f", ["particles"] = "#db2777",
    };

    /// <summary>The picture.</summary>
    /// <param name="figures">The points.</param>
    /// <param name="verifier">The verifier's name, for the title of its panel; null where there is none.</param>
    public static string Render(IReadOnlyList<FrontierFigure> figures, string? verifier)
    {
        FrontierFigure[][] panels = [.. figures.GroupBy(f => f.Point.IsVerified).OrderBy(g => g.Key).Select(g => g.ToArray())];
        double width = panels.Length * (PanelWidth + Names) + 20;
        var y = new Scale(Math.Floor(figures.Min(f => f.Interval.Low) * 20) / 20, Math.Ceiling(figures.Max(f => f.Interval.High) * 20) / 20, Bottom, Top);
        var svg = new StringBuilder(Text($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {Height}\" font-family=\"system-ui, sans-serif\" font-size=\"12.5\" role=\"img\" aria-label=\"Accuracy against tokens a question for fixed strategies and the controller\">\n"));
        foreach ((int i, FrontierFigure[] panel) in panels.Index())
        {
            double left = i * (PanelWidth + Names) + Left, right = i * (PanelWidth + Names) + PanelWidth;
            var x = new Scale(panel.Min(f => f.Tokens) * 0.9, panel.Max(f => f.Tokens) * 1.1, left, right, IsLog: true);
            Axes(svg, x, y, panel[0].Point.IsVerified ? $"with the verifier {verifier}" : "without a verifier");
            Curves(svg, x, y, panel);
        }

        return svg.Append("</svg>\n").ToString();
    }

    private static void Axes(StringBuilder svg, Scale x, Scale y, string title)
    {
        foreach (double tick in y.Ticks(7))
            svg.Append(Text($"<line x1=\"{x.Start:0.#}\" x2=\"{x.End:0.#}\" y1=\"{y.At(tick):0.#}\" y2=\"{y.At(tick):0.#}\" stroke=\"{Ink}\" stroke-opacity=\".25\"/><text x=\"{x.Start - 7:0.#}\" y=\"{y.At(tick) + 4:0.#}\" text-anchor=\"end\" fill=\"{Ink}\">{tick * 100:0} %</text>\n"));
        foreach (double tick in tokenTicks.Where(t => t >= x.From && t <= x.To))
            svg.Append(Text($"<line x1=\"{x.At(tick):0.#}\" x2=\"{x.At(tick):0.#}\" y1=\"{Bottom}\" y2=\"{Bottom + 4}\" stroke=\"{Ink}\"/><text x=\"{x.At(tick):0.#}\" y=\"{Bottom + 18}\" text-anchor=\"middle\" fill=\"{Ink}\">{tick:#,0}</text>\n"));
        svg.Append(Text($"<text x=\"{(x.Start + x.End) / 2:0.#}\" y=\"{Bottom + 38}\" text-anchor=\"middle\" fill=\"{Ink}\">tokens a question, input and output</text><text x=\"{x.Start:0.#}\" y=\"{Top - 22}\" fill=\"{Ink}\" font-weight=\"600\">{title}</text>\n"));
    }

    private static void Curves(StringBuilder svg, Scale x, Scale y, IReadOnlyList<FrontierFigure> panel)
    {
        // The controller last, so that it lies on top.
        FrontierCurve[] curves = [.. FrontierCurve.Of(panel).OrderBy(c => c.Strategy == FrontierComparison.Controller)];
        var labels = new List<(double Y, double X, string Name, string Colour)>();
        foreach (FrontierCurve curve in curves)
        {
            bool isController = curve.Strategy == FrontierComparison.Controller;
            string colour = colours.GetValueOrDefault(curve.Strategy, Ink);
            string line = string.Join(' ', curve.Points.Select(p => Text($"{x.At(p.Tokens):0.#},{y.At(p.Accuracy):0.#}")));
            svg.Append(Text($"<polyline points=\"{line}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"{(isController ? 3 : 1.8)}\"/>"));
            foreach (FrontierFigure p in curve.Points)
            {
                if (isController)
                    svg.Append(Text($"<line x1=\"{x.At(p.Tokens):0.#}\" x2=\"{x.At(p.Tokens):0.#}\" y1=\"{y.At(p.Interval.Low):0.#}\" y2=\"{y.At(p.Interval.High):0.#}\" stroke=\"{colour}\" stroke-opacity=\".55\"/>"));
                svg.Append(Text($"<circle cx=\"{x.At(p.Tokens):0.#}\" cy=\"{y.At(p.Accuracy):0.#}\" r=\"{(isController ? 4.5 : 3)}\" fill=\"{colour}\"><title>{p.Point.Strategy} N = {p.Point.Budget}: {p.Accuracy * 100:0.0} % ({p.Interval.Low * 100:0.0}–{p.Interval.High * 100:0.0}) at {p.Tokens:0} tokens</title></circle>"));
            }

            svg.Append('\n');
            labels.Add((y.At(curve.Points[^1].Accuracy), x.At(curve.Points[^1].Tokens), curve.Strategy, colour));
        }

        // Names stand in a column, in the order of the curves' ends, no two on one line.
        double free = Top;
        foreach ((double at, double end, string name, string colour) in labels.OrderBy(l => l.Y))
        {
            double line = Math.Max(at, free);
            svg.Append(Text($"<line x1=\"{end + 6:0.#}\" x2=\"{x.End + 6:0.#}\" y1=\"{at:0.#}\" y2=\"{line:0.#}\" stroke=\"{colour}\" stroke-opacity=\".35\"/><text x=\"{x.End + 9:0.#}\" y=\"{line + 4:0.#}\" fill=\"{colour}\"{(name == FrontierComparison.Controller ? " font-weight=\"700\"" : "")}>{name}</text>\n"));
            free = line + 16;
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

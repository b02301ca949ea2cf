using System.Globalization;
using System.Text;

namespace Agents.Evaluation;

/// <summary>A small picture: shapes with style classes, so that the page's colours (light, dark) apply to them.</summary>
internal sealed class Svg(double width, double height, string label, string cssClass = "chart")
{
    private readonly StringBuilder shapes = new();

    public Svg Line(double x1, double y1, double x2, double y2, string css) =>
        Add(Markup.Of($"<line x1='{x1:0.#}' y1='{y1:0.#}' x2='{x2:0.#}' y2='{y2:0.#}' class='{css}'/>"));

    public Svg Rect(double x, double y, double w, double h, string css, string? tip = null) =>
        Add(Markup.Of($"<rect x='{x:0.#}' y='{y:0.#}' width='{Math.Max(0, w):0.#}' height='{Math.Max(0, h):0.#}' class='{css}'>{Tip(tip)}</rect>"));

    public Svg Circle(double x, double y, double r, string css, string? tip = null) =>
        Add(Markup.Of($"<circle cx='{x:0.#}' cy='{y:0.#}' r='{r:0.#}' class='{css}'>{Tip(tip)}</circle>"));

    public Svg Diamond(double x, double y, double r, string css, string? tip = null) =>
        Add(Markup.Of($"<path d='M{x:0.#} {y - r:0.#}L{x + r:0.#} {y:0.#}L{x:0.#} {y + r:0.#}L{x - r:0.#} {y:0.#}Z' class='{css}'>{Tip(tip)}</path>"));

    public Svg Text(double x, double y, string text, string css = "", string anchor = "start") =>
        Add(Markup.Of($"<text x='{x:0.#}' y='{y:0.#}' text-anchor='{anchor}' class='{css}'>{text}</text>"));

    public Svg UpText(double x, double y, string text) =>
        Add(Markup.Of($"<text transform='translate({x:0.#} {y:0.#}) rotate(-90)' text-anchor='middle' class='axis-title'>{text}</text>"));

    public Svg Path(IEnumerable<(double X, double Y)> points, string css, bool close = false)
    {
        string d = string.Join('L', points.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.X:0.#} {p.Y:0.#}")));
        return Add(Markup.Of($"<path d='M{d}{(close ? "Z" : "")}' class='{css}'/>"));
    }

    /// <summary>The finished picture; <c>label</c> is what a screen reader says.</summary>
    public Markup Done() => Markup.Of($"<svg viewBox='0 0 {width:0.#} {height:0.#}' class='{cssClass}' role='img' aria-label='{label}'>{new Markup(shapes.ToString())}</svg>");

    private Svg Add(Markup shape)
    {
        shapes.Append(shape.Text);
        return this;
    }

    private static Markup Tip(string? text) => text is null ? Markup.Empty : Markup.Of($"<title>{text}</title>");
}

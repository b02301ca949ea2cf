using System.Globalization;
using System.Text;

namespace Agents.Evaluation;

/// <summary>Figures of first errors as a Markdown table, shares in percent with 95 % intervals (Wilson).</summary>
public static class FirstErrorTable
{
    /// <summary>The table, a line a task.</summary>
    public static string Render(IReadOnlyList<FirstErrorFigures> figures)
    {
        ArgumentNullException.ThrowIfNull(figures);
        var text = new StringBuilder();
        text.Append("| task | solutions, wrong | steps scored | first error located, of the wrong | by chance | named, of those without | all right | best constant |\n|---|---|---|---|---|---|---|---|\n");
        foreach (FirstErrorFigures f in figures)
            text.Append(CultureInfo.InvariantCulture, $"| {f.Task} | {f.Traces}, {f.Wrong} | {Share(f.Judged, f.Steps)} | {Share(f.Located, f.Wrong, true)} | {100 * f.Chance:0.0} | {Share(f.FlaggedRight, f.Traces - f.Wrong, true)} | {Share(f.Exact, f.Traces, true)} | {Share(f.BestConstant, f.Traces)} |\n");
        return text.ToString();
    }

    private static string Share(int part, int whole, bool withInterval = false)
    {
        if (whole == 0)
            return "–";
        string share = (100.0 * part / whole).ToString("0.0", CultureInfo.InvariantCulture);
        if (!withInterval)
            return share;
        Interval interval = WilsonInterval.Of(part, whole);
        return string.Create(CultureInfo.InvariantCulture, $"{share} ({100 * interval.Low:0.0}–{100 * interval.High:0.0})");
    }
}

using System.Reflection;

namespace Agents.Evaluation;

/// <summary>
/// Writes the report: one HTML file that needs nothing else, neither a network nor, for tables and charts, scripts. All text
/// from models and data is escaped.
/// </summary>
public static class HtmlReport
{
    /// <summary>Writes the page.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="outcome">The results, for the questions.</param>
    /// <param name="summary">Their summary.</param>
    /// <param name="written">The date shown.</param>
    public static void Write(TextWriter writer, EvaluationOutcome outcome, EvaluationSummary summary, DateTimeOffset written)
    {
        using var data = new StringWriter();
        var questions = new QuestionData(outcome);
        questions.Write(data);

        // The template's holes, in the order in which they stand; text that is filled in is not searched again.
        string template = Resource("report.html");
        foreach ((string hole, string content) in new (string, string)[]
        {
            ("title", Markup.Of($"{summary.Data} · evaluation").Text),
            ("style", Resource("report.css")),
            ("header", HeaderSection.Of(summary, written).Text),
            ("strategies", StrategySection.Of(summary).Text),
            ("differences", PairSection.Of(summary).Text),
            ("curve", CurveSection.Of(summary).Text),
            ("calibration", CalibrationSection.Of(summary).Text),
            ("effort", EffortSection.Of(summary, outcome).Text),
            ("thoughts", ThoughtSection.Of(summary).Text),
            ("cut", questions.IsCut ? $"Texts are cut to {questions.TextCap:#,0} characters in this page." : ""),
            ("data", data.ToString()),
            ("script", Resource("report.js")),
        })
        {
            string mark = $"{{{{{hole}}}}}";
            int at = template.IndexOf(mark, StringComparison.Ordinal);
            writer.Write(template.AsSpan(0, at));
            writer.Write(content);
            template = template[(at + mark.Length)..];
        }

        writer.Write(template);
    }

    private static string Resource(string name)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"report/{name}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}

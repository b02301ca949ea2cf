namespace Agents.Evaluation;

/// <summary>Writes the report: one HTML file that needs nothing else.</summary>
public static class HtmlReport
{
    /// <summary>Writes the page.</summary>
    public static void Write(TextWriter writer, EvaluationOutcome outcome, EvaluationSummary summary, DateTimeOffset written)
    {
        writer.WriteLine($"<!doctype html><title>{summary.Data}</title>{written}{outcome.Total}");
    }
}

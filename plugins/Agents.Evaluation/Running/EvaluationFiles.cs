using System.Text;
using System.Text.Json;

namespace Agents.Evaluation;

/// <summary>Writes an outcome's files; each appears whole or not at all.</summary>
public static class EvaluationFiles
{
    /// <summary>One row a line, see <see cref="EvaluationRow"/>.</summary>
    public const string Results = "results.jsonl";

    /// <summary>One labelled verdict a line, see <see cref="VerdictRow"/>; only where a verifier judged.</summary>
    public const string Verdicts = "verdicts.jsonl";

    /// <summary>See <see cref="EvaluationSummary"/>.</summary>
    public const string Summary = "summary.json";

    /// <summary>One self-contained page.</summary>
    public const string Report = "report.html";

    /// <summary>Writes results, summary and report into <paramref name="directory"/>, replacing those that are there.</summary>
    /// <param name="directory">The folder; it exists.</param>
    /// <param name="outcome">What to write; a partial outcome is marked so in summary and report.</param>
    /// <param name="written">The date that the report shows.</param>
    /// <param name="cancellationToken">Cancels; files are then old or new, never half.</param>
    public static async Task WriteAsync(string directory, EvaluationOutcome outcome, DateTimeOffset written, CancellationToken cancellationToken = default)
    {
        EvaluationSummary summary = SummaryBuilder.Build(outcome);
        await ReplaceAsync(Path.Combine(directory, Results), writer => WriteRows(writer, outcome), cancellationToken).ConfigureAwait(false);
        if (outcome.Plan.VerifierFingerprint is not null)
            await ReplaceAsync(Path.Combine(directory, Verdicts), writer => WriteVerdicts(writer, outcome), cancellationToken).ConfigureAwait(false);
        await ReplaceAsync(Path.Combine(directory, Summary), writer => writer.WriteLine(JsonSerializer.Serialize(summary, EvaluationJson.Indented.EvaluationSummary)), cancellationToken).ConfigureAwait(false);
        await ReplaceAsync(Path.Combine(directory, Report), writer => HtmlReport.Write(writer, outcome, summary, written), cancellationToken).ConfigureAwait(false);
    }

    private static void WriteRows(TextWriter writer, EvaluationOutcome outcome)
    {
        foreach (EvaluationRecord record in outcome.Records)
            writer.WriteLine(JsonSerializer.Serialize(EvaluationRow.Of(record), EvaluationJson.Readable.EvaluationRow));
    }

    private static void WriteVerdicts(TextWriter writer, EvaluationOutcome outcome)
    {
        foreach (VerdictRow row in outcome.Records.SelectMany(r => VerdictRow.Of(r, outcome.Plan)))
            writer.WriteLine(JsonSerializer.Serialize(row, EvaluationJson.Readable.VerdictRow));
    }

    private static async Task ReplaceAsync(string path, Action<TextWriter> write, CancellationToken cancellationToken)
    {
        string temporary = $"{path}.{Environment.ProcessId}.tmp";
        try
        {
            var writer = new StreamWriter(temporary, append: false, new UTF8Encoding(false)) { NewLine = "\n" };
            await using (writer.ConfigureAwait(false))
            {
                write(writer);
                await writer.FlushAsync(cancellationToken).ConfigureAwait(false);
            }

            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}

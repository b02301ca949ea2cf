using System.Globalization;

namespace Agents.Evaluation;

/// <summary>What was evaluated, how, and what came out, in words.</summary>
internal static class HeaderSection
{
    public static Markup Of(EvaluationSummary summary, DateTimeOffset written) => Markup.Of($"""
        <header>
        <p class="kicker">Evaluation of reasoning strategies</p>
        <h1>{summary.Data}</h1>
        {Incomplete(summary)}
        <ul class="findings">{Markup.Join(Findings.Of(summary).Select(f => Markup.Of($"<li>{f}</li>")))}</ul>
        <dl class="facts">
        {(summary.Command.Length > 0 ? Markup.Of($"<dt>Command</dt><dd><code class='command'>{summary.Command}</code></dd>") : Markup.Empty)}
        <dt>Data</dt><dd>{summary.Data}, {summary.Questions:#,0} questions <span class="dim">sha256 {summary.DataSha256[..Math.Min(12, summary.DataSha256.Length)]}</span></dd>
        <dt>Model</dt><dd>{summary.Model}{Recorded(summary)}</dd>
        <dt>Seed</dt><dd>{summary.Seed}</dd>
        <dt>Answers</dt><dd>{AnswersOf(summary.Answers)}</dd>
        <dt>Right means</dt><dd>{summary.Correctness}</dd>
        <dt>Votes</dt><dd>{summary.TieRule}</dd>
        <dt>Written</dt><dd><time datetime="{written:yyyy-MM-ddTHH:mm:ssZ}">{written.ToUniversalTime().ToString("d MMMM yyyy, HH:mm", CultureInfo.InvariantCulture)} UTC</time></dd>
        </dl>
        </header>
        """);

    private static string AnswersOf(AnswerSource source) => source switch
    {
        AnswerSource.Recorded => "as recorded beside each sample, not read from its text",
        AnswerSource.Code => "the last block of code in each sample’s text",
        _ => "read from each sample’s text",
    };

    private static Markup Incomplete(EvaluationSummary summary) => summary.Complete
        ? Markup.Empty
        : Markup.Of($"<p class='warning' role='status'><strong>Incomplete.</strong> {summary.Done:#,0} of {summary.Total:#,0} runs are finished; every number below is over those. Run the same command again to go on.</p>");

    private static Markup Recorded(EvaluationSummary summary) => summary.RecordedModels.Count == 0
        ? Markup.Empty
        : Markup.Of($"; samples recorded from {string.Join("; ", summary.RecordedModels)}. Nothing was generated anew.");
}

namespace Agents.Evaluation;

/// <summary>The behaviours of long reasoning in the samples, by strategy.</summary>
internal static class ThoughtSection
{
    public static Markup Of(EvaluationSummary summary)
    {
        (StrategySummary Strategy, int Index, ThoughtCounts Counts)[] shown = [.. summary.Strategies.Select((s, i) => (s, i, s.Thoughts)).Where(x => x.Thoughts is { Samples: > 0 }).Select(x => (x.s, x.i, x.Thoughts!))];
        if (shown.Length == 0)
            return Markup.Of($"<section id='thoughts'><h2>Thoughts</h2><p class='lead'>No sample came back.</p></section>");
        return Markup.Of($"""
            <section id="thoughts"><h2>Thoughts</h2>
            <p class="lead">Share of samples in which a sentence, by its wording, does one of these; sentences a hundred samples in brackets. Wording is evidence and no proof.</p>
            <div class="scroll"><table class="numbers">
            <thead><tr><th scope="col">Strategy</th><th scope="col">Samples</th><th scope="col">Sentences</th>{Markup.Join(ThoughtAnalyzer.Behaviours.Select(b => Markup.Of($"<th scope='col'>{Capital(ThoughtTable.NameOf(b))}</th>")))}</tr></thead>
            <tbody>{Markup.Join(shown.Select(x => Row(x.Strategy.Name, x.Index, x.Counts)))}</tbody>
            </table></div></section>
            """);
    }

    private static Markup Row(string name, int index, ThoughtCounts counts) => Markup.Of($"""
        <tr><th scope="row"><span class="swatch {Palette.Fill(index)}"></span>{name}</th><td>{counts.Samples:#,0}</td><td>{counts.Sentences:#,0}</td>{Markup.Join(counts.Behaviours.Select(b => Markup.Of($"<td>{Figures.Percent((double)b.Samples / counts.Samples)} <span class='dim'>({100.0 * b.Sentences / counts.Samples:0.#})</span></td>")))}</tr>
        """);

    private static string Capital(string name) => char.ToUpperInvariant(name[0]) + name[1..];
}

namespace Agents.Distillation;

/// <summary>Carries out a recipe and writes its files. The same traces and recipe give the same bytes.</summary>
public sealed class Distiller
{
    private const int Parallel = 8;

    private readonly DistillationRecipe recipe;

    /// <summary>A run of a recipe.</summary>
    public Distiller(DistillationRecipe recipe) => this.recipe = recipe ?? throw new ArgumentNullException(nameof(recipe));

    /// <summary>Carries the recipe out on given questions.</summary>
    /// <param name="questions">The questions with their traces, the same for every part; ids must be unique.</param>
    /// <param name="folder">As for the other overload.</param>
    /// <param name="progress">As for the other overload.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="ArgumentException">An id occurs twice, or the recipe names sources of its own.</exception>
    public Task<DistillationReport> RunAsync(IReadOnlyList<TrainingQuestion> questions, string folder, IProgress<int>? progress = null, CancellationToken cancellationToken = default) =>
        RunAsync(new GivenTraces(questions), folder, progress, cancellationToken);

    /// <summary>Carries the recipe out.</summary>
    /// <param name="source">Brings the traces of each part.</param>
    /// <param name="folder">Where the files are written; made where it is missing. Files of an earlier run of these names are replaced, each only when the new one is whole.</param>
    /// <param name="progress">Told the number of questions finished, over all parts.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="ArgumentException">An id occurs twice in a part, or a source cannot be read.</exception>
    public async Task<DistillationReport> RunAsync(ITraceSource source, string folder, IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        Directory.CreateDirectory(folder);
        var stages = new List<StageReport>();
        var sources = new SortedSet<string>(StringComparer.Ordinal);
        int done = 0;
        foreach (RecipeStage stage in recipe.Stages)
        {
            var distilled = new List<(PartReport Report, IReadOnlyList<TrainingQuestion> Left)>();
            foreach (RecipePart part in stage.Parts)
            {
                IReadOnlyList<TrainingQuestion> questions = await source.ReadAsync(part.Source, cancellationToken).ConfigureAwait(false);
                sources.UnionWith(questions.SelectMany(q => q.Traces).Select(DataCard.SourceOf));
                distilled.Add(await DistilAsync(part, questions, Finished, cancellationToken).ConfigureAwait(false));
            }

            stages.Add(await WriteAsync(stage, distilled, folder, cancellationToken).ConfigureAwait(false));
        }

        var report = new DistillationReport(stages);
        await DataCard.WriteAsync(folder, recipe, report, sources, cancellationToken).ConfigureAwait(false);
        return report;

        // One at a time: who listens need not be thread-safe.
        void Finished()
        {
            lock (stages)
                progress?.Report(++done);
        }
    }

    private async Task<(PartReport Report, IReadOnlyList<TrainingQuestion> Left)> DistilAsync(RecipePart part, IReadOnlyList<TrainingQuestion> questions, Action finished, CancellationToken cancellationToken)
    {
        if (questions.GroupBy(q => q.Id, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new ArgumentException($"The question id '{twice.Key}' occurs twice.", nameof(questions));
        var preparation = new PartPreparation(recipe, part);
        var pipeline = new Pipeline(await preparation.StepsAsync(questions, cancellationToken).ConfigureAwait(false));
        // Questions do not know of each other, and their place is kept: how many are in work changes nothing.
        var left = new TrainingQuestion[questions.Count];
        await System.Threading.Tasks.Parallel.ForAsync(0, questions.Count, new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = cancellationToken }, async (i, token) =>
        {
            left[i] = await pipeline.RunAsync(questions[i], token).ConfigureAwait(false);
            finished();
        }).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        var report = new PartReport(part.Name, part.Source.Description, questions.Count, left.Count(q => q.Traces.Count > 0), questions.Sum(q => q.Traces.Count), pipeline.Reports) { Fitted = preparation.Fitted };
        return (report, left);
    }

    private async Task<StageReport> WriteAsync(RecipeStage stage, IReadOnlyList<(PartReport Report, IReadOnlyList<TrainingQuestion> Left)> distilled, string folder, CancellationToken cancellationToken)
    {
        var mixture = new Mixture(stage, recipe.Seed);
        int[] sizes = Mixture.Sizes(stage.Parts, [.. distilled.Select(d => mixture.Available(d.Left))], stage.Size);
        IReadOnlyList<TrainingQuestion>[] taken = [.. distilled.Select((d, i) => mixture.Take(stage.Parts[i], d.Left, sizes[i]))];
        Dictionary<string, int> rows;
        string own = Path.Combine(folder, stage.Name);
        Directory.CreateDirectory(own);
        var files = new OutputFiles(stage, own);
        await using (files.ConfigureAwait(false))
        {
            foreach ((RecipePart part, TrainingQuestion question) in mixture.InOrder(taken))
            {
                cancellationToken.ThrowIfCancellationRequested();
                await files.WriteAsync(part, question, QuestionSplit.Place(recipe.Seed, "test", question.Id) < stage.TestShare).ConfigureAwait(false);
            }

            rows = await files.CompleteAsync().ConfigureAwait(false);
        }

        return new StageReport(
            stage.Name,
            [.. distilled.Select((d, i) => MixedReport(d.Report, taken[i]))],
            rows.ToDictionary(r => stage.Name.Length == 0 ? r.Key : $"{stage.Name}/{r.Key}", r => r.Value, StringComparer.Ordinal));
    }

    /// <summary>The mixture is the last step where it left something out.</summary>
    private static PartReport MixedReport(PartReport report, IReadOnlyList<TrainingQuestion> taken)
    {
        Trace[] traces = [.. taken.SelectMany(q => q.Traces)];
        if (traces.Length == report.Kept)
            return report;
        var mixed = new StepReport("mixture", report.Kept, traces.Length, new Dictionary<string, int> { ["over the part's share"] = report.Kept - traces.Length }, traces.Count(t => t.IsRight is not null), traces.Count(t => t.IsRight == true));
        return report with { Steps = [.. report.Steps, mixed], QuestionsKept = taken.Count(q => q.Traces.Count > 0) };
    }
}

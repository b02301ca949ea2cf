using Agents.Rewards;

namespace Agents.Distillation;

/// <summary>Carries out a recipe and writes its files. The same questions and recipe give the same bytes.</summary>
public sealed class Distiller
{
    private readonly DistillationRecipe recipe;
    private readonly List<(FittedVerifier Fit, PrecisionThreshold Threshold)> fitted = [];
    private Pipeline? pipeline;

    /// <summary>A run of a recipe.</summary>
    public Distiller(DistillationRecipe recipe) => this.recipe = recipe ?? throw new ArgumentNullException(nameof(recipe));

    /// <summary>Carries the recipe out.</summary>
    /// <param name="questions">The questions with their traces; ids must be unique.</param>
    /// <param name="folder">Where the files are written; made where it is missing. Files of an earlier run of these names are replaced, each only when the new one is whole.</param>
    /// <param name="progress">Told the number of questions finished.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="ArgumentException">An id occurs twice.</exception>
    public async Task<DistillationReport> RunAsync(IReadOnlyList<TrainingQuestion> questions, string folder, IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(questions);
        if (questions.GroupBy(q => q.Id, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new ArgumentException($"The question id '{twice.Key}' occurs twice.", nameof(questions));
        Directory.CreateDirectory(folder);
        pipeline = new Pipeline(await PrepareAsync(questions, cancellationToken).ConfigureAwait(false));
        int kept = 0, done = 0;
        Dictionary<string, int> rows;
        var files = new OutputFiles(recipe, folder);
        await using (files.ConfigureAwait(false))
        {
            foreach (TrainingQuestion question in questions)
            {
                cancellationToken.ThrowIfCancellationRequested();
                TrainingQuestion left = await pipeline.RunAsync(question, cancellationToken).ConfigureAwait(false);
                kept += left.Traces.Count > 0 ? 1 : 0;
                await files.WriteAsync(left, QuestionSplit.Place(recipe.Seed, "test", question.Id) < recipe.TestShare).ConfigureAwait(false);
                progress?.Report(++done);
            }

            rows = await files.CompleteAsync().ConfigureAwait(false);
        }

        var report = new DistillationReport(questions.Count, kept, pipeline.Reports, rows);
        await DataCard.WriteAsync(folder, recipe, report, fitted, questions, cancellationToken).ConfigureAwait(false);
        return report;
    }

    private async Task<IReadOnlyList<IDistillationStep>> PrepareAsync(IReadOnlyList<TrainingQuestion> questions, CancellationToken cancellationToken)
    {
        var steps = new List<IDistillationStep>();
        foreach (RecipeStep step in recipe.Steps)
        {
            if (step.Fitted is not { } fit)
            {
                steps.Add(step.Step!);
                continue;
            }

            bool IsHeldOut(TrainingQuestion q) => q.Gold is not null && QuestionSplit.Place(recipe.Seed, "fit", q.Id) < fit.Share;
            PrecisionThreshold threshold = await FitAsync(fit, questions.Where(IsHeldOut), cancellationToken).ConfigureAwait(false);
            fitted.Add((fit, threshold));
            steps.Add(new CallerStep("held out for fitting", (q, _) => IsHeldOut(q) ? "used to fit the threshold" : null));
            // No threshold is high enough: nothing passes, and the report says why.
            steps.Add(threshold.IsReached ? new VerifierStep(fit.Verifier, threshold.Threshold) : new CallerStep(fit.Verifier.Name, (_, _) => "no threshold reaches the precision"));
        }

        return steps;
    }

    /// <summary>Scores one trace of each held-out question: the traces of one question are not independent.</summary>
    private async Task<PrecisionThreshold> FitAsync(FittedVerifier fit, IEnumerable<TrainingQuestion> held, CancellationToken cancellationToken)
    {
        var labelled = new List<(double, bool)>();
        foreach (TrainingQuestion question in held)
        {
            Trace[] usable = [.. question.Traces.Where(t => t.IsRight is not null)];
            if (usable.Length == 0)
                continue;
            Trace trace = usable[(int)(QuestionSplit.Place(recipe.Seed, "trace", question.Id) * usable.Length)];
            RewardScore score = await fit.Verifier.ScoreAsync(new RewardItem(trace.Text) { Question = question.Question }, cancellationToken).ConfigureAwait(false);
            if (score.Value is { } value)
                labelled.Add((value, trace.IsRight == true));
        }

        return PrecisionThreshold.Fit(labelled, fit.Precision, fit.Confidence);
    }
}

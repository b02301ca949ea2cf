using Agents.Rewards;

namespace Agents.Distillation;

/// <summary>Makes the steps of a part ready: fits thresholds, and adds the filters without which hinted rationales are not to be had.</summary>
/// <param name="recipe">The recipe, for its seed.</param>
/// <param name="part">The part.</param>
internal sealed class PartPreparation(DistillationRecipe recipe, RecipePart part)
{
    private readonly List<(FittedVerifier Fit, PrecisionThreshold Threshold)> fitted = [];

    /// <summary>The thresholds fitted so far.</summary>
    public IReadOnlyList<(FittedVerifier Fit, PrecisionThreshold Threshold)> Fitted => fitted;

    public async Task<IReadOnlyList<IDistillationStep>> StepsAsync(IReadOnlyList<TrainingQuestion> questions, CancellationToken cancellationToken)
    {
        var steps = new List<IDistillationStep>();
        if (part.Source is HintedSource)
            steps.AddRange(Missing(new HintStep(), new CorrectStep()));
        foreach (RecipeStep step in part.Steps)
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

    private IEnumerable<IDistillationStep> Missing(params IEnumerable<IDistillationStep> needed) =>
        needed.Where(n => part.Steps.All(s => s.Step?.GetType() != n.GetType()));

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

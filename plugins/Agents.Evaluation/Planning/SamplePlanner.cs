using Agents.Reasoning;

namespace Agents.Evaluation;

/// <summary>
/// Which model, and how many samples of it, for which accuracy at which price: from recorded samples, so that asking costs
/// nothing. All models are compared on the questions that every one of them has. Snell et al. 2024, arXiv:2408.03314, and
/// Brown et al. 2024, arXiv:2407.21787, ask the same of inference against size.
/// </summary>
public static class SamplePlanner
{
    private const int Resamples = 2000;

    /// <summary>Every plan: each model with each k up to the samples recorded, by rising cost.</summary>
    /// <param name="models">The models, with what they cost.</param>
    /// <param name="maxSamples">The most samples of a plan.</param>
    /// <param name="seed">The seed of the bootstrap.</param>
    /// <exception cref="ArgumentException">No question is recorded for all of the models.</exception>
    public static IReadOnlyList<SamplePlan> Plans(IReadOnlyList<(RecordedModel Model, ModelPrice Price)> models, int maxSamples = 64, long seed = 0)
    {
        string[] questions = CommonQuestions([.. models.Select(m => m.Model)]);
        var plans = new List<SamplePlan>();
        foreach ((RecordedModel model, ModelPrice price) in models)
        {
            SampleOutcomes[] outcomes = [.. questions.Select(q => model.Questions[q])];
            foreach (int k in Steps(Math.Min(maxSamples, outcomes.Min(o => o.Classes.Count))))
            {
                double[] right = [.. outcomes.Select(o => VoteAtK.Unbiased(o, k))];
                plans.Add(new SamplePlan(model.Name, k, right.Average(), PairedBootstrap.MeanInterval(right, seed, Resamples), 1000 * model.CostOf(price, k), model.PromptTokens + (k - 1) * model.FurtherPromptTokens + k * model.OutputTokens));
            }
        }

        return [.. plans.OrderBy(p => p.Cost).ThenByDescending(p => p.Accuracy).ThenBy(p => p.Model, StringComparer.Ordinal)];
    }

    /// <summary>The ids of the questions that all models have, in ordinal order.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static string[] CommonQuestions(IReadOnlyList<RecordedModel> models)
    {
        string[] common = [.. models.Skip(1).Aggregate(models[0].Questions.Keys, (kept, m) => kept.Where(m.Questions.ContainsKey)).Order(StringComparer.Ordinal)];
        return common.Length > 0 ? common : throw new ArgumentException($"No question is recorded for all of {string.Join(", ", models.Select(m => m.Name))}: plans are compared on the same questions.");
    }

    /// <summary>The cheapest plan that is expected to reach an accuracy; null where none does.</summary>
    public static SamplePlan? Cheapest(IReadOnlyList<SamplePlan> plans, double target) => plans.FirstOrDefault(p => p.Accuracy >= target);

    /// <summary>The cheapest plan whose interval lies at or above an accuracy; null where none does.</summary>
    public static SamplePlan? CheapestSure(IReadOnlyList<SamplePlan> plans, double target) => plans.FirstOrDefault(p => p.Interval.Low >= target);

    /// <summary>The plans that no cheaper one equals: what each further coin buys.</summary>
    public static IReadOnlyList<SamplePlan> Frontier(IReadOnlyList<SamplePlan> plans)
    {
        var best = new List<SamplePlan>();
        foreach (SamplePlan plan in plans)
        {
            if (best.Count == 0 || plan.Accuracy > best[^1].Accuracy)
                best.Add(plan);
        }

        return best;
    }

    /// <summary>Every k up to 8, then about six an octave: the curve is smooth, and every k costs a count.</summary>
    private static IEnumerable<int> Steps(int most)
    {
        for (int k = 1; k <= most; k = k < 8 ? k + 1 : Math.Max(k + 1, (int)Math.Round(k * 1.125)))
            yield return k;
    }
}

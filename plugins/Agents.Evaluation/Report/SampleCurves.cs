using Agents.Answers;
using Agents.Reasoning;

namespace Agents.Evaluation;

/// <summary>
/// Chooses the samples that the curve is over: the recorded ones when replaying, else those of the strategy that took the
/// same number on every question, and the most. A strategy that stops early is no source: where it stopped depends on what it saw.
/// </summary>
internal static class SampleCurves
{
    public static (SampleCurve? Curve, string Source) Of(EvaluationOutcome outcome)
    {
        EvaluationPlan plan = outcome.Plan;
        if (plan.IsReplay)
        {
            int n = plan.Data.Items.Min(i => i.Samples.Count);
            if (n == 0)
                return (null, "Some questions have no recorded samples.");
            string which = plan.Data.Items.All(i => i.Samples.Count == n) ? $"all {n} recorded samples" : $"the first {n} recorded samples";
            return (SampleCurve.Of([.. plan.Data.Items.Select(i => Outcomes(plan, i, Candidates(plan, i, n)))], plan.Seed), $"{which} of each question, whatever a strategy used of them");
        }

        var fixedSize = outcome.Records.GroupBy(r => r.StrategyIndex)
            .Select(g => (Records: g.ToArray(), Sizes: g.Select(r => r.Result.Candidates.Count).Distinct().ToArray()))
            .Where(g => g.Sizes is [> 1])
            .OrderByDescending(g => g.Sizes[0])
            .ToArray();
        if (fixedSize.Length == 0)
            return (null, "No strategy took the same number (more than one) of samples on every question.");
        EvaluationRecord[] records = fixedSize[0].Records;
        return (
            SampleCurve.Of([.. records.Select(r => Outcomes(plan, r.Item, r.Result.Candidates))], plan.Seed),
            $"the {fixedSize[0].Sizes[0]} candidates of {records[0].Strategy} on each question");
    }

    private static Candidate[] Candidates(EvaluationPlan plan, EvaluationItem item, int count)
    {
        IAnswerExtractor extractor = plan.RequestFor(item).Extractor;
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            var sample = new Sample(i, "", ReplaySampler.OutcomeOf(item, i));
            return new Candidate(i, sample, extractor.Extract(sample, plan.ExpectedAnswer));
        })];
    }

    private static SampleOutcomes Outcomes(EvaluationPlan plan, EvaluationItem item, IReadOnlyList<Candidate> candidates)
    {
        ICorrectness correctness = plan.CorrectnessInForce;
        return new SampleOutcomes(Classes(candidates, plan.Equivalence), [.. candidates.Select(c => correctness.Judge(item, c) == true)]);
    }

    /// <summary>Numbers the classes of equivalent answers by first appearance, as a vote does; −1 without an answer.</summary>
    internal static IReadOnlyList<int> Classes(IReadOnlyList<Candidate> candidates, AnswerEquivalence equivalence)
    {
        var representatives = new List<Answer>();
        return [.. candidates.Select(c =>
        {
            if (c.Answer is not { } answer)
                return PrefixMajority.Abstains;
            int found = representatives.FindIndex(r => equivalence.Compare(r, answer) == Equivalence.Equal);
            if (found >= 0)
                return found;
            representatives.Add(answer);
            return representatives.Count - 1;
        })];
    }
}

using System.Globalization;

namespace Agents.Evaluation;

/// <summary>Compares every pair of strategies on the questions both have finished.</summary>
internal static class PairedComparisons
{
    public static IReadOnlyList<PairedComparison> Of(EvaluationOutcome outcome)
    {
        IReadOnlyList<EvaluatedStrategy> strategies = outcome.Plan.Strategies;
        Dictionary<int, bool>[] correct = [.. strategies.Select((_, s) => outcome.Records.Where(r => r.StrategyIndex == s).ToDictionary(r => r.ItemIndex, r => r.Correct == true))];
        var pairs = new List<PairedComparison>();
        for (int a = 0; a < strategies.Count; a++)
        {
            for (int b = a + 1; b < strategies.Count; b++)
            {
                (bool First, bool Second)[] both = [.. correct[a].Keys.Where(correct[b].ContainsKey).Order().Select(i => (correct[a][i], correct[b][i]))];
                if (both.Length > 0)
                    pairs.Add(Compare(strategies[a].Name, strategies[b].Name, both, outcome.Plan));
            }
        }

        double[] adjusted = HolmAdjustment.Adjust([.. pairs.Select(p => p.PValue)]);
        return [.. pairs.Select((p, i) => p with { AdjustedPValue = adjusted[i] }).Select(p => p with { Verdict = VerdictOn(p) })];
    }

    private static PairedComparison Compare(string first, string second, (bool First, bool Second)[] both, EvaluationPlan plan)
    {
        int onlyFirst = both.Count(x => x.First && !x.Second);
        int onlySecond = both.Count(x => x.Second && !x.First);
        double[] differences = [.. both.Select(x => (x.First ? 1.0 : 0) - (x.Second ? 1 : 0))];
        double p = McNemar.PValue(onlyFirst, onlySecond);
        return new PairedComparison(
            first, second, both.Length, both.Count(x => x.First && x.Second), onlyFirst, onlySecond, both.Count(x => !x.First && !x.Second),
            differences.Average(), PairedBootstrap.MeanInterval(differences, plan.Seed, plan.BootstrapResamples), p, p, "");
    }

    private static string VerdictOn(PairedComparison pair)
    {
        if (pair.OnlyFirst + pair.OnlySecond == 0)
            return "no difference: right on the same questions";
        if (!pair.IsShown)
            return "no difference shown";
        (string better, string worse) = pair.Difference > 0 ? (pair.First, pair.Second) : (pair.Second, pair.First);
        return string.Create(CultureInfo.InvariantCulture, $"{better} is better than {worse} by {Math.Abs(pair.Difference) * 100:0.0} points");
    }
}

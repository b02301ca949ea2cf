using System.Text.Json;
using Agents.Reasoning;

namespace Agents.Evaluation;

/// <summary>Condenses an outcome into its summary. Pure: the same outcome gives the same summary.</summary>
public static class SummaryBuilder
{
    /// <summary>The summary of an outcome, whole or partial.</summary>
    public static EvaluationSummary Build(EvaluationOutcome outcome)
    {
        EvaluationPlan plan = outcome.Plan;
        (SampleCurve? curve, string source) = SampleCurves.Of(outcome);
        return new EvaluationSummary
        {
            Complete = outcome.IsComplete,
            Done = outcome.Records.Count,
            Total = outcome.Total,
            Command = plan.Command,
            Data = plan.Data.Name,
            DataSha256 = plan.Data.Sha256,
            Questions = plan.Data.Items.Count,
            Model = plan.ModelName,
            RecordedModels = plan.IsReplay ? RecordedModels(plan.Data) : [],
            Seed = plan.Seed,
            Answers = plan.AnswersInForce,
            Correctness = plan.CorrectnessInForce.Description,
            TieRule = "ties go to the answer first seen (the lowest sample index); samples without an answer abstain",
            Strategies = [.. plan.Strategies.Select((s, i) => Strategy(s, [.. outcome.Records.Where(r => r.StrategyIndex == i)]))],
            Pairs = PairedComparisons.Of(outcome),
            Curve = curve,
            CurveSource = source,
        };
    }

    private static StrategySummary Strategy(EvaluatedStrategy strategy, EvaluationRecord[] records)
    {
        int correct = records.Count(r => r.Correct == true);
        RunUsage[] usage = [.. records.Select(r => r.Result.Usage)];
        StrategyDescription description = strategy.Strategy.Description;
        return new StrategySummary
        {
            Name = strategy.Name,
            Idea = description.Idea,
            Source = description.Source,
            Fingerprint = strategy.Strategy.Fingerprint,
            Questions = records.Length,
            Correct = correct,
            Unanswered = records.Count(r => r.Result.Answer is null),
            Undecided = records.Count(r => r.Correct is null),
            Accuracy = records.Length > 0 ? (double)correct / records.Length : 0,
            AccuracyInterval = WilsonInterval.Of(correct, records.Length),
            MeanSamples = Mean(r => r.Samples),
            MeanCalls = Mean(r => r.Result.Usage.ModelCalls),
            MeanRounds = Mean(r => r.Result.Rounds),
            ModelCalls = usage.Sum(u => u.ModelCalls),
            InputTokens = usage.Sum(u => u.InputTokens),
            OutputTokens = usage.Sum(u => u.OutputTokens),
            UnreportedCalls = usage.Sum(u => u.UnreportedCalls),
            FailedCalls = usage.Sum(u => u.FailedCalls),
            Cost = usage.Sum(u => u.Cost),
            StopReasons = records.GroupBy(r => StopReasonText.Of(r.Result.StopReason), StringComparer.Ordinal)
                .OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal)
                .ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal),
            Calibration = Calibration.Of([.. records.Where(r => r.Result.Confidence is not null && r.Correct is not null)
                .Select(r => (r.Result.Confidence!.Value, r.Correct!.Value))]),
        };

        double Mean(Func<EvaluationRecord, double> of) => records.Length > 0 ? records.Average(of) : 0;
    }

    private static string[] RecordedModels(EvaluationData data) =>
        [.. data.Items.Select(i => i.Other.TryGetValue("model", out JsonElement model) ? model.ToString() : "").Where(m => m.Length > 0).Distinct(StringComparer.Ordinal).Take(20)];
}

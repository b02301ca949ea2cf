using System.Text.Json;
using Agents.Answers;
using Agents.Reasoning;

namespace Agents.Evaluation;

/// <summary>Condenses an outcome into its summary. Pure: the same outcome gives the same summary.</summary>
public static class SummaryBuilder
{
    private static readonly string[] mixtureFields = ["model", "prompt"];

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
            Mixture = plan.IsReplay ? MixtureOf(plan.Data) : null,
            Seed = plan.Seed,
            Answers = plan.AnswersInForce,
            ExtractionAgreement = plan is { IsReplay: true, AnswersInForce: AnswerSource.Extracted } ? AgreementOf(plan) : null,
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
            Thoughts = ThoughtCounts.Of(records.Select(r => r.Result)),
            Calibration = Calibration.Of([.. records.Where(r => r.Result.Confidence is not null && r.Correct is not null)
                .Select(r => (r.Result.Confidence!.Value, r.Correct!.Value))]),
        };

        double Mean(Func<EvaluationRecord, double> of) => records.Length > 0 ? records.Average(of) : 0;
    }

    private static string[] RecordedModels(EvaluationData data) =>
        [.. data.Items.Select(i => i.Other.TryGetValue("model", out JsonElement model) ? model.ToString() : "").Where(m => m.Length > 0).Distinct(StringComparer.Ordinal).Take(20)];

    private static double? AgreementOf(EvaluationPlan plan)
    {
        (EvaluationItem Item, int Index, string Recorded)[] answered =
            [.. plan.Data.Items.SelectMany(i => i.Samples.Select((s, n) => (i, n, s.Answer)).Where(x => x.Answer is not null).Select(x => (x.i, x.n, x.Answer!)))];
        int same = answered.Count(x =>
            FinalAnswerExtractor.Default.Extract(new Sample(x.Index, "", ReplaySampler.OutcomeOf(x.Item, x.Index)), plan.ExpectedAnswer) is { } read
            && plan.Equivalence.Compare(read, Answer.Parse(x.Recorded, plan.ExpectedAnswer)) == Equivalence.Equal);
        return answered.Length > 0 ? (double)same / answered.Length : null;
    }

    // Samples that name different models or prompts within one question are no draws from one distribution.
    private static string? MixtureOf(EvaluationData data)
    {
        string[] parts = [.. mixtureFields
            .Select(field => (Field: field, Most: data.Items.Max(i => i.Samples.Select(s => s.Other.TryGetValue(field, out JsonElement value) ? value.ToString() : "").Distinct(StringComparer.Ordinal).Count())))
            .Where(x => x.Most > 1)
            .Select(x => $"{x.Most} {x.Field}s")];
        return parts.Length > 0 ? string.Join(" and ", parts) : null;
    }
}

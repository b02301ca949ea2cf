using Agents.Reasoning;

namespace Agents.Evaluation;

/// <summary>What a point came to.</summary>
/// <param name="Point">The point.</param>
/// <param name="Correct">Whether each question was right; (questions).</param>
/// <param name="InputTokens">Mean prompt tokens a question, as reported: samples that share a request read their prompt once. Calls that reported nothing, because the strategy no longer needed them, are charged like the mean of the run's others.</param>
/// <param name="OutputTokens">Mean generated tokens a question, likewise.</param>
/// <param name="Calls">Mean model calls.</param>
/// <param name="Rounds">Mean rounds.</param>
public sealed record FrontierFigure(FrontierPoint Point, IReadOnlyList<bool> Correct, double InputTokens, double OutputTokens, double Calls, double Rounds)
{
    /// <summary>Input and output, the measure of the figure.</summary>
    public double Tokens => InputTokens + OutputTokens;

    /// <summary>The share of questions right.</summary>
    public double Accuracy => Correct.Count == 0 ? 0 : Correct.Count(c => c) / (double)Correct.Count;

    /// <summary>Its Wilson 95 % interval.</summary>
    public Interval Interval => WilsonInterval.Of(Correct.Count(c => c), Correct.Count);

    /// <summary>The figures of an evaluation of points, in their order; only questions that all points have finished.</summary>
    public static IReadOnlyList<FrontierFigure> Of(IReadOnlyList<FrontierPoint> points, EvaluationOutcome outcome)
    {
        ArgumentNullException.ThrowIfNull(points);
        ArgumentNullException.ThrowIfNull(outcome);
        int[] whole = [.. outcome.Records.GroupBy(r => r.ItemIndex).Where(g => g.Count() == points.Count).Select(g => g.Key).Order()];
        ILookup<int, EvaluationRecord> byStrategy = outcome.Records.ToLookup(r => r.StrategyIndex);
        return
        [
            .. points.Select((point, s) =>
            {
                Dictionary<int, EvaluationRecord> records = byStrategy[s].ToDictionary(r => r.ItemIndex);
                EvaluationRecord[] kept = [.. whole.Select(i => records[i])];
                double Mean(Func<EvaluationRecord, double> of) => kept.Length == 0 ? 0 : kept.Average(of);
                return new FrontierFigure(point, [.. kept.Select(r => r.Correct == true)], Mean(r => Charged(r.Result.Usage, r.Result.Usage.InputTokens)), Mean(r => Charged(r.Result.Usage, r.Result.Usage.OutputTokens)), Mean(r => r.Result.Usage.ModelCalls), Mean(r => r.Result.Rounds));
            }),
        ];
    }

    /// <summary>What was reported, and as much again for each call that reported nothing.</summary>
    private static double Charged(RunUsage usage, long reported)
    {
        long silent = usage.UnreportedCalls, spoke = usage.ModelCalls - silent;
        return spoke > 0 ? reported * (double)usage.ModelCalls / spoke : reported;
    }
}

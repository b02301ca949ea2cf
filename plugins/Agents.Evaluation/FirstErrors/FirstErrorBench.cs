using Agents.Reasoning;
using Agents.Reasoning.Strategies;
using Agents.Search.Scoring;

namespace Agents.Evaluation;

/// <summary>Where does a solution go wrong? A step verifier scores every step; the first below a threshold is named. Tyen et al. 2023, arXiv:2311.08516.</summary>
/// <param name="verifier">The verifier; one of whole solutions is lifted.</param>
/// <param name="models">The models that it asks; one that asks none may have any.</param>
/// <param name="threshold">A step whose score is below it is wrong.</param>
public sealed class FirstErrorBench(IVerifier verifier, ReasoningModels models, double threshold = 0.5)
{
    /// <summary>The figures by task in ordinal order, then those of all together where there are several tasks.</summary>
    /// <param name="traces">The solutions.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    public async Task<IReadOnlyList<FirstErrorFigures>> RunAsync(IReadOnlyList<LabelledTrace> traces, CancellationToken cancellationToken = default) =>
        Figures(await ScoreAsync(traces, cancellationToken).ConfigureAwait(false), (_, _) => threshold);

    /// <summary>
    /// The same with a threshold fitted to each task and not to the solutions that it is used on: the one with which most of every
    /// second solution is right is used on the others, and the other way round. The threshold given is not used.
    /// </summary>
    /// <param name="traces">The solutions.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    public async Task<IReadOnlyList<FirstErrorFigures>> RunFittedAsync(IReadOnlyList<LabelledTrace> traces, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<ScoredTrace> scored = await ScoreAsync(traces, cancellationToken).ConfigureAwait(false);
        var fitted = new Dictionary<(string, int), double>();
        foreach (IGrouping<string, ScoredTrace> task in scored.GroupBy(s => s.Trace.Task))
        {
            for (int fold = 0; fold < 2; fold++)
                fitted[(task.Key, fold)] = FirstErrorThreshold.Fit([.. task.Where((_, i) => i % 2 != fold)]);
        }

        return Figures(scored, (task, index) => fitted[(task, index % 2)]);
    }

    private async Task<IReadOnlyList<ScoredTrace>> ScoreAsync(IReadOnlyList<LabelledTrace> traces, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(traces);
        var runner = new ReasoningRunner(models);
        var scored = new List<ScoredTrace>();
        foreach (LabelledTrace trace in traces)
        {
            ReasoningResult result = await runner.RunAsync(new GivenStepsStrategy(verifier, trace.Steps), ReasoningRequest.FromQuestion(trace.Question), new RunOptions { RunId = "first-error-" + trace.Id }, cancellationToken: cancellationToken).ConfigureAwait(false);
            scored.Add(new ScoredTrace(trace, result.Candidates[0].Verdicts[0].Steps));
        }

        return scored;
    }

    /// <param name="scored">The solutions.</param>
    /// <param name="thresholdOf">The threshold, by task and the solution's place in it.</param>
    private static FirstErrorFigures[] Figures(IReadOnlyList<ScoredTrace> scored, Func<string, int, double> thresholdOf)
    {
        var named = new List<(LabelledTrace Trace, int? Named, int Judged)>();
        foreach (IGrouping<string, ScoredTrace> task in scored.GroupBy(s => s.Trace.Task).OrderBy(g => g.Key, StringComparer.Ordinal))
            named.AddRange(task.Select((s, i) => (s.Trace, StepScores.FirstBelow(s.Scores, thresholdOf(task.Key, i)), s.Scores.Count(x => x is not null))));
        FirstErrorFigures[] tasks = [.. named.GroupBy(n => n.Trace.Task).Select(g => FirstErrorFigures.Of(g.Key, [.. g]))];
        return tasks.Length == 1 ? tasks : [.. tasks, FirstErrorFigures.Of("all", named)];
    }
}

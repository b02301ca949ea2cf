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
    public async Task<IReadOnlyList<FirstErrorFigures>> RunAsync(IReadOnlyList<LabelledTrace> traces, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(traces);
        var runner = new ReasoningRunner(models);
        var located = new List<(LabelledTrace Trace, int? Named, int Judged)>();
        foreach (LabelledTrace trace in traces)
        {
            ReasoningResult result = await runner.RunAsync(new GivenStepsStrategy(verifier, trace.Steps), ReasoningRequest.FromQuestion(trace.Question), new RunOptions { RunId = "first-error-" + trace.Id }, cancellationToken: cancellationToken).ConfigureAwait(false);
            IReadOnlyList<double?> scores = result.Candidates[0].Verdicts[0].Steps;
            located.Add((trace, StepScores.FirstBelow(scores, threshold), scores.Count(s => s is not null)));
        }

        FirstErrorFigures[] tasks = [.. located.GroupBy(l => l.Trace.Task).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => FirstErrorFigures.Of(g.Key, [.. g]))];
        return tasks.Length == 1 ? tasks : [.. tasks, FirstErrorFigures.Of("all", located)];
    }
}

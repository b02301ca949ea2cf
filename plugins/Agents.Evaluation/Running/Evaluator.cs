using Agents.Reasoning;

namespace Agents.Evaluation;

/// <summary>
/// Runs every strategy of a plan on every question, each as a journaled run of its own. Interrupted at any point, the same
/// plan with the same journals goes on where it stopped: a finished run is read back, a begun one repeats no journaled call,
/// and the results are the same as without the interruption. Thread-safe.
/// </summary>
public sealed class Evaluator
{
    private readonly RunItem run;
    private readonly TimeProvider time;

    /// <summary>An evaluator on the reasoning runner.</summary>
    /// <param name="journals">Where runs are journaled; null: nothing survives an interruption.</param>
    /// <param name="samples">Where samples are kept across runs; null to keep none.</param>
    /// <param name="time">The clock; null for the system's.</param>
    public Evaluator(IJournalStore? journals = null, ISampleStore? samples = null, TimeProvider? time = null)
        : this((models, strategy, request, options, token) => new ReasoningRunner(models, journals, samples, time).RunAsync(strategy, request, options, null, token), time)
    {
    }

    /// <summary>An evaluator on anything that runs a strategy on a question.</summary>
    internal Evaluator(RunItem run, TimeProvider? time = null)
    {
        this.run = run;
        this.time = time ?? TimeProvider.System;
    }

    /// <summary>Runs one strategy on one question.</summary>
    internal delegate Task<ReasoningResult> RunItem(ReasoningModels models, IReasoningStrategy strategy, ReasoningRequest request, RunOptions options, CancellationToken cancellationToken);

    /// <summary>Evaluates; nothing is written to disk but the journals.</summary>
    /// <exception cref="ArgumentException">The plan is wrong.</exception>
    /// <exception cref="EvaluationDataException">The data does not suit the plan.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task<EvaluationOutcome> RunAsync(EvaluationPlan plan, IProgress<EvaluationProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        plan.Validate();
        var records = new EvaluationRecord?[plan.Data.Items.Count * plan.Strategies.Count];
        await FillAsync(plan, records, progress, cancellationToken).ConfigureAwait(false);
        return Outcome(plan, records);
    }

    /// <summary>
    /// Evaluates and writes <c>results.jsonl</c>, <c>summary.json</c> and <c>report.html</c> into <paramref name="directory"/>,
    /// each replaced at once. When cancelled or failing, what is finished is written all the same, marked incomplete, before
    /// the exception goes on.
    /// </summary>
    /// <exception cref="ArgumentException">The plan is wrong.</exception>
    /// <exception cref="EvaluationDataException">The data does not suit the plan.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task<EvaluationOutcome> RunAsync(EvaluationPlan plan, string directory, IProgress<EvaluationProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        plan.Validate();
        Directory.CreateDirectory(directory);
        var records = new EvaluationRecord?[plan.Data.Items.Count * plan.Strategies.Count];
        try
        {
            await FillAsync(plan, records, progress, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            // Not under the token: a cancelled evaluation still keeps what it has.
            await EvaluationFiles.WriteAsync(directory, Outcome(plan, records), time.GetUtcNow(), CancellationToken.None).ConfigureAwait(false);
        }

        return Outcome(plan, records);
    }

    private async Task FillAsync(EvaluationPlan plan, EvaluationRecord?[] records, IProgress<EvaluationProgress>? progress, CancellationToken cancellationToken)
    {
        var meter = new ProgressMeter(plan, progress, time);
        ICorrectness correctness = plan.CorrectnessInForce;
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = plan.MaxParallelQuestions, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, plan.Data.Items.Count, parallel, async (i, token) =>
        {
            EvaluationItem item = plan.Data.Items[i];
            ReasoningModels models = plan.ModelsFor(item);
            ReasoningRequest request = plan.RequestFor(item);
            for (int s = 0; s < plan.Strategies.Count; s++)
            {
                EvaluatedStrategy strategy = plan.Strategies[s];
                var options = new RunOptions
                {
                    RunId = RunIdentity.Of(plan, strategy, item, models),
                    Seed = plan.Seed,
                    Limits = plan.Limits,
                    MaxConcurrency = plan.MaxConcurrency,
                    Prices = plan.Prices,
                };
                ReasoningResult result = await run(models, strategy.Strategy, request, options, token).ConfigureAwait(false);
                bool? correct = correctness.Judge(item, result);
                records[i * plan.Strategies.Count + s] = new EvaluationRecord(i, s, item, strategy.Name, result, correct);
                meter.Add(s, correct, result.Usage);
            }
        }).ConfigureAwait(false);
    }

    private static EvaluationOutcome Outcome(EvaluationPlan plan, EvaluationRecord?[] records) => new(plan, [.. records.OfType<EvaluationRecord>()]);
}

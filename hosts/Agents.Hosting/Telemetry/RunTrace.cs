using System.Diagnostics;
using Agents.Reasoning;

namespace Agents.Hosting.Telemetry;

/// <summary>
/// The spans of one run: <c>invoke_workflow</c>, below it one for each stage, below those the calls. Calls start on other
/// threads than stages are reported on; the run's trace flows to them, and a call's key says which stage it belongs to.
/// </summary>
public sealed class RunTrace : IDisposable
{
    private static readonly AsyncLocal<RunTrace?> current = new();
    private readonly Dictionary<string, Activity> stages = new(StringComparer.Ordinal);
    private readonly Lock gate = new();
    private readonly Activity? root;
    private readonly string strategy;
    private readonly string model;
    private readonly long startedAt = Stopwatch.GetTimestamp();

    private RunTrace(string strategy, string model)
    {
        (this.strategy, this.model) = (strategy, model);
        root = ReasoningTelemetry.Source.StartActivity($"invoke_workflow {strategy}");
        root?.SetTag("gen_ai.operation.name", "invoke_workflow").SetTag("gen_ai.workflow.name", strategy).SetTag("gen_ai.request.model", model);
    }

    internal static RunTrace? Current => current.Value;

    /// <summary>Carries a run out within its spans, and counts what it came to.</summary>
    /// <param name="strategy">The strategy's name.</param>
    /// <param name="model">The model's name, as it is served.</param>
    /// <param name="run">The run; it is given the observer to report to.</param>
    /// <param name="observer">Receives the events as well; null for nobody.</param>
    public static async Task<ReasoningResult> OfAsync(string strategy, string model, Func<Action<ReasoningEvent>, Task<ReasoningResult>> run, Action<ReasoningEvent>? observer = null)
    {
        using var trace = new RunTrace(strategy, model);
        current.Value = trace;
        try
        {
            ReasoningResult result = await run(happened =>
            {
                trace.Observe(happened);
                observer?.Invoke(happened);
            });
            trace.Complete(result);
            return result;
        }
        catch (Exception e)
        {
            trace.Fail(e is OperationCanceledException ? "cancelled" : e.GetType().Name);
            throw;
        }
        finally
        {
            current.Value = null;
        }
    }

    /// <summary>The span that a call belongs under: that of the stage in its branch, or in the nearest branch around it.</summary>
    internal ActivityContext ParentOf(string requestKey)
    {
        string path = PathOf(requestKey);
        lock (gate)
        {
            while (true)
            {
                if (stages.TryGetValue(path, out Activity? stage))
                    return stage.Context;
                if (path.Length == 0)
                    return root?.Context ?? default;
                path = path[..Math.Max(0, path.LastIndexOf('/'))];
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (gate)
        {
            foreach (Activity stage in stages.Values)
                stage.Dispose();
            stages.Clear();
        }

        root?.Dispose();
    }

    // A request's key is the run's hash, 16 digits, and the call's key: path | role | hash # occurrence.
    private static string PathOf(string requestKey)
    {
        int end = requestKey.IndexOf('|', StringComparison.Ordinal);
        return end > 16 ? requestKey[16..end] : "";
    }

    private void Observe(ReasoningEvent happened)
    {
        switch (happened)
        {
            case StageStarted stage:
                Activity? started = ReasoningTelemetry.Source.StartActivity($"stage {stage.Stage}", ActivityKind.Internal, root?.Context ?? default);
                started?.SetTag("agents.stage", stage.Stage).SetTag("agents.stage.planned_calls", stage.Planned);
                Activity.Current = root;
                lock (gate)
                {
                    if (stages.Remove(stage.Path, out Activity? before))
                        before.Dispose();
                    if (started is not null)
                        stages[stage.Path] = started;
                }

                break;
            case VerdictReached verdict:
                root?.AddEvent(new ActivityEvent("gen_ai.evaluation.result", tags: new ActivityTagsCollection
                {
                    ["gen_ai.evaluation.name"] = verdict.Verdict.Verifier,
                    ["gen_ai.evaluation.score.value"] = verdict.Verdict.Score,
                    ["gen_ai.evaluation.score.label"] = verdict.Verdict.Score is null ? "abstained" : "scored",
                    ["agents.candidate"] = verdict.Candidate,
                }));
                break;
        }
    }

    private void Complete(ReasoningResult result)
    {
        RunUsage usage = result.Usage;
        string reason = result.StopReason.ToString();
        root?.SetTag("agents.stop_reason", reason).SetTag("agents.confidence", result.Confidence)
            .SetTag("agents.usage.calls", usage.ModelCalls).SetTag("agents.usage.input_tokens", usage.InputTokens)
            .SetTag("agents.usage.output_tokens", usage.OutputTokens).SetTag("agents.rounds", result.Rounds)
            .SetTag("agents.selected_candidate", result.Selected?.Index);
        if (result.Answer is null)
            root?.SetTag("error.type", reason).SetStatus(ActivityStatusCode.Error);
        Count(result.Answer is null ? reason : null);
        TagList tags = new() { { "gen_ai.workflow.name", strategy }, { "gen_ai.request.model", model } };
        ReasoningTelemetry.RunCalls.Add(usage.ModelCalls - usage.FailedCalls - usage.AbandonedCalls, [.. tags, new("agents.call.outcome", "delivered")]);
        ReasoningTelemetry.RunCalls.Add(usage.FailedCalls, [.. tags, new("agents.call.outcome", "failed")]);
        ReasoningTelemetry.RunCalls.Add(usage.AbandonedCalls, [.. tags, new("agents.call.outcome", "abandoned")]);
        ReasoningTelemetry.RunCost.Add((double)usage.Cost, tags);
        if (result.Confidence is { } confidence)
            ReasoningTelemetry.RunAgreement.Record(confidence, tags);
    }

    private void Fail(string type)
    {
        root?.SetTag("error.type", type).SetStatus(ActivityStatusCode.Error);
        Count(type);
    }

    private void Count(string? error)
    {
        TagList tags = new() { { "gen_ai.workflow.name", strategy }, { "gen_ai.request.model", model } };
        if (error is not null)
            tags.Add("error.type", error);
        ReasoningTelemetry.RunDuration.Record(Stopwatch.GetElapsedTime(startedAt).TotalSeconds, tags);
    }
}

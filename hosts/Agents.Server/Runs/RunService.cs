using Agents.Hosting.Telemetry;
using Agents.Reasoning;
using Microsoft.Extensions.Logging;

namespace Agents.Server;

/// <summary>Carries runs out: traced, counted against their caller, logged in one line without content. Thread-safe.</summary>
internal sealed class RunService(TimeProvider time, ILogger<RunService> log)
{
    /// <summary>Runs a plan.</summary>
    /// <param name="plan">The run.</param>
    /// <param name="caller">Whose tokens it spends.</param>
    /// <param name="journals">Where it is journaled, or null.</param>
    /// <param name="observer">Receives events; must not block.</param>
    /// <param name="cancellationToken">Aborts the run and every call it has in flight.</param>
    public async Task<ReasoningResult> RunAsync(RunPlan plan, Caller caller, IJournalStore? journals, Action<ReasoningEvent>? observer, CancellationToken cancellationToken)
    {
        long startedAt = time.GetTimestamp();
        long tokens = 0;
        try
        {
            ReasoningResult result = await RunTrace.OfAsync(plan.Label, plan.Model.Name, Observed, observer);
            Note(plan, caller, result, time.GetElapsedTime(startedAt));
            return result;
        }
        catch (OperationCanceledException)
        {
            log.LogInformation("Run {RunId} of {Caller}: {Strategy} on {Model} was cancelled after {Tokens} tokens", plan.Options.RunId, caller.Name, plan.Label, plan.Model.Name, tokens);
            throw;
        }
        finally
        {
            caller.Spend(Interlocked.Read(ref tokens));
        }

        Task<ReasoningResult> Observed(Action<ReasoningEvent> observe) =>
            new ReasoningRunner(plan.Model.Models, journals, time: time).RunAsync(plan.Strategy, plan.Request, plan.Options, happened =>
            {
                if (happened is CallFinished { Outcome.Usage: { } usage })
                    Interlocked.Add(ref tokens, usage.InputTokens + usage.OutputTokens);
                observe(happened);
            }, cancellationToken);
    }

    /// <summary>Logs the end of a run, also of one that was carried out elsewhere.</summary>
    /// <param name="plan">The run.</param>
    /// <param name="caller">Whose it was.</param>
    /// <param name="result">Its result.</param>
    /// <param name="elapsed">How long it took.</param>
    public void Note(RunPlan plan, Caller caller, ReasoningResult result, TimeSpan elapsed) => log.LogInformation(
        "Run {RunId} of {Caller}: {Strategy} on {Model} ended {StopReason} after {Calls} calls, {Tokens} tokens, {Milliseconds} ms",
        plan.Options.RunId, caller.Name, plan.Label, plan.Model.Name, result.StopReason, result.Usage.ModelCalls, result.Usage.InputTokens + result.Usage.OutputTokens, (long)elapsed.TotalMilliseconds);
}

using System.Text.Json;
using Agents.Hosting.Durable;
using Agents.Hosting.Operations;
using Agents.Hosting.Runs;
using Agents.Hosting.Texts;
using Agents.Reasoning;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace Agents.Functions.Orchestrations;

/// <summary>
/// The orchestration of every operation: it plans the run anew from its ticket, drives the same strategy as any other host, and
/// waits for a person's approval where that was asked for.
/// </summary>
public sealed class RunOrchestration(OperationPlanner planner, IRunStore store, CallCancellation cancellation, OrchestrationOptions options)
{
    /// <summary>The orchestration's name.</summary>
    public const string Name = "Run";

    /// <summary>The event that approves or rejects an answer: <c>{"approved":true,"by":"…","comment":"…"}</c>.</summary>
    public const string ApprovalEvent = Approval.EventName;

    /// <summary>Runs it. Called again after each of its events.</summary>
    /// <returns>The output, <see cref="DurableOutput"/>.</returns>
    [Function(Name)]
    public async Task<JsonElement> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        DurableTicket ticket = DurableTicket.FromJson(context.GetInput<JsonElement>(), store);
        RunPlan plan = ticket.Plan(planner, context.InstanceId);
        var orchestration = new DurableOrchestration(context, plan.Model.Name, store, cancellation);
        ReasoningResult result = await OrchestratedRun.RunAsync(plan.Strategy, plan.Request, plan.Options, orchestration, options, ticket.Can);
        JsonElement? approval = ticket.Approval is { } wait && result.Answer is not null ? await ApprovalAsync(context, orchestration, result, wait) : null;
        return DurableOutput.Write(result, approval, store);
    }

    private static async Task<JsonElement> ApprovalAsync(TaskOrchestrationContext context, DurableOrchestration orchestration, ReasoningResult result, TimeSpan wait)
    {
        orchestration.Show(new OrchestrationStatus("waiting_for_approval") { Calls = (int)result.Usage.ModelCalls, Answer = result.Answer?.Text, Confidence = result.Confidence, StopReason = result.StopReason });
        using var over = new CancellationTokenSource();
        using var decided = new CancellationTokenSource();
        Task<JsonElement> approval = context.WaitForExternalEvent<JsonElement>(ApprovalEvent, over.Token);
        Task timer = context.CreateTimer(context.CurrentUtcDateTime.Add(wait), decided.Token);
        if (await Task.WhenAny(approval, timer) == timer)
        {
            over.Cancel();
            return Approval.TimedOut;
        }

        // An open timer would keep the orchestration from completing.
        decided.Cancel();
        return Approval.Read(await approval);
    }
}

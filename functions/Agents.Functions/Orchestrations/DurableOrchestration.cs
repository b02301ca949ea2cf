using System.Text.Json;
using System.Text.Json.Nodes;
using Agents.Functions.Activities;
using Agents.Hosting.Durable;
using Agents.Hosting.Results;
using Agents.Hosting.Texts;
using Agents.Reasoning;
using Microsoft.DurableTask;

namespace Agents.Functions.Orchestrations;

/// <summary>What the Durable engine offers to a run: an activity for each call, durable timers, the custom status.</summary>
/// <param name="context">The orchestrator's context.</param>
/// <param name="model">The served model of the run.</param>
/// <param name="store">Where prompts go and long outcomes are.</param>
/// <param name="cancellation">Cancels calls.</param>
internal sealed class DurableOrchestration(TaskOrchestrationContext context, string model, IRunStore store, CallCancellation cancellation) : IOrchestration
{
    /// <summary>The most characters of an answer in the custom status, which the engine limits to 16 KB.</summary>
    private const int MaxShown = 2000;

    public DateTimeOffset Now => new(DateTime.SpecifyKind(context.CurrentUtcDateTime, DateTimeKind.Utc));

    public async Task<SampleDelivery> CallAsync(ModelCall call, int attempt)
    {
        string prompt = CallTicket.PromptText(call);
        // Already there in a replay; by its content it would be the same text again.
        string id = context.IsReplaying ? TextId.Of(prompt) : store.Put(prompt);
        var ticket = new CallTicket(context.InstanceId, model, call.Key, call.Role, call.Index, call.Seed, id, attempt);
        try
        {
            return CallReceipt.Read(await context.CallActivityAsync<JsonElement>(CallFunctions.CallName, ticket.ToJson()), store);
        }
        catch (TaskFailedException e)
        {
            // The activity itself failed: its process ended, or something is not configured. Another attempt may fare better.
            return new SampleDelivery(call.Key, CallOutcome.Failed(CallFailureKind.Unavailable, $"The activity failed: {e.FailureDetails.ErrorMessage}"));
        }
    }

    public Task DelayAsync(DateTimeOffset due, CancellationToken cancellationToken) => context.CreateTimer(due.UtcDateTime, cancellationToken);

    public async Task CancelAsync(IReadOnlyList<string> keys)
    {
        string[] ids = [.. keys.Select(k => SampleRequest.KeyOf(context.InstanceId, k))];
        CancelNow(ids);
        try
        {
            await context.CallActivityAsync(CallFunctions.CancelName, JsonSerializer.SerializeToElement(ids));
        }
        catch (TaskFailedException)
        {
            // The calls then end by themselves; the answer does not hang on it.
        }
    }

    /// <summary>
    /// Cancels from here: an activity waits for a free slot, and the calls to cancel may hold them all. Marking twice is marking
    /// once, so this may be repeated; the activity makes sure that it has happened.
    /// </summary>
    private void CancelNow(string[] ids)
    {
        if (context.IsReplaying)
            return;
        try
        {
            cancellation.Cancel(ids);
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            // The store does not answer; the activity tries again.
        }
    }

    public void Show(OrchestrationStatus status)
    {
        var shown = new JsonObject { ["phase"] = status.Phase, ["calls"] = status.Calls };
        if (status.Progress is { } progress)
            shown["progress"] = progress;
        if (status.StopReason is { } reason)
        {
            shown["answer"] = status.Answer is { Length: > MaxShown } answer ? answer[..MaxShown] + "…" : status.Answer;
            shown["confidence"] = status.Confidence;
            shown["stop_reason"] = SnakeCase.Of(reason);
        }

        context.SetCustomStatus(JsonElement.Parse(shown.ToJsonString()));
    }
}

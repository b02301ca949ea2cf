using System.Text.Json;
using Agents.Hosting.Runs;
using Agents.Hosting.Texts;
using Agents.Reasoning;
using Microsoft.Extensions.AI;

namespace Agents.Hosting.Durable;

/// <summary>Makes the calls of durable runs: the work of an activity, whichever engine runs it. Thread-safe.</summary>
/// <param name="models">The models.</param>
/// <param name="store">Where prompts are and long outcomes go.</param>
/// <param name="cancellation">Knows the calls that nobody waits for.</param>
public sealed class CallMaker(ServedModels models, IRunStore store, CallCancellation cancellation)
{
    /// <summary>Makes a call. Model errors are outcomes; what is thrown is the host's own failure.</summary>
    /// <param name="json">The ticket.</param>
    /// <param name="cancellationToken">The process stops, or the host gives up.</param>
    /// <returns>The receipt.</returns>
    public async Task<JsonElement> MakeAsync(JsonElement json, CancellationToken cancellationToken)
    {
        var ticket = CallTicket.FromJson(json);
        ServedModel model = models.Find(ticket.Model) ?? throw new InvalidOperationException($"The run asks the model '{ticket.Model}', which is not configured any more.");
        (IReadOnlyList<ChatMessage> messages, SampleOptions options) = CallTicket.ReadPrompt(store.Get(ticket.Prompt));
        string id = SampleRequest.KeyOf(ticket.Run, ticket.Key);
        CallOutcome outcome;
        try
        {
            outcome = await cancellation.RunAsync(id, token => CallAsync(model.Models.For(ticket.Role), new SampleBatch(messages, options, [new SampleRequest(id, ticket.Index, ticket.Seed)]), token), cancellationToken);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            outcome = CallOutcome.Failed(CallFailureKind.Other, "Cancelled: nobody waits for this call any more.");
        }

        return CallReceipt.Write(ticket.Key, outcome, store);
    }

    private static async Task<CallOutcome> CallAsync(ISampler sampler, SampleBatch batch, CancellationToken cancellationToken)
    {
        await foreach (SampleDelivery delivery in sampler.SampleAsync(batch, cancellationToken))
            return delivery.Outcome;
        return CallOutcome.Failed(CallFailureKind.Malformed, $"The sampler {sampler.ModelId} ended without delivering this sample.");
    }
}

using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Agents.Hosting.Telemetry;
using Agents.Models.OpenAI;
using Agents.Reasoning;
using Microsoft.Extensions.AI;

namespace Agents.Server.OpenAI;

/// <summary>
/// Draws one sample as a stream and passes its pieces on while they come. Only for a conversation that is passed through: where a
/// strategy chooses, nobody knows before the end which sample is the answer.
/// </summary>
internal sealed class LiveSampler(OpenAIReasoningClient client, ISampler whole, Action<string?, string?> pass) : ISampler
{
    public string ModelId => whole.ModelId;

    public SamplerCapabilities Capabilities => whole.Capabilities with { MaxSamplesPerRequest = 1 };

    /// <summary>The plan with its reply read while it is written, where that can be done: one reply, of no prescribed form.</summary>
    /// <remarks>Stop strings are left to the whole reply, which is cut where an upstream passes them over.</remarks>
    public static RunPlan Over(RunPlan plan, CompletionRequest request, Action<string?, string?> pass) =>
        !plan.IsPassThrough || plan.Model.Client is not { } client || request.Question.Answers > 1 || request.Form is not null || plan.Request.Options.StopSequences.Count > 0
            ? plan
            : plan with { Model = plan.Model with { Models = new ReasoningModels(new TracedSampler(new LiveSampler(client, plan.Model.Models.Default, pass), "openai", plan.Model.Name)) } };

    public async IAsyncEnumerable<SampleDelivery> SampleAsync(SampleBatch batch, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (SampleRequest request in batch.Requests)
            yield return new SampleDelivery(request.Key, await DrawAsync(batch, request, cancellationToken));
    }

    private async Task<CallOutcome> DrawAsync(SampleBatch batch, SampleRequest request, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        var thinking = new StringBuilder();
        var calls = new JsonArray();
        string? finish = null;
        CallUsage? usage = null;
        CallFailure? refusal = null;
        try
        {
            await foreach (ChatResponseUpdate update in client.GetStreamingResponseAsync(batch.Messages, OptionsOf(batch.Options, request.Seed), cancellationToken))
            {
                finish = update.FinishReason?.Value ?? finish;
                foreach (AIContent content in update.Contents)
                {
                    switch (content)
                    {
                        case TextReasoningContent thought:
                            thinking.Append(thought.Text);
                            pass(thought.Text, null);
                            break;
                        case TextContent piece:
                            text.Append(piece.Text);
                            pass(null, piece.Text);
                            break;
                        case FunctionCallContent call:
                            calls.Add(Call(call));
                            break;
                        case UsageContent used:
                            usage = new CallUsage(used.Details.InputTokenCount ?? 0, used.Details.OutputTokenCount ?? 0, used.Details.CachedInputTokenCount ?? 0, used.Details.ReasoningTokenCount ?? 0);
                            break;
                        case ErrorContent said:
                            refusal = new CallFailure(CallFailureKind.Filtered, said.Message);
                            break;
                    }
                }
            }
        }
        catch (OpenAICallException e)
        {
            return new CallOutcome { Failure = e.Failure, Usage = usage };
        }

        return refusal is not null ? new CallOutcome { Failure = refusal, Usage = usage } : new CallOutcome
        {
            Text = text.ToString(),
            Thinking = thinking.Length > 0 ? thinking.ToString() : null,
            FinishReason = finish,
            Usage = usage,
            Metadata = calls.Count > 0 ? new Dictionary<string, string> { [OutcomeMetadata.ToolCalls] = calls.ToJsonString() } : new CallOutcome().Metadata,
        };
    }

    private static JsonObject Call(FunctionCallContent call) => new()
    {
        ["id"] = call.CallId,
        ["type"] = "function",
        ["function"] = new JsonObject { ["name"] = call.Name, ["arguments"] = JsonSerializer.Serialize(call.Arguments ?? new Dictionary<string, object?>()) },
    };

    private static ChatOptions OptionsOf(SampleOptions options, long seed)
    {
        var chat = new ChatOptions
        {
            Temperature = (float?)options.Temperature,
            TopP = (float?)options.TopP,
            MaxOutputTokens = options.MaxOutputTokens,
            Seed = seed,
        };
        foreach ((string name, JsonElement value) in options.Extra)
            (chat.AdditionalProperties ??= [])[name] = value;
        return chat;
    }
}

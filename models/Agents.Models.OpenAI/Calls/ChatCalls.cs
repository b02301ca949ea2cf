using System.Text.Json;
using Agents.Reasoning;
using Microsoft.Extensions.AI;

namespace Agents.Models.OpenAI;

/// <summary>Between the chat client abstraction and the wire.</summary>
internal static class ChatCalls
{
    public static CompletionCall From(IEnumerable<ChatMessage> messages, ChatOptions? options, bool isStream)
    {
        List<ChatMessage> conversation = [.. messages];
        if (!string.IsNullOrEmpty(options?.Instructions))
            conversation.Insert(0, new ChatMessage(ChatRole.System, options.Instructions));
        return new CompletionCall(Guid.NewGuid().ToString("N"), conversation, ToSampleOptions(options), options?.Seed, Choices: 1)
        {
            Model = options?.ModelId,
            IsStream = isStream,
        };
    }

    public static ChatResponse ToResponse(ChatReply reply, CompletionCall call)
    {
        CallOutcome outcome = ReplyReader.Outcomes(reply, 1, call.Options)[0];
        if (outcome.Failure is { } failure && failure.Kind != CallFailureKind.Filtered)
            throw new OpenAICallException(failure);
        var contents = new List<AIContent>();
        if (outcome.Thinking is { } thinking)
            contents.Add(new TextReasoningContent(thinking));
        var tools = new ToolCallAssembler();
        tools.Add(reply.Choices!.First(c => c is not null)!.Message?.ToolCalls);
        IReadOnlyList<FunctionCallContent> toolCalls = tools.Finish();
        if (outcome.Failure is { } refusal)
            contents.Add(new ErrorContent(refusal.Message));
        else if (toolCalls.Count == 0 || outcome.Text!.Length > 0)
            contents.Add(new TextContent(outcome.Text));
        contents.AddRange(toolCalls);
        return new ChatResponse(new ChatMessage(ChatRole.Assistant, contents) { MessageId = reply.Id })
        {
            ResponseId = reply.Id,
            ModelId = reply.Model,
            CreatedAt = reply.Created is { } created ? DateTimeOffset.FromUnixTimeSeconds(created) : null,
            FinishReason = outcome.Failure is not null ? ChatFinishReason.ContentFilter : ToFinishReason(outcome.FinishReason),
            Usage = ToUsage(reply.Usage),
        };
    }

    /// <summary>One part of a stream; null when it says nothing. Tool calls are gathered in <paramref name="tools"/>.</summary>
    public static ChatResponseUpdate? ToUpdate(ChatReply part, ToolCallAssembler tools)
    {
        ChatChoice? choice = part.Choices?.FirstOrDefault(c => c is not null && c.Index is null or 0);
        ReplyMessage? message = choice?.Delta ?? choice?.Message;
        var contents = new List<AIContent>();
        tools.Add(message?.ToolCalls);
        if (message?.Thinking is { } thinking)
            contents.Add(new TextReasoningContent(thinking));
        if (!string.IsNullOrEmpty(message?.Text))
            contents.Add(new TextContent(message.Text));
        if (!string.IsNullOrEmpty(message?.Refusal))
            contents.Add(new ErrorContent(message.Refusal));
        if (ToUsage(part.Usage) is { } usage)
            contents.Add(new UsageContent(usage));
        ChatFinishReason? reason = ToFinishReason(ReplyReader.FinishReasonOf(choice?.FinishReason));
        return contents.Count == 0 && reason is null ? null : new ChatResponseUpdate(ChatRole.Assistant, contents)
        {
            ResponseId = part.Id,
            MessageId = part.Id,
            ModelId = part.Model,
            CreatedAt = part.Created is { } created ? DateTimeOffset.FromUnixTimeSeconds(created) : null,
            FinishReason = reason,
        };
    }

    private static ChatFinishReason? ToFinishReason(string? reason) => reason is null ? null : new ChatFinishReason(reason);

    private static UsageDetails? ToUsage(ReplyUsage? usage) =>
        ReplyReader.UsageOf(usage) is not { } known ? null : new UsageDetails
        {
            InputTokenCount = known.InputTokens,
            OutputTokenCount = known.OutputTokens,
            TotalTokenCount = known.InputTokens + known.OutputTokens,
            CachedInputTokenCount = known.CachedInputTokens,
            ReasoningTokenCount = known.ReasoningTokens,
        };

    private static SampleOptions ToSampleOptions(ChatOptions? options)
    {
        if (options is null)
            return SampleOptions.Default;
        var extra = new SortedDictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach ((string name, object? value) in options.AdditionalProperties ?? [])
        {
            if (ToJson(value) is { } json)
                extra[name] = json;
        }

        if (options.FrequencyPenalty is { } frequency)
            extra["frequency_penalty"] = ToJson((double)frequency)!.Value;
        if (options.PresencePenalty is { } presence)
            extra["presence_penalty"] = ToJson((double)presence)!.Value;
        if (ToolJson.Tools(options.Tools) is { } tools)
        {
            extra["tools"] = tools;
            if (ToolJson.Choice(options.ToolMode) is { } choice)
                extra["tool_choice"] = choice;
            if (options.AllowMultipleToolCalls is { } several)
                extra["parallel_tool_calls"] = ToJson(several)!.Value;
        }

        var format = options.ResponseFormat as ChatResponseFormatJson;
        if (format is { Schema: null })
            extra["response_format"] = JsonElement.Parse("""{"type":"json_object"}""");
        return new SampleOptions
        {
            Temperature = Exact(options.Temperature),
            TopP = Exact(options.TopP),
            TopK = options.TopK,
            MaxOutputTokens = options.MaxOutputTokens,
            StopSequences = [.. options.StopSequences ?? []],
            ResponseSchema = format?.Schema,
            Extra = extra,
        };
    }

    // 0.7f as the double 0.7, not 0.699999988.
    private static double? Exact(float? value) => value is { } number ? (double)(decimal)number : null;

    private static JsonElement? ToJson(object? value) => value switch
    {
        JsonElement json => json,
        string text => JsonSerializer.SerializeToElement(text, ExtraJson.Default.String),
        bool flag => JsonSerializer.SerializeToElement(flag, ExtraJson.Default.Boolean),
        int or long or short or byte => JsonSerializer.SerializeToElement(Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture), ExtraJson.Default.Int64),
        float or double or decimal => JsonSerializer.SerializeToElement(Convert.ToDouble(value, System.Globalization.CultureInfo.InvariantCulture), ExtraJson.Default.Double),
        System.Text.Json.Nodes.JsonNode node => JsonElement.Parse(node.ToJsonString()),
        _ => null,
    };
}

using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Agents.Reasoning;

/// <summary>Between the chat abstraction's options and ours.</summary>
internal static class ChatOptionsMapping
{
    private const string FrequencyPenalty = "frequency_penalty";
    private const string PresencePenalty = "presence_penalty";

    public static SampleOptions ToSampleOptions(ChatOptions? chat)
    {
        if (chat is null)
            return SampleOptions.Default;
        var extra = new SortedDictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach ((string name, object? value) in chat.AdditionalProperties ?? [])
        {
            if (Json(value) is { } json)
                extra[name] = json;
        }

        if (chat.FrequencyPenalty is { } frequency)
            extra[FrequencyPenalty] = Json((double)(decimal)frequency)!.Value;
        if (chat.PresencePenalty is { } presence)
            extra[PresencePenalty] = Json((double)(decimal)presence)!.Value;

        return new SampleOptions
        {
            Temperature = chat.Temperature,
            TopP = chat.TopP,
            TopK = chat.TopK,
            MaxOutputTokens = chat.MaxOutputTokens,
            StopSequences = chat.StopSequences is { Count: > 0 } stops ? [.. stops] : [],
            ResponseSchema = (chat.ResponseFormat as ChatResponseFormatJson)?.Schema,
            Extra = extra,
        };
    }

    public static ChatOptions ToChatOptions(SampleOptions options, long seed)
    {
        var chat = new ChatOptions
        {
            Temperature = (float?)options.Temperature,
            TopP = (float?)options.TopP,
            TopK = options.TopK,
            MaxOutputTokens = options.MaxOutputTokens,
            Seed = seed,
            StopSequences = options.StopSequences.Count > 0 ? [.. options.StopSequences] : null,
        };
        if (options.ResponseSchema is { } schema)
            chat.ResponseFormat = ChatResponseFormat.ForJsonSchema(schema);
        foreach ((string name, JsonElement value) in options.Extra)
        {
            if (name == FrequencyPenalty && value.ValueKind == JsonValueKind.Number)
                chat.FrequencyPenalty = value.GetSingle();
            else if (name == PresencePenalty && value.ValueKind == JsonValueKind.Number)
                chat.PresencePenalty = value.GetSingle();
            else
                (chat.AdditionalProperties ??= [])[name] = value;
        }

        return chat;
    }

    /// <summary>A property that JSON can carry as it is; null for objects of a client's own, which only that client can read.</summary>
    private static JsonElement? Json(object? value) => value switch
    {
        JsonElement json => json,
        string or bool or int or long or float or double or decimal => JsonSerializer.SerializeToElement(value, AIJsonUtilities.DefaultOptions.GetTypeInfo(value.GetType())),
        _ => null,
    };
}

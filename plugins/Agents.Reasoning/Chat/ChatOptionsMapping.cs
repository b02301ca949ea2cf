using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Agents.Reasoning;

/// <summary>Between the chat abstraction's options and ours.</summary>
internal static class ChatOptionsMapping
{
    public static SampleOptions ToSampleOptions(ChatOptions? chat)
    {
        if (chat is null)
            return SampleOptions.Default;
        var extra = new SortedDictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach ((string name, object? value) in chat.AdditionalProperties ?? [])
        {
            if (value is JsonElement json)
                extra[name] = json;
        }

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
            (chat.AdditionalProperties ??= [])[name] = value;
        return chat;
    }
}

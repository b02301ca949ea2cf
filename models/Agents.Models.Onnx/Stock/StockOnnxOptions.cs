using Microsoft.Extensions.AI;

namespace Agents.Models.Onnx;

/// <summary>Options as the stock client has to be given them, so that it does what they say.</summary>
internal static class StockOnnxOptions
{
    /// <exception cref="NotSupportedException">An option would be ignored or misread.</exception>
    public static ChatOptions From(ChatOptions? options)
    {
        Refuse(options?.PresencePenalty is not null, "PresencePenalty (it would be taken as the factor of a repetition penalty)");
        Refuse(options?.FrequencyPenalty is not null, "FrequencyPenalty");
        Refuse(options?.Tools is { Count: > 0 }, "Tools");
        Refuse(options?.ConversationId is not null, "ConversationId (its cache is shared by all callers)");
        ChatOptions asked = options?.Clone() ?? new ChatOptions();
        asked.StopSequences = null;
        // One more than asked: its last one is a repetition or beyond the cap, and is dropped.
        asked.MaxOutputTokens = asked.MaxOutputTokens + 1;
        if (asked.Temperature == 0)
        {
            (asked.Temperature, asked.TopP, asked.TopK) = (null, null, null);
            (asked.AdditionalProperties ??= [])["do_sample"] = false;
        }
        else if (asked.Temperature is not null || asked.TopP is not null || asked.TopK is not null)
        {
            // Either of them makes it sample, and 0 and 1 cut nothing.
            asked.TopP ??= 1;
            asked.TopK ??= 0;
        }

        // The runtime takes 31 bits.
        if (asked.Seed is { } seed)
            asked.Seed = (seed ^ (seed >> 31) ^ (seed >> 62)) & int.MaxValue;
        return asked;
    }

    private static void Refuse(bool isSet, string what)
    {
        if (isSet)
            throw new NotSupportedException($"The chat client of ONNX Runtime GenAI cannot do what {what} asks.");
    }
}

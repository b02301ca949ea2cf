using System.Text.Json;
using Agents.Hosting.Results;
using Agents.Reasoning;

namespace Agents.Server.OpenAI;

/// <summary>Completions and chunks as the API writes them.</summary>
/// <param name="id">The completion's id, the same in all its chunks.</param>
/// <param name="created">When it began, in seconds since the Unix epoch.</param>
/// <param name="model">The model, as the request names it.</param>
internal sealed class CompletionJson(string id, long created, string model)
{
    /// <summary>A whole completion.</summary>
    public byte[] Whole(Completion completion) => Json.Utf8(json =>
    {
        Open(json, "chat.completion");
        json.WriteStartArray("choices");
        foreach ((int i, CompletionChoice choice) in completion.Choices.Index())
        {
            json.WriteStartObject();
            json.WriteNumber("index", i);
            json.WriteStartObject("message");
            json.WriteString("role", "assistant");
            json.WriteString("content", choice.Content);
            json.WriteNull("refusal");
            if (choice.Thinking is { Length: > 0 } thinking)
                json.WriteString("reasoning_content", thinking);
            if (choice.ToolCalls is { } calls)
            {
                json.WritePropertyName("tool_calls");
                json.WriteRawValue(calls);
            }

            json.WriteEndObject();
            json.WriteNull("logprobs");
            json.WriteString("finish_reason", choice.FinishReason);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteUsage(json, completion);
        WriteCertificate(json, "reasoning", completion);
        json.WriteEndObject();
    });

    /// <summary>A chunk of one choice.</summary>
    /// <param name="index">The choice.</param>
    /// <param name="delta">Writes the members of the delta.</param>
    /// <param name="finishReason">Why the choice ends, in its last chunk.</param>
    /// <param name="completion">The completion, in its last chunk, to say how it came about.</param>
    public byte[] Chunk(int index, Action<Utf8JsonWriter> delta, string? finishReason = null, Completion? completion = null) => Json.Utf8(json =>
    {
        Open(json, "chat.completion.chunk");
        json.WriteStartArray("choices");
        json.WriteStartObject();
        json.WriteNumber("index", index);
        json.WriteStartObject("delta");
        delta(json);
        json.WriteEndObject();
        json.WriteNull("logprobs");
        json.WriteString("finish_reason", finishReason);
        json.WriteEndObject();
        json.WriteEndArray();
        if (completion is not null)
            WriteCertificate(json, "reasoning", completion);
        json.WriteEndObject();
    });

    /// <summary>The chunk with the usage, which has no choices.</summary>
    public byte[] Usage(Completion completion) => Json.Utf8(json =>
    {
        Open(json, "chat.completion.chunk");
        json.WriteStartArray("choices");
        json.WriteEndArray();
        WriteUsage(json, completion);
        json.WriteEndObject();
    });

    private void Open(Utf8JsonWriter json, string kind)
    {
        json.WriteStartObject();
        json.WriteString("id", id);
        json.WriteString("object", kind);
        json.WriteNumber("created", created);
        json.WriteString("model", model);
    }

    private static void WriteUsage(Utf8JsonWriter json, Completion completion)
    {
        RunUsage usage = completion.Result.Usage;
        json.WriteStartObject("usage");
        json.WriteNumber("prompt_tokens", usage.InputTokens);
        json.WriteNumber("completion_tokens", usage.OutputTokens);
        json.WriteNumber("total_tokens", usage.InputTokens + usage.OutputTokens);
        json.WriteStartObject("prompt_tokens_details");
        json.WriteNumber("cached_tokens", usage.CachedInputTokens);
        json.WriteEndObject();
        json.WriteStartObject("completion_tokens_details");
        json.WriteNumber("reasoning_tokens", completion.ReasoningTokens);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>An extension that clients pass over: the certificate of the answer, in short.</summary>
    public static void WriteCertificate(Utf8JsonWriter json, string name, Completion completion)
    {
        if (completion.IsPassThrough)
            return;
        ReasoningResult result = completion.Result;
        json.WriteStartObject(name);
        json.WriteString("strategy", result.Strategy);
        json.WriteString("answer", result.Answer?.Text);
        json.WriteNumber("confidence", result.Confidence);
        json.WriteString("stop_reason", SnakeCase.Of(result.StopReason));
        json.WriteNumber("model_calls", result.Usage.ModelCalls);
        json.WriteNumber("failed_calls", result.Usage.FailedCalls);
        json.WriteNumber("unreported_calls", result.Usage.UnreportedCalls);
        json.WriteNumber("rounds", result.Rounds);
        json.WriteNumber("cost", result.Usage.Cost);
        json.WriteStartArray("votes");
        foreach (VoteShare vote in result.Votes)
        {
            json.WriteStartObject();
            json.WriteString("answer", vote.Answer.Text);
            json.WriteNumber("votes", vote.Votes);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("notes");
        foreach (string note in result.Notes)
            json.WriteStringValue(note);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}

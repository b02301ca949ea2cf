using System.Text.Json;
using Agents.Reasoning;
using Agents.Server.OpenAI;

namespace Agents.Server.Responses;

/// <summary>A response as the API writes it: every field of the object is there, with what the request said of it.</summary>
/// <param name="runId">The run that answers.</param>
/// <param name="created">When it began, in seconds since the Unix epoch.</param>
/// <param name="request">The request's body.</param>
internal sealed class ResponseJson(string runId, long created, JsonElement request)
{
    /// <summary>The id of the item with what was thought.</summary>
    public string ReasoningId => "rs_" + runId;

    /// <summary>The id of the item with the answer.</summary>
    public string MessageId => "msg_" + runId;

    /// <summary>A response that has no answer: <c>queued</c>, <c>in_progress</c> or <c>cancelled</c>.</summary>
    public byte[] Open(string status) => Json.Utf8(json => Write(json, status, null, null, null, null));

    /// <summary>A response that failed.</summary>
    public byte[] Failed(ApiException error) => Json.Utf8(json => Write(json, "failed", null, error, null, null));

    /// <summary>A response with its answer.</summary>
    /// <param name="completion">The answer.</param>
    /// <param name="thought">What a stream showed as thinking; null for the answer's own.</param>
    /// <param name="text">What a stream showed as text; null for the answer's own.</param>
    public byte[] Whole(Completion completion, string? thought = null, string? text = null) => Json.Utf8(json =>
        Write(json, IsIncomplete(completion) ? "incomplete" : "completed", completion, null, thought ?? completion.Choices[0].Thinking, text ?? completion.Choices[0].Content ?? ""));

    /// <summary>Whether the answer was cut or filtered.</summary>
    public static bool IsIncomplete(Completion completion) => completion.Choices[0].FinishReason is "length" or "content_filter";

    /// <summary>Writes the item with what was thought.</summary>
    public void WriteReasoningItem(Utf8JsonWriter json, string? thought)
    {
        json.WriteStartObject();
        json.WriteString("id", ReasoningId);
        json.WriteString("type", "reasoning");
        json.WriteStartArray("summary");
        if (thought is not null)
            WriteSummary(json, thought);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Writes a part of what was thought.</summary>
    public static void WriteSummary(Utf8JsonWriter json, string thought)
    {
        json.WriteStartObject();
        json.WriteString("type", "summary_text");
        json.WriteString("text", thought);
        json.WriteEndObject();
    }

    /// <summary>Writes the item with the answer.</summary>
    public void WriteMessageItem(Utf8JsonWriter json, string status, string? text)
    {
        json.WriteStartObject();
        json.WriteString("id", MessageId);
        json.WriteString("type", "message");
        json.WriteString("role", "assistant");
        json.WriteString("status", status);
        json.WriteStartArray("content");
        if (text is not null)
            WriteText(json, text);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Writes a part of the answer.</summary>
    public static void WriteText(Utf8JsonWriter json, string text)
    {
        json.WriteStartObject();
        json.WriteString("type", "output_text");
        json.WriteString("text", text);
        json.WriteStartArray("annotations");
        json.WriteEndArray();
        json.WriteStartArray("logprobs");
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void Write(Utf8JsonWriter json, string status, Completion? completion, ApiException? error, string? thought, string? text)
    {
        json.WriteStartObject();
        json.WriteString("id", ResponseTicket.IdOf(runId));
        json.WriteString("object", "response");
        json.WriteNumber("created_at", created);
        json.WriteString("status", status);
        WriteEnd(json, completion, error);
        foreach (string name in (ReadOnlySpan<string>)["instructions", "max_output_tokens", "metadata", "model", "previous_response_id", "temperature", "top_p", "user", "safety_identifier"])
            Echo(json, name);
        json.WriteBoolean("background", Flag("background", false));
        json.WriteBoolean("store", Flag("store", true));
        json.WriteBoolean("parallel_tool_calls", Flag("parallel_tool_calls", true));
        json.WriteNull("access_programs");
        json.WriteString("tool_choice", Parameters.Find(request, "tool_choice")?.GetString() ?? "auto");
        json.WriteStartArray("tools");
        json.WriteEndArray();
        json.WriteString("truncation", "disabled");
        json.WriteStartObject("reasoning");
        JsonElement? reasoning = Parameters.Find(request, "reasoning");
        json.WriteString("effort", reasoning is { } r && Parameters.Find(r, "effort") is { } effort ? effort.GetString() : null);
        json.WriteString("summary", reasoning is { } s && Parameters.Find(s, "summary") is { } summary ? summary.GetString() : null);
        json.WriteEndObject();
        json.WritePropertyName("text");
        if (Parameters.Find(request, "text") is { } form && Parameters.Find(form, "format") is not null)
            form.WriteTo(json);
        else
            json.WriteRawValue("""{"format":{"type":"text"}}""");
        json.WriteStartArray("output");
        if (thought is { Length: > 0 })
            WriteReasoningItem(json, thought);
        if (text is not null)
            WriteMessageItem(json, status, text);
        json.WriteEndArray();
        if (completion is not null)
        {
            WriteUsage(json, completion);
            CompletionJson.WriteCertificate(json, "certificate", completion);
        }

        json.WriteEndObject();
    }

    private static void WriteEnd(Utf8JsonWriter json, Completion? completion, ApiException? error)
    {
        if (error is null)
        {
            json.WriteNull("error");
        }
        else
        {
            json.WriteStartObject("error");
            // The API's codes are a closed list; what fits none of them is the server's.
            json.WriteString("code", error.Type == "rate_limit_error" ? "rate_limit_exceeded" : error.Status == 400 ? "invalid_prompt" : "server_error");
            json.WriteString("message", error.Message);
            json.WriteEndObject();
        }

        if (completion is null || !IsIncomplete(completion))
        {
            json.WriteNull("incomplete_details");
            return;
        }

        json.WriteStartObject("incomplete_details");
        json.WriteString("reason", completion.Choices[0].FinishReason == "length" ? "max_output_tokens" : "content_filter");
        json.WriteEndObject();
    }

    private static void WriteUsage(Utf8JsonWriter json, Completion completion)
    {
        RunUsage usage = completion.Result.Usage;
        json.WriteStartObject("usage");
        json.WriteNumber("input_tokens", usage.InputTokens);
        json.WriteStartObject("input_tokens_details");
        json.WriteNumber("cached_tokens", usage.CachedInputTokens);
        json.WriteNumber("cache_write_tokens", 0);
        json.WriteEndObject();
        json.WriteNumber("output_tokens", usage.OutputTokens);
        json.WriteStartObject("output_tokens_details");
        json.WriteNumber("reasoning_tokens", completion.ReasoningTokens);
        json.WriteEndObject();
        json.WriteNumber("total_tokens", usage.InputTokens + usage.OutputTokens);
        json.WriteEndObject();
    }

    private bool Flag(string name, bool otherwise) => Parameters.Find(request, name)?.GetBoolean() ?? otherwise;

    private void Echo(Utf8JsonWriter json, string name)
    {
        if (Parameters.Find(request, name) is { } value)
        {
            json.WritePropertyName(name);
            value.WriteTo(json);
        }
        else if (name is not ("user" or "safety_identifier"))
        {
            json.WriteNull(name);
        }
    }
}

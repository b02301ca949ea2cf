using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Agents.Testing;

/// <summary>What the stub model server says: deterministic texts and the JSON around them.</summary>
public static class StubReply
{
    /// <summary>
    /// A short worked solution, a function of the prompt, the seed and the choice alone. Seven in ten state the prompt's
    /// own answer, so that votes have a majority.
    /// </summary>
    /// <param name="prompt">The last user message.</param>
    /// <param name="seed">The seed, or a hash of the idempotency key.</param>
    /// <param name="choice">The choice, from 0.</param>
    public static string TextFor(string prompt, long seed, int choice)
    {
        ulong answer = Hash(prompt) % 90 + 10;
        ulong draw = Hash(string.Create(CultureInfo.InvariantCulture, $"{seed}/{choice}/{prompt}"));
        if (draw % 10 >= 7)
            answer += 1 + draw / 10 % 3;
        return string.Create(CultureInfo.InvariantCulture, $"Let us think step by step ({draw % 100_000}). So the answer is {answer}.");
    }

    /// <summary>The text of a choice under a behaviour, cut at a stop string where the behaviour honours them.</summary>
    public static string Text(StubRequest request, StubBehavior behavior, int choice)
    {
        long seed = !behavior.HonourSeed ? request.Number : request.Seed ?? (long)Hash(request.IdempotencyKey ?? request.Number.ToString(CultureInfo.InvariantCulture));
        string text = behavior.Text?.Invoke(request, choice) ?? TextFor(request.Prompt, seed, choice);
        if (behavior.HonourStop)
        {
            foreach (string stop in request.Stop)
            {
                int at = text.IndexOf(stop, StringComparison.Ordinal);
                text = at < 0 ? text : text[..at];
            }
        }

        return text;
    }

    /// <summary>The tokens of a text: words with the space before them.</summary>
    public static IReadOnlyList<string> Tokens(string text)
    {
        var tokens = new List<string>();
        int start = 0;
        for (int i = 1; i <= text.Length; i++)
        {
            if (i < text.Length && text[i] != ' ')
                continue;
            tokens.Add(text[start..i]);
            start = i;
        }

        return text.Length == 0 ? [] : tokens;
    }

    /// <summary>The number of choices a behaviour returns.</summary>
    public static int Choices(StubRequest request, StubBehavior behavior) =>
        Math.Min(behavior.IgnoreN ? 1 : request.N, behavior.MaxChoices);

    /// <summary>A whole chat completion.</summary>
    public static byte[] Completion(StubRequest request, StubBehavior behavior)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            Open(json, request, "chat.completion");
            json.WriteStartArray("choices");
            long output = 0;
            for (int i = 0; i < Choices(request, behavior); i++)
            {
                string text = Text(request, behavior, i);
                output += Tokens(text).Count + behavior.ReasoningTokens;
                json.WriteStartObject();
                json.WriteNumber("index", i);
                json.WriteStartObject("message");
                json.WriteString("role", "assistant");
                WriteContent(json, text, behavior.ContentAsParts);
                if (behavior.Thinking is { } thinking)
                    json.WriteString(behavior.ThinkingField, thinking);
                json.WriteEndObject();
                if (behavior.LogProbabilities && request.Body.TryGetProperty("logprobs", out JsonElement asked) && asked.ValueKind == JsonValueKind.True)
                    WriteLogProbabilities(json, request, text);
                if (behavior.FinishReason is { } reason)
                    json.WriteString("finish_reason", reason);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            if (behavior.Usage)
                WriteUsage(json, request, behavior, output);
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    /// <summary>The payloads of a stream: one delta a token, the finish reason, the usage where asked for; without <c>[DONE]</c>.</summary>
    public static IReadOnlyList<string> Chunks(StubRequest request, StubBehavior behavior)
    {
        var chunks = new List<string>();
        if (behavior.Thinking is { } thinking)
            chunks.Add(Chunk(request, json => json.WriteString(behavior.ThinkingField, thinking), null));
        string text = Text(request, behavior, 0);
        foreach (string token in Tokens(text))
            chunks.Add(Chunk(request, json => json.WriteString("content", token), null));
        chunks.Add(Chunk(request, _ => { }, behavior.FinishReason));
        if (behavior.Usage && request.Has("stream_options"))
        {
            chunks.Add(Json(json =>
            {
                Open(json, request, "chat.completion.chunk");
                json.WriteStartArray("choices");
                json.WriteEndArray();
                WriteUsage(json, request, behavior, Tokens(text).Count + behavior.ReasoningTokens);
                json.WriteEndObject();
            }));
        }

        return chunks;
    }

    /// <summary>An error body.</summary>
    public static string Error(string message, string type, string? param = null) => Json(json =>
    {
        json.WriteStartObject();
        json.WriteStartObject("error");
        json.WriteString("message", message);
        json.WriteString("type", type);
        json.WriteString("param", param);
        json.WriteEndObject();
        json.WriteEndObject();
    });

    /// <summary>A 64-bit FNV-1a hash, the same in every process.</summary>
    public static ulong Hash(string text)
    {
        ulong hash = 14695981039346656037;
        foreach (byte b in Encoding.UTF8.GetBytes(text))
            hash = (hash ^ b) * 1099511628211;
        return hash ^ (hash >> 29);
    }

    private static string Chunk(StubRequest request, Action<Utf8JsonWriter> delta, string? finishReason) => Json(json =>
    {
        Open(json, request, "chat.completion.chunk");
        json.WriteStartArray("choices");
        json.WriteStartObject();
        json.WriteNumber("index", 0);
        json.WriteStartObject("delta");
        delta(json);
        json.WriteEndObject();
        json.WriteString("finish_reason", finishReason);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static void Open(Utf8JsonWriter json, StubRequest request, string kind)
    {
        json.WriteStartObject();
        json.WriteString("id", $"chatcmpl-{request.Number}");
        json.WriteString("object", kind);
        json.WriteNumber("created", request.ReceivedAt.ToUnixTimeSeconds());
        json.WriteString("model", request.Body.TryGetProperty("model", out JsonElement model) ? model.GetString() : "stub");
    }

    private static void WriteContent(Utf8JsonWriter json, string text, bool asParts)
    {
        if (!asParts)
        {
            json.WriteString("content", text);
            return;
        }

        json.WriteStartArray("content");
        foreach (string token in Tokens(text))
        {
            json.WriteStartObject();
            json.WriteString("type", "text");
            json.WriteString("text", token);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteLogProbabilities(Utf8JsonWriter json, StubRequest request, string text)
    {
        int top = request.Body.TryGetProperty("top_logprobs", out JsonElement count) ? count.GetInt32() : 0;
        json.WriteStartObject("logprobs");
        json.WriteStartArray("content");
        foreach (string token in Tokens(text))
        {
            json.WriteStartObject();
            json.WriteString("token", token);
            json.WriteNumber("logprob", -0.123456789012345);
            json.WriteStartArray("top_logprobs");
            for (int i = 0; i < top; i++)
            {
                json.WriteStartObject();
                json.WriteString("token", i == 0 ? token : $"other{i}");
                json.WriteNumber("logprob", -0.123456789012345 - i);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteUsage(Utf8JsonWriter json, StubRequest request, StubBehavior behavior, long output)
    {
        long input = request.Messages.Sum(m => Tokens(m.Text).Count + 4L);
        json.WriteStartObject("usage");
        json.WriteNumber("prompt_tokens", input);
        json.WriteNumber("completion_tokens", output);
        json.WriteNumber("total_tokens", input + output);
        json.WriteStartObject("prompt_tokens_details");
        json.WriteNumber("cached_tokens", behavior.CachedTokens);
        json.WriteEndObject();
        json.WriteStartObject("completion_tokens_details");
        json.WriteNumber("reasoning_tokens", behavior.ReasoningTokens * Choices(request, behavior));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static string Json(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
            write(json);
        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}

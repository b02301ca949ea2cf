using System.Text.Json;
using Agents.Reasoning;

namespace Agents.Models.OpenAI;

/// <summary>Writes the body of a chat completion request: what the call states, less what the upstream refuses.</summary>
internal sealed class RequestWriter
{
    private readonly Utf8JsonWriter json;
    private readonly IReadOnlySet<string> refused;
    private readonly IReadOnlyDictionary<string, JsonElement> extra;
    private readonly HashSet<string> sent = new(StringComparer.Ordinal);

    private RequestWriter(Utf8JsonWriter json, IReadOnlySet<string> refused, IReadOnlyDictionary<string, JsonElement> extra) =>
        (this.json, this.refused, this.extra) = (json, refused, extra);

    public static WireRequest Write(CompletionCall call, OpenAIModelOptions model, UpstreamTraits traits)
    {
        using var buffer = new MemoryStream();
        using var json = new Utf8JsonWriter(buffer);
        var writer = new RequestWriter(json, traits.Refused, call.Options.Extra);
        json.WriteStartObject();
        json.WriteString("model", call.Model ?? model.Model);
        json.WriteStartArray("messages");
        MessageWriter.Write(json, call.Messages);
        json.WriteEndArray();
        writer.WriteOptions(call, model, traits);
        json.WriteEndObject();
        json.Flush();
        return new WireRequest(BinaryData.FromBytes(buffer.ToArray()), writer.sent);
    }

    private void WriteOptions(CompletionCall call, OpenAIModelOptions model, UpstreamTraits traits)
    {
        SampleOptions options = call.Options;
        if (options.Temperature is { } temperature && May("temperature"))
            json.WriteNumber("temperature", temperature);
        if (options.TopP is { } topP && May("top_p"))
            json.WriteNumber("top_p", topP);
        if (options.TopK is { } topK && May("top_k"))
            json.WriteNumber("top_k", topK);
        string limit = traits.TokenLimitOr(model.EffectiveTokenLimit);
        if (options.MaxOutputTokens is { } most && May(limit))
            json.WriteNumber(limit, most);
        if (options.StopSequences.Count > 0 && May("stop"))
            WriteStrings("stop", options.StopSequences);
        if (call.Choices > 1 && May("n"))
            json.WriteNumber("n", call.Choices);
        if (call.Seed is { } seed && May("seed"))
            json.WriteNumber("seed", WireSeed.Fold(seed));
        if (options.LogProbabilities && May("logprobs"))
            json.WriteBoolean("logprobs", true);
        if (options.LogProbabilities && options.TopLogProbabilities > 0 && !refused.Contains("logprobs") && May("top_logprobs"))
            json.WriteNumber("top_logprobs", options.TopLogProbabilities);
        if (options.ResponseSchema is { } schema && May("response_format"))
            WriteSchema(schema);
        if (options.ContinueAssistant && model.SendContinueFlags)
            WriteContinueFlags();
        if (call.IsStream)
            WriteStream();
        foreach ((string name, JsonElement value) in extra)
        {
            if (IsOwn(name) || refused.Contains(name) || !sent.Add(name))
                continue;
            json.WritePropertyName(name);
            value.WriteTo(json);
        }
    }

    // What the caller states by name takes the place of what is stated as an option.
    private bool May(string parameter) => !refused.Contains(parameter) && !extra.ContainsKey(parameter) && sent.Add(parameter);

    private static bool IsOwn(string parameter) => parameter is "model" or "messages" or "n" or "stream";

    private void WriteContinueFlags()
    {
        if (May("continue_final_message"))
            json.WriteBoolean("continue_final_message", true);
        if (May("add_generation_prompt"))
            json.WriteBoolean("add_generation_prompt", false);
    }

    private void WriteStream()
    {
        json.WriteBoolean("stream", true);
        if (!May("stream_options"))
            return;
        json.WriteStartObject("stream_options");
        json.WriteBoolean("include_usage", true);
        json.WriteEndObject();
    }

    private void WriteStrings(string name, IReadOnlyList<string> values)
    {
        json.WriteStartArray(name);
        foreach (string value in values)
            json.WriteStringValue(value);
        json.WriteEndArray();
    }

    private void WriteSchema(JsonElement schema)
    {
        json.WriteStartObject("response_format");
        json.WriteString("type", "json_schema");
        json.WriteStartObject("json_schema");
        json.WriteString("name", "reply");
        json.WriteBoolean("strict", true);
        json.WritePropertyName("schema");
        schema.WriteTo(json);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}

/// <summary>A request's body and the parameters it states, by which a refusal is recognised.</summary>
/// <param name="Body">The JSON.</param>
/// <param name="Sent">The optional parameters in it.</param>
internal sealed record WireRequest(BinaryData Body, IReadOnlySet<string> Sent);

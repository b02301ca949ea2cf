using System.Text.Json;
using Agents.Reasoning;
using Microsoft.Extensions.AI;

namespace Agents.Server.OpenAI;

/// <summary>Reads a request for a chat completion. Every parameter is honoured or refused by its name; none is dropped.</summary>
internal static class CompletionReader
{
    private static readonly string[] efforts = ["none", "minimal", "low", "medium", "high", "xhigh"];

    // Says who asks and where to keep it: nothing that changes a reply.
    private static readonly string[] unheeded = ["user", "metadata", "safety_identifier", "prompt_cache_key", "prompt_cache_retention"];

    /// <summary>The request in a body.</summary>
    /// <exception cref="ApiException">A parameter is missing, wrong or not supported.</exception>
    public static CompletionRequest Read(JsonElement body, ServerOptions limits)
    {
        var extra = new SortedDictionary<string, JsonElement>(StringComparer.Ordinal);
        var options = SampleOptions.Default;
        string? model = null, effort = null, remote = null;
        IReadOnlyList<ChatMessage>? messages = null;
        JsonElement? reasoning = null;
        ReplyForm? form = null;
        bool isStream = false, includesUsage = false, hasTools = false;
        int n = 1;
        long? seed = null;
        foreach (JsonProperty property in body.EnumerateObject())
        {
            string name = property.Name;
            JsonElement value = property.Value;
            // As the API has it, null is the same as not stated.
            if (value.ValueKind == JsonValueKind.Null || unheeded.Contains(name, StringComparer.Ordinal))
                continue;
            switch (name)
            {
                case "model": model = Parameters.Text(value, name); break;
                case "messages": messages = MessageReader.Read(value, limits.MaxMessages, ref remote); break;
                case "stream": isStream = Parameters.Flag(value, name); break;
                case "stream_options": includesUsage = StreamOptions(value); break;
                case "n": n = (int)Parameters.Integer(value, name, 1, 1000); break;
                case "seed": seed = Parameters.Integer(value, name, long.MinValue, long.MaxValue); break;
                case "temperature": options = options with { Temperature = Parameters.Number(value, name, 0, 2) }; break;
                case "top_p": options = options with { TopP = Parameters.Number(value, name, 0.000001, 1) }; break;
                case "max_tokens" or "max_completion_tokens": options = options with { MaxOutputTokens = (int)Parameters.Integer(value, name, 1, 10_000_000) }; break;
                case "stop": options = options with { StopSequences = Stop(value) }; break;
                case "response_format": (form, options) = Format(value, options, extra); break;
                case "tools": hasTools = Tools(value, extra); break;
                case "tool_choice" or "parallel_tool_calls": extra[name] = value; break;
                case "reasoning_effort": effort = Effort(value, name); break;
                case "reasoning": reasoning = Parameters.Object(value, name); break;
                case "frequency_penalty" or "presence_penalty":
                    if (Parameters.Number(value, name, -2, 2) != 0)
                        (extra[name], remote) = (value, remote ?? name);
                    break;
                case "verbosity":
                    (extra[name], remote) = (value, remote ?? name);
                    break;
                case "logprobs" or "store" when value.ValueKind == JsonValueKind.False:
                case "top_logprobs" when value.ValueKind == JsonValueKind.Number && value.GetDouble() == 0:
                case "logit_bias" when value.ValueKind == JsonValueKind.Object && !value.EnumerateObject().Any():
                case "service_tier" when value.ValueKind == JsonValueKind.String && value.GetString() is "auto" or "default":
                case "modalities" when value.ValueKind == JsonValueKind.Array && value.GetRawText().Replace(" ", "", StringComparison.Ordinal) == "[\"text\"]":
                    break;
                default:
                    throw ApiException.Unsupported(Parameters.Shown(name), $"The parameter '{Parameters.Shown(name)}' is not supported by this server.");
            }
        }

        if (!hasTools && (extra.ContainsKey("tool_choice") || extra.ContainsKey("parallel_tool_calls")))
            throw ApiException.Invalid(extra.ContainsKey("tool_choice") ? "tool_choice" : "parallel_tool_calls", "Without 'tools' there is nothing to choose among.");
        if (includesUsage && !isStream)
            throw ApiException.Invalid("stream_options", "'stream_options' needs 'stream': true.");
        if (hasTools && form is not null)
            throw ApiException.Unsupported("response_format", "'response_format' beside 'tools' is not supported.");
        (reasoning, bool answerOnly) = AnswerOnly(reasoning);
        return new CompletionRequest
        {
            Model = model ?? throw ApiException.Invalid("model", "'model' is missing.", "missing_parameter"),
            IsStream = isStream,
            IncludesUsage = includesUsage,
            AnswerOnly = answerOnly,
            Form = form,
            Question = new RunQuestion
            {
                Model = model,
                Messages = messages ?? throw ApiException.Invalid("messages", "'messages' is missing.", "missing_parameter"),
                Options = options with { Extra = extra },
                Reasoning = reasoning,
                Effort = effort,
                Answers = n,
                Seed = seed,
                HasTools = hasTools,
                Extractor = hasTools ? new ToolCallExtractor(ReplyExtractor.Instance) : form,
                RemoteParameter = hasTools ? "tools" : form is not null && options.ResponseSchema is null ? "response_format" : remote,
            },
        };
    }

    private static (JsonElement?, bool) AnswerOnly(JsonElement? reasoning) =>
        (reasoning, reasoning is { } field && Parameters.Find(field, "answer_only") is { } only && Parameters.Flag(only, "reasoning.answer_only"));

    private static bool StreamOptions(JsonElement value)
    {
        Parameters.OnlyKnown(Parameters.Object(value, "stream_options"), "stream_options.", "include_usage", "include_obfuscation");
        return Parameters.Find(value, "include_usage") is { } asked && Parameters.Flag(asked, "stream_options.include_usage");
    }

    private static string[] Stop(JsonElement value)
    {
        string[] stops = value.ValueKind == JsonValueKind.String ? [Parameters.Text(value, "stop")] : [.. Parameters.Array(value, "stop").EnumerateArray().Select(s => Parameters.Text(s, "stop"))];
        return stops.Length <= 16 && stops.All(s => s.Length > 0) ? stops : throw ApiException.Invalid("stop", "'stop' must be up to 16 strings, none of them empty.");
    }

    /// <summary>How much to think, in OpenAI's words.</summary>
    public static string Effort(JsonElement value, string name)
    {
        string effort = Parameters.Text(value, name);
        return efforts.Contains(effort, StringComparer.Ordinal) ? effort
            : throw ApiException.Invalid(name, $"'{name}' must be one of {string.Join(", ", efforts)}.");
    }

    private static bool Tools(JsonElement value, SortedDictionary<string, JsonElement> extra)
    {
        if (Parameters.Array(value, "tools").GetArrayLength() == 0)
            return false;
        foreach ((int i, JsonElement tool) in value.EnumerateArray().Index())
        {
            if (Parameters.Find(Parameters.Object(tool, $"tools[{i}]"), "type") is not { ValueKind: JsonValueKind.String } type || type.GetString() != "function")
                throw ApiException.Unsupported($"tools[{i}].type", $"'tools[{i}].type' must be 'function'.");
        }

        extra["tools"] = value;
        return true;
    }

    private static (ReplyForm?, SampleOptions) Format(JsonElement value, SampleOptions options, SortedDictionary<string, JsonElement> extra)
    {
        string type = Parameters.Find(Parameters.Object(value, "response_format"), "type") is { } given ? Parameters.Text(given, "response_format.type") : "";
        switch (type)
        {
            case "text":
                return (null, options);
            case "json_object":
                extra["response_format"] = value;
                return (new ReplyForm(null), options);
            case "json_schema":
                JsonElement stated = Parameters.Find(value, "json_schema") is { } outer && Parameters.Find(Parameters.Object(outer, "response_format.json_schema"), "schema") is { } inner
                    ? Parameters.Object(inner, "response_format.json_schema.schema")
                    : throw ApiException.Invalid("response_format.json_schema.schema", "'response_format.json_schema.schema' is missing.", "missing_parameter");
                return (ReplyForm.Of(stated, "response_format.json_schema.schema"), options with { ResponseSchema = stated });
            default:
                throw ApiException.Unsupported("response_format.type", $"'response_format.type' is '{Parameters.Shown(type)}'; it must be text, json_object or json_schema.");
        }
    }
}

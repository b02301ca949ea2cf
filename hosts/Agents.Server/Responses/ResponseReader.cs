using System.Text.Json;
using System.Text.Json.Nodes;
using Agents.Reasoning;
using Agents.Server.OpenAI;
using Microsoft.Extensions.AI;

namespace Agents.Server.Responses;

/// <summary>Reads a request for a response: text in, text out. Every parameter is honoured or refused by its name; none is dropped.</summary>
internal static class ResponseReader
{
    private const int MaxMetadata = 16;

    // Says who asks and how to cache it: nothing that changes a reply.
    private static readonly string[] unheeded = ["user", "safety_identifier", "prompt_cache_key", "prompt_cache_retention"];
    private static readonly string[] summaries = ["auto", "concise", "detailed"];
    private static readonly string[] verbosities = ["low", "medium", "high"];

    /// <summary>The request in a ticket.</summary>
    /// <exception cref="ApiException">A parameter is missing, wrong or not supported.</exception>
    public static ResponseRequest Read(ResponseTicket ticket, ServerOptions limits)
    {
        var extra = new SortedDictionary<string, JsonElement>(StringComparer.Ordinal);
        var options = SampleOptions.Default;
        string? model = null, effort = null, instructions = null, remote = null;
        IReadOnlyList<ChatMessage>? input = null;
        JsonElement? reasoning = null;
        ReplyForm? form = null;
        bool isStream = false, isBackground = false, isStored = true;
        IReadOnlyList<ChatMessage> history = InputReader.Read(ticket.History, "previous_response_id", limits.MaxMessages, ref remote);
        foreach (JsonProperty property in ticket.Request.EnumerateObject())
        {
            string name = property.Name;
            JsonElement value = property.Value;
            if (value.ValueKind == JsonValueKind.Null || unheeded.Contains(name, StringComparer.Ordinal))
                continue;
            switch (name)
            {
                case "model": model = Parameters.Text(value, name); break;
                case "input": input = InputReader.Read(value, name, limits.MaxMessages, ref remote); break;
                case "instructions": instructions = Parameters.Text(value, name); break;
                case "previous_response_id": Parameters.Text(value, name); break;
                case "stream": isStream = Parameters.Flag(value, name); break;
                case "stream_options": Parameters.OnlyKnown(Parameters.Object(value, name), "stream_options.", "include_obfuscation"); break;
                case "background": isBackground = Parameters.Flag(value, name); break;
                case "store": isStored = Parameters.Flag(value, name); break;
                case "metadata": CheckMetadata(value); break;
                case "temperature": options = options with { Temperature = Parameters.Number(value, name, 0, 2) }; break;
                case "top_p": options = options with { TopP = Parameters.Number(value, name, 0.000001, 1) }; break;
                case "max_output_tokens": options = options with { MaxOutputTokens = (int)Parameters.Integer(value, name, 1, 10_000_000) }; break;
                case "reasoning": (effort, reasoning) = Reasoning(value); break;
                case "text": (form, options) = Text(value, options, extra, ref remote); break;
                case "tools" when value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 0:
                case "include" when value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 0:
                case "tool_choice" when value.ValueKind == JsonValueKind.String && value.GetString() is "auto" or "none":
                case "parallel_tool_calls" when value.ValueKind is JsonValueKind.True or JsonValueKind.False:
                case "truncation" when value.ValueKind == JsonValueKind.String && value.GetString() == "disabled":
                case "service_tier" when value.ValueKind == JsonValueKind.String && value.GetString() is "auto" or "default":
                case "top_logprobs" when value.ValueKind == JsonValueKind.Number && value.GetDouble() == 0:
                    break;
                case "tools":
                    throw ApiException.Unsupported(name, "'tools' is not supported at /v1/responses; /v1/chat/completions takes tools.");
                default:
                    throw ApiException.Unsupported(Parameters.Shown(name), $"The parameter '{Parameters.Shown(name)}' is not supported by this server, or not with this value.");
            }
        }

        if (isBackground && isStream)
            throw ApiException.Unsupported("stream", "'stream' beside 'background' is not supported: ask for the response by its id.");
        if (isBackground && !isStored)
            throw ApiException.Invalid("store", "A response in the background is kept until it is deleted: 'store' must not be false.");
        IReadOnlyList<ChatMessage> system = instructions is { Length: > 0 } ? [new ChatMessage(ChatRole.System, instructions)] : [];
        return new ResponseRequest
        {
            IsBackground = isBackground,
            IsStored = isStored,
            Completion = new CompletionRequest
            {
                Model = model ?? throw ApiException.Invalid("model", "'model' is missing.", "missing_parameter"),
                IsStream = isStream,
                Form = form,
                AnswerOnly = reasoning is { } field && Parameters.Find(field, "answer_only") is { } only && Parameters.Flag(only, "reasoning.answer_only"),
                Question = new RunQuestion
                {
                    Model = model,
                    Messages = [.. system, .. history, .. input ?? throw ApiException.Invalid("input", "'input' is missing.", "missing_parameter")],
                    Options = options with { Extra = extra },
                    Reasoning = reasoning,
                    Effort = effort,
                    Extractor = form,
                    RemoteParameter = form is not null && options.ResponseSchema is null ? "text.format" : remote,
                },
            },
        };
    }

    /// <summary>The API's own fields of <c>reasoning</c>, and the rest, which is ours as in a completion.</summary>
    private static (string? Effort, JsonElement? Own) Reasoning(JsonElement value)
    {
        JsonObject rest = JsonObject.Create(Parameters.Object(value, "reasoning"))!;
        string? effort = Parameters.Find(value, "effort") is { } given ? CompletionReader.Effort(given, "reasoning.effort") : null;
        foreach (string name in (ReadOnlySpan<string>)["summary", "generate_summary"])
        {
            if (Parameters.Find(value, name) is { } summary)
                OneOf(summary, "reasoning." + name, summaries);
            rest.Remove(name);
        }

        rest.Remove("effort");
        return (effort, rest.Count > 0 ? JsonElement.Parse(rest.ToJsonString()) : null);
    }

    private static (ReplyForm?, SampleOptions) Text(JsonElement value, SampleOptions options, SortedDictionary<string, JsonElement> extra, ref string? remote)
    {
        Parameters.OnlyKnown(Parameters.Object(value, "text"), "text.", "format", "verbosity");
        if (Parameters.Find(value, "verbosity") is { } verbosity && OneOf(verbosity, "text.verbosity", verbosities) != "medium")
            (extra["verbosity"], remote) = (verbosity, remote ?? "text.verbosity");
        if (Parameters.Find(value, "format") is not { } format)
            return (null, options);
        string type = Parameters.Find(Parameters.Object(format, "text.format"), "type") is { } given ? Parameters.Text(given, "text.format.type") : "";
        switch (type)
        {
            case "text":
                return (null, options);
            case "json_object":
                extra["response_format"] = JsonElement.Parse("""{"type":"json_object"}""");
                return (new ReplyForm(null), options);
            case "json_schema":
                JsonElement schema = Parameters.Object(Parameters.Find(format, "schema") ?? throw ApiException.Invalid("text.format.schema", "'text.format.schema' is missing.", "missing_parameter"), "text.format.schema");
                return (ReplyForm.Of(schema, "text.format.schema"), options with { ResponseSchema = schema });
            default:
                throw ApiException.Unsupported("text.format.type", $"'text.format.type' is '{Parameters.Shown(type)}'; it must be text, json_object or json_schema.");
        }
    }

    private static string OneOf(JsonElement value, string name, string[] known)
    {
        string text = Parameters.Text(value, name);
        return known.Contains(text, StringComparer.Ordinal) ? text : throw ApiException.Invalid(name, $"'{name}' must be one of {string.Join(", ", known)}.");
    }

    private static void CheckMetadata(JsonElement value)
    {
        JsonProperty[] pairs = [.. Parameters.Object(value, "metadata").EnumerateObject()];
        if (pairs.Length > MaxMetadata || pairs.Any(p => p.Name.Length > 64 || p.Value.ValueKind != JsonValueKind.String || Parameters.Text(p.Value, "metadata").Length > 512))
            throw ApiException.Invalid("metadata", $"'metadata' may hold {MaxMetadata} pairs, names of up to 64 and texts of up to 512 characters.");
    }
}

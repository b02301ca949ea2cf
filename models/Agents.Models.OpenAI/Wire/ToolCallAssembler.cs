using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Agents.Models.OpenAI;

/// <summary>Puts tool calls together, whole ones or the parts of a stream.</summary>
internal sealed class ToolCallAssembler
{
    private readonly SortedDictionary<int, Call> calls = [];

    /// <summary>Adds the value of a <c>tool_calls</c> field; anything but an array is passed over.</summary>
    public void Add(JsonElement? toolCalls)
    {
        if (toolCalls is not { ValueKind: JsonValueKind.Array } parts)
            return;
        int position = 0;
        foreach (JsonElement part in parts.EnumerateArray().Where(p => p.ValueKind == JsonValueKind.Object))
        {
            int index = part.TryGetProperty("index", out JsonElement at) && at.ValueKind == JsonValueKind.Number ? at.GetInt32() : position;
            position++;
            if (!calls.TryGetValue(index, out Call? call))
                calls.Add(index, call = new Call());
            call.Id = Text(part, "id") ?? call.Id;
            if (!part.TryGetProperty("function", out JsonElement function) || function.ValueKind != JsonValueKind.Object)
                continue;
            call.Name = Text(function, "name") ?? call.Name;
            if (function.TryGetProperty("arguments", out JsonElement arguments))
                call.Arguments.Append(arguments.ValueKind == JsonValueKind.String ? arguments.GetString() : arguments.GetRawText());
        }
    }

    /// <summary>The calls, by their index; arguments that are not JSON are an error on the call, as the abstraction has it.</summary>
    public IReadOnlyList<FunctionCallContent> Finish() =>
        [.. calls.Where(c => c.Value.Name.Length > 0).Select(c => FunctionCallContent.CreateFromParsedArguments(
            c.Value.Arguments.ToString(),
            c.Value.Id ?? string.Create(CultureInfo.InvariantCulture, $"call_{c.Key}"),
            c.Value.Name,
            static json => json.Length == 0 ? null : JsonSerializer.Deserialize(json, ExtraJson.Default.DictionaryStringJsonElement)!.ToDictionary(a => a.Key, a => (object?)a.Value)))];

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;

    private sealed class Call
    {
        public string? Id { get; set; }

        public string Name { get; set; } = "";

        public StringBuilder Arguments { get; } = new();
    }
}

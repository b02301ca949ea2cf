using System.Text.Json;
using Agents.Reasoning;
using Microsoft.Extensions.AI;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Agents.Server.Mcp;

/// <summary>The catalogue's prompts, under the names of the catalogue. MCP knows no system messages: they come as the user's, first.</summary>
internal static class McpPrompts
{
    private static readonly Dictionary<string, Prompt> prompts = PromptCatalogue.Names.ToDictionary(n => n, Describe, StringComparer.Ordinal);

    public static ListPromptsResult List { get; } = new() { Prompts = [.. prompts.Values] };

    /// <summary>A prompt with its arguments put in.</summary>
    /// <exception cref="McpProtocolException">There is no such prompt, or the arguments are not its own.</exception>
    public static GetPromptResult Get(GetPromptRequestParams parameters)
    {
        if (!prompts.TryGetValue(parameters.Name, out Prompt? prompt))
            throw Invalid($"There is no prompt '{Parameters.Shown(parameters.Name)}'; prompts/list names those there are.");
        var given = parameters.Arguments ?? new Dictionary<string, JsonElement>();
        if (given.Keys.FirstOrDefault(k => prompt.Arguments!.All(a => a.Name != k)) is { } unknown)
            throw Invalid($"The prompt {prompt.Name} takes no '{Parameters.Shown(unknown)}'. It takes: {string.Join(", ", prompt.Arguments!.Select(a => a.Name))}.");
        (string, string)[] values = [.. prompt.Arguments!.Select(a => (a.Name, ValueOf(prompt, a, given)))];
        return new GetPromptResult
        {
            Description = prompt.Description,
            Messages = [.. PromptCatalogue.Shipped[prompt.Name].Render([], values).Select(m => new PromptMessage { Role = m.Role == ChatRole.Assistant ? Role.Assistant : Role.User, Content = new TextContentBlock { Text = m.Text } })],
        };
    }

    private static string ValueOf(Prompt prompt, PromptArgument argument, IDictionary<string, JsonElement> given)
    {
        if (given.TryGetValue(argument.Name, out JsonElement value))
            return value.ValueKind == JsonValueKind.String ? value.GetString()! : throw Invalid($"The argument '{argument.Name}' of {prompt.Name} must be a string.");
        return argument.Required is true ? throw Invalid($"The prompt {prompt.Name} needs '{argument.Name}': {argument.Description}") : "";
    }

    private static Prompt Describe(string name)
    {
        JsonElement config = JsonElement.Parse(PromptCatalogue.Shipped.ReadFile(name + "/config.json"));
        return new Prompt
        {
            Name = name,
            Description = config.TryGetProperty("description", out JsonElement about) ? about.GetString() : null,
            Arguments =
            [
                .. config.GetProperty("input_variables").EnumerateArray().Select(v => new PromptArgument
                {
                    Name = v.GetProperty("name").GetString()!,
                    Description = v.TryGetProperty("description", out JsonElement meaning) ? meaning.GetString() : null,
                    Required = !v.TryGetProperty("is_required", out JsonElement required) || required.GetBoolean(),
                }),
            ],
        };
    }

    private static McpProtocolException Invalid(string message) => new(message, McpErrorCode.InvalidParams);
}

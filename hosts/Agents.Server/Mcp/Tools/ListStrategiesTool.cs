using System.Text.Json;
using System.Text.Json.Nodes;
using Agents.Hosting.Catalogue;
using Agents.Reasoning;
using ModelContextProtocol.Protocol;
using static Agents.Server.Mcp.Tools.ToolSchema;

namespace Agents.Server.Mcp.Tools;

/// <summary>What there is to choose from: strategies with their cost, verifiers, models. It asks no model.</summary>
internal sealed class ListStrategiesTool(ServedModels models, QuestionArguments arguments) : IMcpTool
{
    public Tool Description { get; } = new()
    {
        Name = "list_strategies",
        Title = "List strategies",
        Description = "Lists the reasoning strategies with idea, number of model calls and longest chain of calls, the verifiers and the models. With 'strategy': that one, with its settings.",
        InputSchema = Element(Object([], ("strategy", OneOf("The one to list, with its settings.", StrategyCatalogue.Descriptions.Select(d => d.Name))))),
        OutputSchema = Element(Object(["strategies", "verifiers", "models", "default_strategy"],
            ("strategies", List("The strategies.", Object(["name", "idea", "calls", "critical_path", "source"],
                ("name", Text("The name.")), ("idea", Text("The idea in a sentence.")), ("calls", Text("Model calls, as a formula of the settings.")), ("critical_path", Text("Calls in sequence, as a formula.")), ("source", Text("Authors, year, arXiv id.")),
                ("settings", List("What it can be set to.", Open("A setting: name, type, default, minimum, maximum, choices, meaning.")))))),
            ("verifiers", List("The verifiers.", Object(["name", "idea"], ("name", Text("The name.")), ("idea", Text("The idea."))))),
            ("models", List("The models.", Text("A name."))),
            ("default_strategy", Text("The strategy of calls that name none.")))),
        Annotations = new ToolAnnotations { ReadOnlyHint = true, IdempotentHint = true, OpenWorldHint = false },
    };

    public Task<JsonElement> CallAsync(ToolCall call)
    {
        Parameters.OnlyKnown(call.Arguments, "", "strategy");
        string? only = Parameters.Find(call.Arguments, "strategy") is { } name ? Parameters.Text(name, "strategy") : null;
        var strategies = (JsonArray)JsonNode.Parse(CatalogueJson.Strategies())!;
        JsonObject[] chosen = [.. strategies.OfType<JsonObject>().Where(s => only is null || string.Equals((string?)s["name"], only, StringComparison.OrdinalIgnoreCase))];
        if (chosen.Length == 0)
            throw ApiException.Invalid("strategy", $"There is no strategy '{Parameters.Shown(only!)}'. There are: {string.Join(", ", StrategyCatalogue.Descriptions.Select(d => d.Name))}.");
        strategies.Clear();
        // The settings of all together are more than a conversation should carry.
        foreach (JsonObject strategy in only is null ? chosen : [])
            strategy.Remove("settings");
        var content = new JsonObject
        {
            ["strategies"] = new JsonArray([.. chosen]),
            ["verifiers"] = JsonNode.Parse(CatalogueJson.Verifiers()),
            ["models"] = new JsonArray([.. models.Names.Select(n => (JsonNode)n)]),
            ["default_strategy"] = arguments.DefaultStrategy,
        };
        return Task.FromResult(JsonElement.Parse(Json.Text(json => content.WriteTo(json))));
    }
}

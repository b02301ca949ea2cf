using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Agents.Reasoning;
using Agents.Reasoning.Verifiers;
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
        StrategyDescription[] chosen = [.. StrategyCatalogue.Descriptions.Where(d => only is null || string.Equals(d.Name, only, StringComparison.OrdinalIgnoreCase))];
        if (chosen.Length == 0)
            throw ApiException.Invalid("strategy", $"There is no strategy '{Parameters.Shown(only!)}'. There are: {string.Join(", ", StrategyCatalogue.Descriptions.Select(d => d.Name))}.");
        var content = new JsonObject
        {
            ["strategies"] = new JsonArray([.. chosen.Select(d => Strategy(d, hasSettings: only is not null))]),
            ["verifiers"] = new JsonArray([.. VerifierCatalogue.Descriptions.Select(v => new JsonObject { ["name"] = v.Name, ["idea"] = v.Idea })]),
            ["models"] = new JsonArray([.. models.Names.Select(n => (JsonNode)n)]),
            ["default_strategy"] = arguments.DefaultStrategy,
        };
        return Task.FromResult(JsonElement.Parse(Json.Text(json => content.WriteTo(json))));
    }

    private static JsonObject Strategy(StrategyDescription about, bool hasSettings)
    {
        var strategy = new JsonObject { ["name"] = about.Name, ["idea"] = about.Idea, ["calls"] = about.Calls, ["critical_path"] = about.CriticalPath, ["source"] = about.Source };
        if (hasSettings)
            strategy["settings"] = new JsonArray([.. StrategyCatalogue.SettingsOf(about.Name).Select(s => Setting(about.Name, s))]);
        return strategy;
    }

    private static JsonObject Setting(string strategy, StrategySetting setting) => new()
    {
        ["name"] = setting.Name,
        ["type"] = setting.Kind.ToString().ToLower(CultureInfo.InvariantCulture),
        ["default"] = StrategyDefaults.Of(strategy, setting),
        ["minimum"] = setting.Min,
        ["maximum"] = setting.Max,
        ["choices"] = setting.Choices.Count == 0 ? null : new JsonArray([.. setting.Choices.Select(c => (JsonNode)c)]),
        ["meaning"] = setting.Idea,
    };
}

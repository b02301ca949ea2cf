using System.Text.Json;
using System.Text.Json.Nodes;
using Agents.Answers;
using Agents.Reasoning;
using static Agents.Server.Mcp.Tools.ToolSchema;

namespace Agents.Server.Mcp.Tools;

/// <summary>The arguments that say what is asked and how: the fields of <c>POST /api/reason</c>, so that a tool plans as the endpoint does. Immutable, thread-safe.</summary>
internal sealed class QuestionArguments(ServedModels models, ServerOptions options)
{
    /// <summary>The strategy of calls that name none.</summary>
    public string DefaultStrategy { get; } = options.Mcp.Strategy ?? ReasoningExtensions.DefaultStrategy;

    /// <summary>The question and the limits of its run: what every tool that runs something takes.</summary>
    public static IEnumerable<(string, JsonObject)> Asking() =>
    [
        ("question", Text("The question, complete in itself. One of 'question' and 'messages' is needed.")),
        ("messages", List("A conversation in place of a question; the last message is the user's question.", Object(["role", "content"], ("role", OneOf("Who speaks.", ["system", "user", "assistant"])), ("content", Text("What is said."))), least: 1)),
        ("expect", OneOf("The kind of answer the question asks for. Default: any.", Enum.GetNames<AnswerKind>().Select(n => n.ToLowerInvariant()))),
        ("temperature", Number("Sampling temperature in place of the strategy's own.", 0, 2)),
        ("max_tokens", Whole("The most tokens of one reply.", 1, 10_000_000)),
        ("seed", Whole("The seed of every random choice: the same call gives the same samples where the model honours it.", -9_007_199_254_740_991, 9_007_199_254_740_991)),
        ("budget", Object([], ("calls", Whole("Model calls.", 1, 1_000_000)), ("tokens", Whole("Tokens, in and out.", 1, 1_000_000_000)), ("seconds", Number("Wall-clock seconds.", 0.001, 86_400)), ("cost", Number("Money, where the model has a price.", 0, 1_000_000)))),
    ];

    /// <summary>How it is to be solved.</summary>
    public IEnumerable<(string, JsonObject)> Solving() =>
    [
        ("strategy", OneOf($"How to reason; 'list_strategies' tells more. Default: {DefaultStrategy}.", StrategyCatalogue.Descriptions.Select(d => d.Name))),
        ("samples", Whole("Solutions to sample, or the most of an adaptive strategy.", 1, 1000)),
        ("settings", Open("Further settings of the strategy by name; 'list_strategies' lists them.")),
        ("workflow", Open("A workflow document in place of a strategy.")),
    ];

    /// <summary>Which model.</summary>
    public (string, JsonObject) Model() => ("model", Text($"The model: {string.Join(", ", models.Names)}.{(models.Names.Count == 1 ? " It need not be named." : "")}"));

    /// <summary>The arguments as the body of a request: without the tool's own, with the default strategy where none is chosen.</summary>
    /// <param name="arguments">The arguments.</param>
    /// <param name="own">Names that are the tool's own.</param>
    public JsonElement Body(JsonElement arguments, params ReadOnlySpan<string> own)
    {
        JsonObject body = Without(arguments, own);
        bool isChosen = body["strategy"] is not null || body["workflow"] is not null || ((body["model"] as JsonValue)?.TryGetValue(out string? model) == true && models.Find(model) is null && model.Contains('/', StringComparison.Ordinal));
        if (!isChosen)
            body["strategy"] = DefaultStrategy;
        return JsonElement.Parse(body.ToJsonString());
    }

    /// <summary>The arguments without some names.</summary>
    public static JsonObject Without(JsonElement arguments, params ReadOnlySpan<string> names)
    {
        JsonObject rest = JsonObject.Create(arguments)!;
        foreach (string name in names)
            rest.Remove(name);
        return rest;
    }

    /// <summary>A yes or no of the tool's own; no where it is absent.</summary>
    public static bool Flag(JsonElement arguments, string name) => Parameters.Find(arguments, name) is { } value && Parameters.Flag(value, name);
}

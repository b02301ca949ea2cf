using System.Text.Json;
using System.Text.Json.Nodes;
using Agents.Hosting.Results;
using Agents.Reasoning;
using static Agents.Server.Mcp.Tools.ToolSchema;

namespace Agents.Server.Mcp.Tools;

/// <summary>A result as tools return it: the answer with its certificate, short enough for a conversation.</summary>
internal static class SolutionContent
{
    public const string Candidates = "candidates";

    public static JsonObject Schema() => Object(
        ["answer", "solution", "confidence", "strategy", "stop_reason", "rounds", "abstentions", "votes", "usage", "notes"],
        ("answer", Nullable(Text("The answer, or null."))),
        ("solution", Nullable(Text("The chosen solution as the model wrote it."))),
        ("confidence", Nullable(Number("How sure the strategy is, 0 to 1, or null where its method gives no such number."))),
        ("strategy", Text("The strategy that ran.")),
        ("stop_reason", Text("Why the run ended.")),
        ("rounds", Whole("Calls on the longest chain in which each waited for the one before.", 0, int.MaxValue)),
        ("abstentions", Whole("Solutions without a readable answer.", 0, int.MaxValue)),
        ("votes", List("The votes, heaviest first.", Object(["answer", "votes", "weight"], ("answer", Text("The answer.")), ("votes", Whole("Solutions that state it.", 0, int.MaxValue)), ("weight", Number("The weight of those solutions."))))),
        ("usage", Open("Model calls, tokens and cost, summed over all inner calls.")),
        ("notes", List("What a reader should know: fallbacks, emulated capabilities, lost samples.", Text("A note."))),
        (Candidates, List("Every solution with its verdicts, where they were asked for.", Open("A solution."))));

    /// <summary>The argument by which a caller asks for all candidates.</summary>
    public static (string, JsonObject) Argument() => (Candidates, ToolSchema.Flag("Return every solution with its verdicts, not only the chosen one."));

    /// <summary>The content of a result that has an answer.</summary>
    /// <exception cref="ApiException">It has none; the message says why.</exception>
    public static JsonElement Of(ReasoningResult result, bool hasCandidates) =>
        result.Answer is null ? throw RunFailure.Of(result) : Of(ResultJson.Write(result), hasCandidates);

    /// <summary>The content of a result that was written down.</summary>
    public static JsonElement Of(string resultJson, bool hasCandidates)
    {
        var whole = (JsonObject)JsonNode.Parse(resultJson)!;
        var content = new JsonObject();
        foreach (string name in (ReadOnlySpan<string>)["answer", "solution", "confidence", "strategy", "stop_reason", "rounds", "abstentions", "votes", "usage", "notes"])
            content[name] = name == "solution" ? Chosen(whole) : whole[name]?.DeepClone();
        foreach (JsonNode? vote in (JsonArray)content["votes"]!)
            ((JsonObject)vote!).Remove("candidates");
        if (hasCandidates)
            content[Candidates] = whole[Candidates]!.DeepClone();
        return JsonElement.Parse(Json.Text(json => content.WriteTo(json)));
    }

    private static JsonNode? Chosen(JsonObject whole) =>
        ((JsonArray)whole[Candidates]!).FirstOrDefault(c => (bool)c!["selected"]!)?["text"]?.DeepClone();
}

using System.Text.Json;
using System.Text.Json.Nodes;
using Agents.Hosting.Requests;
using Agents.Hosting.Results;
using Agents.Hosting.Texts;
using Agents.Reasoning;

namespace Agents.Hosting.Durable;

/// <summary>
/// The output of a durable run: the result as every endpoint gives it where it is short; else what it comes to, and the id under
/// which the whole is kept.
/// </summary>
public static class DurableOutput
{
    /// <summary>The most characters of a result that is the output itself.</summary>
    public const int MaxInline = 8192;

    private static readonly string[] essence = ["answer", "confidence", "stop_reason", "strategy", "rounds", "failure", "usage", "votes", "abstentions", "notes"];

    /// <summary>The output of a run.</summary>
    /// <param name="result">The result.</param>
    /// <param name="approval">What a person decided, or null.</param>
    /// <param name="store">Where a long result goes.</param>
    public static JsonElement Write(ReasoningResult result, JsonElement? approval, IRunStore store)
    {
        JsonObject whole = JsonNode.Parse(ResultJson.Write(result))!.AsObject();
        if (approval is { } decided)
            whole["approval"] = JsonNode.Parse(decided.GetRawText());
        string text = whole.ToJsonString();
        if (text.Length <= MaxInline)
            return JsonElement.Parse(text);
        var brief = new JsonObject();
        foreach (string name in (IEnumerable<string>)[.. essence, "approval"])
        {
            if (whole.ContainsKey(name))
                brief[name] = whole[name]!?.DeepClone();
        }

        brief["result_id"] = store.Put(text);
        return JsonElement.Parse(brief.ToJsonString());
    }

    /// <summary>The whole result of an output.</summary>
    public static JsonElement Whole(JsonElement output, IRunStore store) =>
        Parameters.Find(output, "result_id") is { } id ? JsonElement.Parse(store.Get(id.GetString()!)) : output;
}

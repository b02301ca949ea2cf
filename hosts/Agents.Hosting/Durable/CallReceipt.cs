using System.Text.Json;
using System.Text.Json.Nodes;
using Agents.Hosting.Texts;
using Agents.Reasoning;

namespace Agents.Hosting.Durable;

/// <summary>What an activity gives back: the key it was given, and the outcome, by its id where it is long.</summary>
public static class CallReceipt
{
    /// <summary>The most characters of an outcome that stands in the receipt itself, and so in the history.</summary>
    public const int MaxInline = 1024;

    /// <summary>The receipt of a call.</summary>
    public static JsonElement Write(string key, CallOutcome outcome, IRunStore store)
    {
        string text = JsonSerializer.Serialize(outcome, ReasoningJson.Readable.CallOutcome);
        var receipt = new JsonObject { ["key"] = key };
        if (text.Length <= MaxInline)
            receipt["outcome"] = JsonNode.Parse(text);
        else
            receipt["outcome_id"] = store.Put(text);
        return JsonElement.Parse(receipt.ToJsonString());
    }

    /// <summary>The key and outcome that a receipt stands for.</summary>
    /// <exception cref="RunTextMissingException">The outcome's text is not there any more.</exception>
    public static SampleDelivery Read(JsonElement receipt, IRunStore store)
    {
        string key = receipt.GetProperty("key").GetString()!;
        CallOutcome? outcome = receipt.TryGetProperty("outcome", out JsonElement inline)
            ? inline.Deserialize(ReasoningJson.Readable.CallOutcome)
            : JsonSerializer.Deserialize(store.Get(receipt.GetProperty("outcome_id").GetString()!), ReasoningJson.Readable.CallOutcome);
        return new SampleDelivery(key, outcome!);
    }
}

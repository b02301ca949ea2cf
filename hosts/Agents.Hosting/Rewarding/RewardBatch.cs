using System.Globalization;
using System.Text.Json;
using Agents.Hosting.Requests;
using Agents.Reasoning;
using Agents.Reasoning.Verifiers;
using Agents.Rewards;

namespace Agents.Hosting.Rewarding;

/// <summary>
/// A batch of completions to be rewarded, as a trainer sends it over HTTP: <c>items</c>, and perhaps a reward document (<c>rewards</c>,
/// <c>refuse</c>, <c>refused</c>) and <c>advantages</c> (<c>grpo</c> or <c>dr-grpo</c>). The same for every host. No model is asked, and nothing
/// outside of the request is read.
/// </summary>
public sealed class RewardBatch
{
    private const int MaxItems = 10_000;
    private const string Items = "items", Advantages = "advantages";

    // The verifiers that ask no model and read no file: what a request may name costs nothing but a moment.
    private static readonly string[] verifiers = ["arithmetic", "game24"];
    private static readonly string[] document = ["rewards", "refuse", "refused"];
    private static readonly ReasoningRunner runner = new(new ReasoningModels(new NoModel()));

    private readonly IReadOnlyList<RewardRow> rows;
    private readonly RewardFunction function;
    private readonly AdvantageRule? rule;

    private RewardBatch(IReadOnlyList<RewardRow> rows, RewardFunction function, AdvantageRule? rule) => (this.rows, this.function, this.rule) = (rows, function, rule);

    /// <summary>Reads a batch.</summary>
    /// <param name="body">The request's body.</param>
    /// <exception cref="ApiException">Something in it cannot be used; the message says what and where.</exception>
    public static RewardBatch Read(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object || !body.TryGetProperty(Items, out JsonElement items) || items.ValueKind != JsonValueKind.Array)
            throw ApiException.Invalid(Items, "\"items\" must be a list of completions.");
        if (items.GetArrayLength() > MaxItems)
            throw ApiException.Invalid(Items, $"At most {MaxItems} completions a request; here are {items.GetArrayLength()}.");
        try
        {
            AdvantageRule? rule = ReadRule(body);
            RewardFunction function = ReadFunction(body);
            return new RewardBatch([.. items.EnumerateArray().Select((item, i) => RewardRow.Read(item, string.Create(CultureInfo.InvariantCulture, $"items[{i}]")))], function, rule);
        }
        catch (DocumentException e)
        {
            throw ApiException.Invalid(e.Place, e.Message);
        }
    }

    /// <summary>The rewards as the JSON of the response: <c>{"rewards":[…],"items":[…]}</c>, both in the order of the items.</summary>
    public async Task<byte[]> ScoreAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<RewardedRow> scored = await RewardedRow.ScoreAsync(rows, function, rule, cancellationToken);
        return Json.Utf8(json => Write(json, scored));
    }

    private static RewardFunction ReadFunction(JsonElement root)
    {
        foreach (JsonProperty property in root.EnumerateObject())
        {
            if (property.Name is not (Items or Advantages) && !document.Contains(property.Name))
                throw ApiException.Unsupported(property.Name, $"There is no parameter '{Parameters.Shown(property.Name)}'. There are: {Items}, {Advantages}, {string.Join(", ", document)}.");
        }

        if (!root.TryGetProperty("rewards", out _))
            return RewardDocument.Default;
        byte[] part = Json.Utf8(json =>
        {
            json.WriteStartObject();
            foreach (JsonProperty property in root.EnumerateObject().Where(p => document.Contains(p.Name)))
                property.WriteTo(json);
            json.WriteEndObject();
        });
        return RewardDocument.Parse(System.Text.Encoding.UTF8.GetString(part), Verifier);
    }

    private static VerifierReward Verifier(string name) => verifiers.Contains(name)
        ? new VerifierReward(VerifierCatalogue.Create(name), runner)
        : throw new ArgumentException($"'{Parameters.Shown(name)}' is no verifier that a request may name. There are: {string.Join(", ", verifiers)}");

    private static AdvantageRule? ReadRule(JsonElement root) =>
        !root.TryGetProperty(Advantages, out JsonElement rule) || rule.ValueKind == JsonValueKind.Null ? null
        : rule.ValueKind == JsonValueKind.String && rule.GetString() is "grpo" ? AdvantageRule.Grpo
        : rule.ValueKind == JsonValueKind.String && rule.GetString() is "dr-grpo" ? AdvantageRule.DrGrpo
        : throw ApiException.Invalid(Advantages, "\"advantages\" must be \"grpo\" or \"dr-grpo\".");

    private static void Write(Utf8JsonWriter json, IReadOnlyList<RewardedRow> scored)
    {
        json.WriteStartObject();
        // The plain list is what a trainer's reward function returns.
        json.WriteStartArray("rewards");
        foreach (RewardedRow row in scored)
            json.WriteNumberValue(row.Result.Reward);
        json.WriteEndArray();
        json.WriteStartArray(Items);
        foreach (RewardedRow row in scored)
            row.Write(json);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Stands where a model would: the verifiers here ask none.</summary>
    private sealed class NoModel : ISampler
    {
        public string ModelId => "none";

        public SamplerCapabilities Capabilities => SamplerCapabilities.None;

        public IAsyncEnumerable<SampleDelivery> SampleAsync(SampleBatch batch, CancellationToken cancellationToken = default) =>
            throw new InvalidOperationException("No reward of a request asks a model.");
    }
}

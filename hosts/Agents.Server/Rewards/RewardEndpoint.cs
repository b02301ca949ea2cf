using System.Globalization;
using System.Text.Json;
using Agents.Reasoning;
using Agents.Reasoning.Verifiers;
using Agents.Rewards;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Agents.Server.Rewards;

/// <summary>
/// <c>POST /api/reward</c>: rewards of a batch of completions, for trainers. The body holds <c>items</c>, and may hold a reward
/// document (<c>rewards</c>, <c>refuse</c>, <c>refused</c>) and <c>advantages</c> (<c>grpo</c> or <c>dr-grpo</c>). No model is asked.
/// </summary>
internal static class RewardEndpoint
{
    private const int MaxItems = 10_000;

    // The verifiers that ask no model and read no file: what a request may name costs nothing but a moment.
    private static readonly string[] verifiers = ["arithmetic", "game24"];

    private static readonly ReasoningRunner runner = new(new ReasoningModels(new NoModel()));

    /// <summary>Maps the endpoint.</summary>
    public static void MapRewards(this IEndpointRouteBuilder routes) => routes.MapPost("/api/reward", (Delegate)PostAsync);

    private static async Task<IResult> PostAsync(HttpContext context)
    {
        RequestBody body = await context.ReadBodyAsync();
        using Caller.Place place = context.Caller().Enter();
        if (!body.Root.TryGetProperty("items", out JsonElement items) || items.ValueKind != JsonValueKind.Array)
            throw ApiException.Invalid("items", "\"items\" must be a list of completions.");
        if (items.GetArrayLength() > MaxItems)
            throw ApiException.Invalid("items", $"At most {MaxItems} completions a request; here are {items.GetArrayLength()}.");
        try
        {
            AdvantageRule? rule = ReadRule(body.Root);
            RewardFunction function = ReadFunction(body.Root);
            RewardRow[] rows = [.. items.EnumerateArray().Select((item, i) => RewardRow.Read(item, string.Create(CultureInfo.InvariantCulture, $"items[{i}]")))];
            IReadOnlyList<RewardedRow> scored = await RewardedRow.ScoreAsync(rows, function, rule, context.RequestAborted);
            return Results.Bytes(Json.Utf8(json => Write(json, scored)), "application/json");
        }
        catch (DocumentException e)
        {
            throw ApiException.Invalid(e.Place, e.Message);
        }
    }

    private static RewardFunction ReadFunction(JsonElement root)
    {
        string[] known = ["rewards", "refuse", "refused"];
        foreach (JsonProperty property in root.EnumerateObject())
        {
            if (property.Name is not ("items" or "advantages") && !known.Contains(property.Name))
                throw ApiException.Unsupported(property.Name, $"There is no parameter '{Parameters.Shown(property.Name)}'. There are: items, advantages, {string.Join(", ", known)}.");
        }

        if (!root.TryGetProperty("rewards", out _))
            return RewardDocument.Default;
        byte[] document = Json.Utf8(json =>
        {
            json.WriteStartObject();
            foreach (JsonProperty property in root.EnumerateObject().Where(p => known.Contains(p.Name)))
                property.WriteTo(json);
            json.WriteEndObject();
        });
        return RewardDocument.Parse(System.Text.Encoding.UTF8.GetString(document), Verifier);
    }

    private static VerifierReward Verifier(string name) => verifiers.Contains(name)
        ? new VerifierReward(VerifierCatalogue.Create(name), runner)
        : throw new ArgumentException($"'{Parameters.Shown(name)}' is no verifier that a request may name. There are: {string.Join(", ", verifiers)}");

    private static AdvantageRule? ReadRule(JsonElement root) =>
        !root.TryGetProperty("advantages", out JsonElement rule) || rule.ValueKind == JsonValueKind.Null ? null
        : rule.ValueKind == JsonValueKind.String && rule.GetString() is "grpo" ? AdvantageRule.Grpo
        : rule.ValueKind == JsonValueKind.String && rule.GetString() is "dr-grpo" ? AdvantageRule.DrGrpo
        : throw ApiException.Invalid("advantages", "\"advantages\" must be \"grpo\" or \"dr-grpo\".");

    private static void Write(Utf8JsonWriter json, IReadOnlyList<RewardedRow> scored)
    {
        json.WriteStartObject();
        // The plain list is what a trainer's reward function returns.
        json.WriteStartArray("rewards");
        foreach (RewardedRow row in scored)
            json.WriteNumberValue(row.Result.Reward);
        json.WriteEndArray();
        json.WriteStartArray("items");
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
            throw new InvalidOperationException("No reward of this endpoint asks a model.");
    }
}

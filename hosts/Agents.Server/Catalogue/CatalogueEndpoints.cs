using System.Text.Json;
using Agents.Hosting.Catalogue;
using Agents.Reasoning;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Agents.Server.Catalogue;

/// <summary>What a client may choose from: strategies with their settings, verifiers, models with their prices and what they cannot do.</summary>
internal static class CatalogueEndpoints
{
    // Neither changes while the process lives.
    private static readonly Lazy<string> strategies = new(CatalogueJson.Strategies);
    private static readonly Lazy<string> verifiers = new(CatalogueJson.Verifiers);

    /// <summary>Maps <c>/api/strategies</c>, <c>/api/verifiers</c> and <c>/api/models</c>.</summary>
    public static void MapCatalogue(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/strategies", () => Results.Text(strategies.Value, "application/json"));
        routes.MapGet("/api/verifiers", () => Results.Text(verifiers.Value, "application/json"));
        routes.MapGet("/api/models", (HttpContext context, ServedModels models) => Results.Bytes(Json.Utf8(json => WriteModels(json, models, context.Caller().Limits)), "application/json"));
    }

    private static void WriteModels(Utf8JsonWriter json, ServedModels models, CallerLimits limits)
    {
        json.WriteStartObject();
        json.WriteStartArray("models");
        foreach (string name in models.Names)
            WriteModel(json, models.Find(name)!);
        json.WriteEndArray();
        json.WriteStartObject("limits");
        json.WriteNumber("samples", limits.MaxSamples);
        json.WriteNumber("calls", limits.MaxCalls);
        json.WriteNumber("tokens", limits.MaxTokens);
        json.WriteNumber("seconds", limits.MaxSeconds);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteModel(Utf8JsonWriter json, ServedModel model)
    {
        json.WriteStartObject();
        json.WriteString("name", model.Name);
        json.WriteStartObject("prices");
        foreach ((string role, ModelPrice price) in model.Prices)
        {
            json.WriteStartObject(role);
            json.WriteNumber("input", price.InputPerMillion);
            json.WriteNumber("cached_input", price.CachedInputPerMillion ?? price.InputPerMillion);
            json.WriteNumber("output", price.OutputPerMillion);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        // Strategies that this model cannot play, with the reason that a run would be refused with.
        json.WriteStartObject("refuses");
        foreach (StrategyDescription about in StrategyCatalogue.Descriptions)
        {
            if (about.RefusalOf(model.Models.Default.Capabilities) is { } refusal)
                json.WriteString(about.Name, refusal);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }
}

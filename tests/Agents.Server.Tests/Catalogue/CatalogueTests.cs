using System.Text.Json;
using Agents.Reasoning;
using Agents.Reasoning.Verifiers;

namespace Agents.Server.Tests.Catalogue;

public sealed class CatalogueTests
{
    [Fact]
    public async Task Strategies_AreAllThere_WithTheSettingsThatARunTakes()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        (int status, JsonElement strategies) = await server.GetAsync("/api/strategies");
        Assert.Equal(200, status);
        Assert.Equal(StrategyCatalogue.Descriptions.Select(d => d.Name), strategies.EnumerateArray().Select(Name));
        JsonElement beam = strategies.EnumerateArray().Single(s => Name(s) == "beam-search");
        JsonElement samples = beam.GetProperty("settings").EnumerateArray().Single(s => Name(s) == "samples");
        Assert.Equal(("integer", "16", 1), (samples.GetProperty("type").GetString(), samples.GetProperty("default").GetString(), samples.GetProperty("minimum").GetInt32()));
        JsonElement aggregation = beam.GetProperty("settings").EnumerateArray().Single(s => Name(s) == "aggregation");
        Assert.Equal(["last", "min", "product"], aggregation.GetProperty("choices").EnumerateArray().Select(c => c.GetString()));
        Assert.Equal(JsonValueKind.Null, aggregation.GetProperty("minimum").ValueKind);
    }

    [Fact]
    public async Task Verifiers_AreThoseThatNeedNothingButAName()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        (_, JsonElement verifiers) = await server.GetAsync("/api/verifiers");
        Assert.Equal(VerifierCatalogue.Descriptions.Select(d => d.Name), verifiers.EnumerateArray().Select(Name));
    }

    [Fact]
    public async Task Models_TellPrices_LimitsOfTheCaller_AndWhatTheyRefuse_AndNoSpec()
    {
        await using RunningServer server = await RunningServer.StartAsync(o => o with
        {
            Models = new Dictionary<string, ServedModelOptions>(o.Models) { ["small"] = new() { Spec = "embedded" }, ["dumb"] = new() { Spec = o.Models["gpt-x"].Spec + "&logprobs=off" } },
            Limits = new CallerLimits { MaxSamples = 12 },
        });
        (_, JsonElement served) = await server.GetAsync("/api/models");
        JsonElement[] models = [.. served.GetProperty("models").EnumerateArray()];
        Assert.Equal(["dumb", "gpt-x", "small"], models.Select(Name));
        Assert.Equal(4, models[1].GetProperty("prices").GetProperty("*").GetProperty("output").GetDecimal());
        Assert.Empty(models[2].GetProperty("prices").EnumerateObject());
        Assert.Equal(12, served.GetProperty("limits").GetProperty("samples").GetInt32());
        Assert.Contains("log-probabilities", models[0].GetProperty("refuses").GetProperty("deepconf").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain(server.Upstream.Endpoint.Authority, served.ToString(), StringComparison.Ordinal);

        (int status, JsonElement refused, _) = await server.PostAsync("/api/reason", """{"question":"q","model":"dumb","strategy":"deepconf"}""");
        Assert.Equal((400, models[0].GetProperty("refuses").GetProperty("deepconf").GetString()), (status, refused.GetProperty("detail").GetString()));
    }

    [Theory]
    [InlineData("/api/strategies")]
    [InlineData("/api/verifiers")]
    [InlineData("/api/models")]
    public async Task Lists_NeedAKey_WhereKeysAreConfigured(string path)
    {
        await using RunningServer server = await RunningServer.StartAsync(o => o with { Keys = [new ApiKeyOptions { Name = "alice", Sha256 = ServerConfiguration.HashOf("key-of-alice") }] });
        Assert.Equal(401, (await server.GetAsync(path)).Status);
        Assert.Equal(200, (await server.GetAsync(path, ("x-api-key", "key-of-alice"))).Status);
    }

    private static string? Name(JsonElement of) => of.GetProperty("name").GetString();
}

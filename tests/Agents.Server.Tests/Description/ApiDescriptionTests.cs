using System.Text.Json;
using Agents.Server.Description;
using Agents.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Agents.Server.Tests.Description;

/// <summary>The server's OpenAPI document: true to its routes, and the one in the app package.</summary>
public sealed class ApiDescriptionTests
{
    private const string PackagedServer = "- url: https://agents.example.com";

    [Fact]
    public async Task Document_HasEveryDescribedOperation_WithWordsAndBodies()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        (int status, JsonElement document) = await server.GetAsync("/openapi.json");
        Assert.Equal(200, status);
        (string, string)[] found =
        [
            .. document.GetProperty("paths").EnumerateObject().SelectMany(p => p.Value.EnumerateObject().Select(o => (o.Name.ToUpperInvariant(), p.Name))),
        ];
        Assert.Equal(ApiOperations.All.Keys.Order(), found.Order());
        foreach (JsonElement operation in document.GetProperty("paths").EnumerateObject().SelectMany(p => p.Value.EnumerateObject()).Select(o => o.Value))
        {
            Assert.False(string.IsNullOrWhiteSpace(operation.GetProperty("summary").GetString()) || string.IsNullOrWhiteSpace(operation.GetProperty("description").GetString()));
            Assert.True(operation.GetProperty("responses").GetProperty("200").GetProperty("content").TryGetProperty("application/json", out _));
        }

        Assert.Equal("bearer", document.GetProperty("components").GetProperty("securitySchemes").GetProperty("key").GetProperty("scheme").GetString());
    }

    [Fact]
    public async Task Description_NamesNoRouteThatIsNotThere()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        HashSet<(string, string)> routes =
        [
            .. server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
                .SelectMany(e => (e.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? []).Select(m => (m, e.RoutePattern.RawText!))),
        ];
        Assert.Subset(routes, ApiOperations.All.Keys.ToHashSet());
    }

    [Theory]
    [InlineData("solve", "/api/reason")]
    [InlineData("vote", "/api/vote")]
    public async Task BodyWithEveryDescribedField_IsTaken(string id, string path)
    {
        await using RunningServer server = await RunningServer.StartAsync();
        ApiOperation operation = ApiOperations.All.Values.Single(o => o.Id == id);
        Dictionary<string, object> values = new()
        {
            ["question"] = "What is 6 times 7?",
            ["model"] = "gpt-x",
            ["expect"] = "number",
            ["temperature"] = 0.5,
            ["max_tokens"] = 100,
            ["seed"] = 1,
            ["strategy"] = "self-consistency",
            ["samples"] = 3,
            ["candidates"] = new[] { new { text = "It is 42.", answer = "42", score = 1 } },
        };
        Dictionary<string, object> body = operation.Request!.Properties!.Keys.ToDictionary(n => n, n => values[n]);
        (int status, JsonElement answer, _) = await server.PostAsync(path, JsonSerializer.Serialize(body));
        Assert.True(status == 200, answer.ToString());
        Assert.All(operation.Response.Properties!.Keys, name => Assert.True(answer.TryGetProperty(name, out _), name));
    }

    [Fact]
    public async Task PackagedDocument_IsTheServersOwn()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        string own = (await server.Client.GetStringAsync("/openapi.yaml")).ReplaceLineEndings("\n").Replace("- url: /\n", PackagedServer + "\n", StringComparison.Ordinal).TrimEnd() + "\n";
        string file = RepositoryRoot.At("appPackage", "openapi.yaml");
        if (Environment.GetEnvironmentVariable("AGENTS_WRITE_OPENAPI") == "1")
            await File.WriteAllTextAsync(file, own);
        Assert.Equal(own, await File.ReadAllTextAsync(file));
    }
}

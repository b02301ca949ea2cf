using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Agents.Testing;

namespace Agents.Server.Tests.Mcp;

/// <summary>The configurations in <c>docs/mcp.md</c>, read from the page and used.</summary>
public sealed class McpDocumentTests
{
    private const string Key = "docs-key-0123456789abcdef";
    private static readonly JsonObject[] blocks = [.. Regex.Matches(File.ReadAllText(RepositoryRoot.At("docs", "mcp.md")), "```json\n(.*?)```", RegexOptions.Singleline).Select(m => (JsonObject)JsonNode.Parse(m.Groups[1].Value)!)];

    [Node22Fact]
    public async Task ConfigurationsOfClients_Connect()
    {
        await using RunningServer server = await RunningServer.StartAsync(o => o with { Keys = [new ApiKeyOptions { Name = "docs", Sha256 = ServerConfiguration.HashOf(Key) }] });
        using var folder = new TestFolder();
        JsonObject[] configurations = [.. blocks.Where(b => (b["mcpServers"] ?? b["servers"]) is not null)];
        Assert.Equal(3, configurations.Length);
        foreach (JsonObject configuration in configurations)
        {
            JsonObject agents = (JsonObject)(configuration["mcpServers"] ?? configuration["servers"])!["agents"]!.DeepClone();
            if (agents["url"] is { } url)
            {
                // The page names the default address, and asks for the key.
                Assert.Equal(ServerConfiguration.DefaultUrl + "/mcp", (string)url!);
                agents["url"] = new Uri(server.Address, "/mcp").ToString();
                agents["headers"]!["Authorization"] = ((string)agents["headers"]!["Authorization"]!).Replace("${input:agents-key}", Key, StringComparison.Ordinal);
            }
            else
            {
                Assert.Equal("agents", (string)agents["command"]!);
                agents["command"] = "dotnet";
                ((JsonArray)agents["args"]!).Insert(0, typeof(McpDocumentTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "CommandLine").Value!);
            }

            string file = Path.Combine(folder.Path, "mcp.json");
            await File.WriteAllTextAsync(file, new JsonObject { ["mcpServers"] = new JsonObject { ["agents"] = agents } }.ToJsonString());
            (int code, string output, string error) = await Node22.RunAsync(Node22.Inspector, "--cli", "--config", file, "--server", "agents", "--method", "tools/list");
            Assert.True(code == 0, $"{agents.ToJsonString()}: {output}{error}");
            Assert.Equal(8, JsonElement.Parse(output).GetProperty("tools").GetArrayLength());
        }
    }

    [Fact]
    public void ConfigurationOfTheServer_IsRead_AndNamesTheDefaults()
    {
        using var folder = new TestFolder();
        string file = Path.Combine(folder.Path, "agents.json");
        File.WriteAllText(file, Assert.Single(blocks, b => b["Agents"] is not null).ToJsonString());
        ServerOptions read = ServerConfiguration.Read(file, [], new Dictionary<string, string> { ["m"] = "openai:m@http://127.0.0.1:1/v1" }, _ => null);
        ServerOptionsReview.Check(read);
        Assert.Equal(new McpOptions { Strategy = "adaptive-consistency", SigningKey = read.Mcp.SigningKey, AllowedOrigins = read.Mcp.AllowedOrigins }, read.Mcp);
        Assert.Equal(["https://tools.example"], read.Mcp.AllowedOrigins);
    }
}

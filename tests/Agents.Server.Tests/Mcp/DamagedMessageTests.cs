using System.Text.Json;
using System.Text.Json.Nodes;
using static Agents.Server.Tests.Mcp.McpMessages;

namespace Agents.Server.Tests.Mcp;

/// <summary>Whatever stands in a message, the server refuses it in words: nothing it says may be a fault of the server's own.</summary>
public sealed class DamagedMessageTests
{
    private static readonly string[] values = ["null", "5", "-1", "1e99", "true", "\"\"", "\"x\"", "[]", "[null]", "[\"a\",5]", "{}", "{\"a\":{\"b\":[]}}", "\"\\uD800\""];

    private static JsonObject[] Whole() =>
    [
        Call("solve", """{"question":"q","strategy":"self-consistency","samples":2,"settings":{"temperature":0.5},"budget":{"calls":3,"seconds":5},"expect":"number","candidates":true,"seed":3}""", more: new JsonObject { ["_meta"] = new JsonObject { ["progressToken"] = "p" } }),
        Call("solve", """{"messages":[{"role":"user","content":"q"}],"workflow":{"strategy":"direct"} }"""),
        Call("verify", """{"question":"q","solution":"2 + 2 = 5","answer":"5","verifier":"arithmetic"}"""),
        Call("compare", """{"answers":["1/2","0.5"],"expect":"number"}"""),
        Call("compare", """{"question":"q","strategies":["direct","self-consistency"],"samples":2}"""),
        Call("list_strategies", """{"strategy":"auto"}"""),
        Call("get_result", """{"id":"x","wait_seconds":1}"""),
        Call("solve_with_client_model", """{"question":"q","strategy":"direct","max_rounds":2}""", """{"sampling":{}}""", more: new JsonObject { ["requestState"] = "AAAA", ["inputResponses"] = new JsonObject { ["call-1"] = new JsonObject { ["content"] = new JsonArray(new JsonObject { ["type"] = "text", ["text"] = "t" }), ["model"] = "m", ["role"] = "assistant" } } }),
        Request("prompts/get", new JsonObject { ["name"] = "Refine/Critique", ["arguments"] = new JsonObject { ["input"] = "q", ["draft"] = "d" } }),
        Request("tools/list", new JsonObject { ["cursor"] = "c" }),
    ];

    [Fact]
    public async Task OneValueExchangedForAnother_IsNeverAFaultOfTheServer()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        var faults = new List<string>();
        foreach (JsonObject message in Whole())
        {
            (string, string)[] headers = Headers(message);
            foreach (string path in Paths(message))
            {
                foreach (string value in values)
                {
                    string body = Exchange(message, path, value);
                    using HttpRequestMessage request = RunningServer.Request("/mcp", body, headers);
                    using HttpResponseMessage response = await server.Client.SendAsync(request);
                    string reply = await response.Content.ReadAsStringAsync();
                    bool isFault = (int)response.StatusCode >= 500 || reply.Contains("The server failed", StringComparison.Ordinal) || reply.Contains("An error occurred", StringComparison.Ordinal);
                    if (isFault || (reply.Length == 0 && response.StatusCode != System.Net.HttpStatusCode.Accepted))
                        faults.Add($"{message["params"]!["name"]}: {path} = {value}: {(int)response.StatusCode} {reply}");
                }
            }
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    private static IEnumerable<string> Paths(JsonNode? node) => node switch
    {
        JsonObject o => o.SelectMany(p => (IEnumerable<string>)[p.Value!.GetPath(), .. Paths(p.Value)]),
        JsonArray a => a.SelectMany(item => (IEnumerable<string>)[item!.GetPath(), .. Paths(item)]),
        _ => [],
    };

    // As text, because half a surrogate pair is nothing that a node can hold.
    private static string Exchange(JsonObject message, string path, string value)
    {
        var copy = (JsonObject)message.DeepClone();
        const string mark = "\u0001here\u0001";
        Find(copy, path)!.ReplaceWith(mark);
        return copy.ToJsonString().Replace(JsonSerializer.Serialize(mark), value, StringComparison.Ordinal);
    }

    private static JsonNode? Find(JsonNode? node, string path) => node is null ? null : node.GetPath() == path ? node : node switch
    {
        JsonObject o => o.Select(p => Find(p.Value, path)).FirstOrDefault(found => found is not null),
        JsonArray a => a.Select(item => Find(item, path)).FirstOrDefault(found => found is not null),
        _ => null,
    };
}

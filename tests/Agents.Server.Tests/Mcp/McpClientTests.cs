using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using Agents.Testing;

namespace Agents.Server.Tests.Mcp;

/// <summary>
/// MCP clients that others wrote, as they are: both generations of the TypeScript client, the Inspector, and the protocol's own
/// conformance suite; over HTTP and, where they can, over standard streams, with the program as a process of its own.
/// </summary>
public sealed class McpClientTests
{
    private const string Key = "mcp-key-0123456789abcdef";
    private static readonly string[] models = ["gpt-x", "gated", "slow"];
    private static readonly string program = typeof(McpClientTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "CommandLine").Value!;

    [Node22Fact]
    public Task NpmSdk_OverHttp() => ScriptAsync("sdk.mjs", "http");

    [Node22Fact]
    public Task NpmSdk_OverStandardStreams() => ScriptAsync("sdk.mjs", "stdio");

    [Node22Fact]
    public Task NpmClient_OverHttp() => ScriptAsync("client.mjs", "http");

    [Node22Fact]
    public Task NpmClient_OverStandardStreams() => ScriptAsync("client.mjs", "stdio");

    [Node22Fact]
    public async Task Inspector_OverHttp_FindsNoFaultInTheSchemas_AndCalls()
    {
        await using RunningServer server = await StartAsync();
        string[] target = [new Uri(server.Address, "/mcp").ToString(), "--transport", "http", "--header", $"Authorization: Bearer {Key}"];
        await InspectAsync(target);
    }

    [Node22Fact]
    public async Task Inspector_OverStandardStreams_FindsNoFaultInTheSchemas_AndCalls()
    {
        await using RunningServer server = await StartAsync();
        await InspectAsync(["dotnet", program, "mcp", "--model", $"gpt-x=openai:gpt-x@{server.Upstream.Endpoint}?retries=0"]);
    }

    [Node22Fact]
    public async Task Conformance_ScenariosThatNeedNoFixture_Pass()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        foreach (string scenario in (string[])["server-initialize", "ping", "logging-set-level", "tools-list", "prompts-list", "dns-rebinding-protection", "server-sse-multiple-streams"])
        {
            (int code, string output, string error) = await Node22.RunAsync("node_modules/@modelcontextprotocol/conformance/dist/index.js", "server", "--url", new Uri(server.Address, "/mcp").ToString(), "--scenario", scenario);
            Assert.True(code == 0, $"{scenario}: {output}{error}");
        }
    }

    private static async Task InspectAsync(string[] target)
    {
        (int code, string output, string error) = await Node22.RunAsync([Node22.Inspector, "--cli", .. target, "--method", "tools/list", "--strict"]);
        Assert.True(code == 0, error);
        Assert.Equal(8, JsonElement.Parse(output).GetProperty("tools").GetArrayLength());
        Assert.DoesNotContain("Warning: tool", error, StringComparison.Ordinal);
        (code, output, error) = await Node22.RunAsync([Node22.Inspector, "--cli", .. target, "--method", "tools/call", "--tool-name", "solve", "--tool-arg", "question=What is 6 times 7?", "strategy=self-consistency", "samples=5", "model=gpt-x"]);
        Assert.True(code == 0, output + error);
        Assert.Equal("42", JsonElement.Parse(output).GetProperty("structuredContent").GetProperty("answer").GetString());
        (code, output, error) = await Node22.RunAsync([Node22.Inspector, "--cli", .. target, "--method", "prompts/get", "--prompt-name", "Reasoning/ZeroShotCot", "--prompt-args", "input=What is 6 times 7?"]);
        Assert.True(code == 0, output + error);
        Assert.Contains("6 times 7", output, StringComparison.Ordinal);
    }

    /// <summary>The upstream: <c>gpt-x</c> votes 42, <c>gated</c> too, but its later calls wait, and <c>slow</c> never answers.</summary>
    private static async Task<RunningServer> StartAsync(Task? gate = null)
    {
        StubModelServer upstream = await StubModelServer.StartAsync();
        var votes = new StubBehavior { Text = (r, choice) => (r.Number + choice) % 3 == 0 ? "So the answer is 41." : "So the answer is 42." };
        int gated = 0;
        upstream.Script = request => request.Model switch
        {
            "slow" => new StubBehavior { Hang = true },
            "gated" when Interlocked.Increment(ref gated) > 3 => votes with { Until = gate },
            _ => votes,
        };
        return await RunningServer.StartAsync(o => o with
        {
            Keys = [new ApiKeyOptions { Name = "client", Sha256 = ServerConfiguration.HashOf(Key) }],
            Models = models.ToDictionary(m => m, m => new ServedModelOptions { Spec = $"openai:{m}@{upstream.Endpoint}?retries=0" }),
        }, upstream: upstream);
    }

    private static async Task ScriptAsync(string script, string transport)
    {
        var gate = new TaskCompletionSource();
        await using RunningServer server = await StartAsync(gate.Task);
        ProcessStartInfo start = await Node22.StartAsync(script, transport);
        start.RedirectStandardInput = true;
        start.Environment["AGENTS_MCP_URL"] = new Uri(server.Address, "/mcp").ToString();
        start.Environment["AGENTS_KEY"] = Key;
        start.Environment["AGENTS_PROGRAM"] = program;
        start.Environment["AGENTS_MODELS"] = JsonSerializer.Serialize(models.Select(m => $"{m}=openai:{m}@{server.Upstream.Endpoint}?retries=0"));
        using Process node = Process.Start(start)!;
        Task<string> error = node.StandardError.ReadToEndAsync();
        var said = new List<string>();
        while (await node.StandardOutput.ReadLineAsync() is { } line)
        {
            said.Add(line);
            if (!line.StartsWith("CHECKPOINT", StringComparison.Ordinal))
                continue;
            if (line == "CHECKPOINT progress")
                gate.SetResult();
            else if (line == "CHECKPOINT in-flight")
                await server.Upstream.Traffic.WhenInFlightAsync(4);
            else
                await server.Upstream.Traffic.WhenIdleAsync();
            await node.StandardInput.WriteLineAsync("go on");
        }

        await node.WaitForExitAsync();
        Assert.True(node.ExitCode == 0, $"{script} {transport} exited with {node.ExitCode}: {string.Join('\n', said)}\n{await error}");
        Assert.Equal(["CHECKPOINT progress", "CHECKPOINT in-flight", "CHECKPOINT cancelled", "DONE"], said);
        Assert.Equal(4, server.Upstream.Traffic.Aborted);
    }
}

using System.Diagnostics;
using System.IO.Pipelines;
using System.Reflection;
using System.Text;
using System.Text.Json;
using Agents.Server.Mcp;
using Agents.Testing;
using Microsoft.Extensions.Logging;

namespace Agents.Server.Tests.Mcp;

/// <summary>MCP over standard streams: in this process over pipes, and as the program <c>agents mcp</c>.</summary>
public sealed class StandardStreamTests
{
    private const string Solve = """{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"solve","arguments":{"question":"q","strategy":"direct"} } }""";

    [Fact]
    public async Task Calls_AreAnswered_AndTheOutputIsTheProtocolAlone()
    {
        await using StubModelServer upstream = await StubModelServer.StartAsync();
        await using Connection connection = Connection.Open(upstream);
        await connection.GreetAsync("{}");
        await connection.WriteAsync(Solve);
        JsonElement reply = await connection.ReadAsync();
        Assert.Equal(2, reply.GetProperty("id").GetInt32());
        Assert.NotEmpty(reply.GetProperty("result").GetProperty("structuredContent").GetProperty("answer").GetString()!);
        await connection.EndAsync();
    }

    [Fact]
    public async Task InputThatEnds_EndsTheCallsInWork()
    {
        await using StubModelServer upstream = await StubModelServer.StartAsync();
        upstream.Behavior = new StubBehavior { Hang = true };
        await using Connection connection = Connection.Open(upstream);
        await connection.GreetAsync("{}");
        await connection.WriteAsync(Solve);
        await upstream.Traffic.WhenInFlightAsync(1);
        await connection.EndAsync();
        await upstream.Traffic.WhenIdleAsync();
        Assert.Equal(1, upstream.Traffic.Aborted);
    }

    [Fact]
    public async Task CallsOverTheLimit_AreErrorsOfTheTool()
    {
        await using StubModelServer upstream = await StubModelServer.StartAsync();
        var gate = new TaskCompletionSource();
        upstream.Behavior = new StubBehavior { Until = gate.Task };
        await using Connection connection = Connection.Open(upstream, o => o with { Limits = new CallerLimits { MaxConcurrency = 1 } });
        await connection.GreetAsync("{}");
        await connection.WriteAsync(Solve);
        await upstream.Traffic.WhenInFlightAsync(1);
        await connection.WriteAsync("""{"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"list_strategies","arguments":{} } }""");
        JsonElement second = await connection.ReadAsync();
        Assert.Equal((3, true), (second.GetProperty("id").GetInt32(), second.GetProperty("result").GetProperty("isError").GetBoolean()));
        Assert.Contains("1 requests in work", second.GetProperty("result").GetProperty("content")[0].GetProperty("text").GetString(), StringComparison.Ordinal);
        gate.SetResult();
        Assert.Equal(2, (await connection.ReadAsync()).GetProperty("id").GetInt32());
        await connection.EndAsync();
    }

    [Fact]
    public async Task OlderClient_IsAskedForAllSamplesTogether_AndARefusalIsASampleLess()
    {
        await using StubModelServer upstream = await StubModelServer.StartAsync();
        await using Connection connection = Connection.Open(upstream);
        await connection.GreetAsync("""{"sampling":{}}""");
        await connection.WriteAsync("""{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"solve_with_client_model","arguments":{"question":"What is 6 times 7?","strategy":"self-consistency","samples":4} } }""");
        // All four are there before the first is answered.
        JsonElement[] asked = [await connection.ReadAsync(), await connection.ReadAsync(), await connection.ReadAsync(), await connection.ReadAsync()];
        Assert.All(asked, a => Assert.Equal(("sampling/createMessage", 4096), (a.GetProperty("method").GetString(), a.GetProperty("params").GetProperty("maxTokens").GetInt32())));
        await connection.WriteAsync($$"""{"jsonrpc":"2.0","id":{{asked[0].GetProperty("id")}},"error":{"code":-1,"message":"the user said no"} }""");
        foreach ((int i, JsonElement request) in asked.Index().Skip(1))
            await connection.WriteAsync($$"""{"jsonrpc":"2.0","id":{{request.GetProperty("id")}},"result":{"role":"assistant","model":"m","content":{"type":"text","text":"So the answer is {{(i == 2 ? 41 : 42)}}."} } }""");
        JsonElement solved = (await connection.ReadAsync()).GetProperty("result").GetProperty("structuredContent");
        Assert.Equal(("42", 1), (solved.GetProperty("answer").GetString(), solved.GetProperty("usage").GetProperty("failed_calls").GetInt32()));
        Assert.Empty(upstream.Traffic.Requests);
        await connection.EndAsync();
    }

    [Fact]
    public async Task Program_WritesNothingButTheProtocol_AndEndsWithItsInput()
    {
        await using StubModelServer upstream = await StubModelServer.StartAsync();
        using Process agents = Start("mcp", "--model", $"openai:gpt-x@{upstream.Endpoint}", "--strategy", "direct", "--budget-calls", "3", "--samples", "2", "--verbose");
        Task<string> errors = agents.StandardError.ReadToEndAsync();
        foreach (string line in (string[])[Connection.Greeting("{}"), Connection.Greeted, """{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"solve","arguments":{"question":"q"} } }""", """{"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"solve","arguments":{"question":"q","strategy":"self-consistency","samples":3} } }"""])
            await agents.StandardInput.WriteLineAsync(line);
        var replies = new Dictionary<int, JsonElement>();
        while (replies.Count < 3)
        {
            JsonElement reply = JsonElement.Parse((await agents.StandardOutput.ReadLineAsync())!);
            replies.Add(reply.GetProperty("id").GetInt32(), reply);
        }

        agents.StandardInput.Close();
        Assert.Equal("", await agents.StandardOutput.ReadToEndAsync());
        await agents.WaitForExitAsync();
        Assert.Equal(0, agents.ExitCode);
        Assert.Equal("direct", replies[2].GetProperty("result").GetProperty("structuredContent").GetProperty("strategy").GetString());
        Assert.Contains("2 at most", replies[3].GetProperty("result").GetProperty("content")[0].GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Contains("of local: direct on default ended", await errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--model", "nonsense:x", "nonsense")]
    [InlineData("--strategy", "nonsense", "Agents:Mcp:Strategy")]
    [InlineData("--budget-calls", "0", "MaxCalls")]
    public async Task Program_ThatCannotBeSetUp_SaysWhy_WithCode2(string option, string value, string says)
    {
        using Process agents = Start(option == "--model" ? ["mcp", option, value] : ["mcp", "--model", "m=openai:m@http://127.0.0.1:1/v1", option, value]);
        Task<string> errors = agents.StandardError.ReadToEndAsync();
        Assert.Equal("", await agents.StandardOutput.ReadToEndAsync());
        await agents.WaitForExitAsync();
        Assert.Equal(2, agents.ExitCode);
        Assert.Contains(says, await errors, StringComparison.Ordinal);
    }

    private static Process Start(params string[] arguments)
    {
        string program = typeof(StandardStreamTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "CommandLine").Value!;
        return Process.Start(new ProcessStartInfo("dotnet", [program, .. arguments]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
    }

    /// <summary>A client's end of two pipes, with the server at the other.</summary>
    private sealed class Connection : IAsyncDisposable
    {
        public const string Greeted = """{"jsonrpc":"2.0","method":"notifications/initialized"}""";
        private static readonly TimeSpan patience = TimeSpan.FromSeconds(60);
        private readonly Pipe input = new(), output = new();
        private readonly Task serving;
        private readonly StreamReader reader;

        private Connection(ServerOptions options)
        {
            serving = Task.Run(() => McpStandardStreams.RunAsync(options, logging => logging.ClearProviders(), _ => null, null, input.Reader.AsStream(), output.Writer.AsStream()));
            reader = new StreamReader(output.Reader.AsStream());
        }

        public static Connection Open(StubModelServer upstream, Func<ServerOptions, ServerOptions>? change = null) =>
            new((change ?? (o => o))(new ServerOptions { Models = new Dictionary<string, ServedModelOptions> { ["gpt-x"] = new() { Spec = $"openai:gpt-x@{upstream.Endpoint}?retries=0" } } }));

        public static string Greeting(string capabilities) => $$"""{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{{capabilities}},"clientInfo":{"name":"tests","version":"1"} } }""";

        public async Task GreetAsync(string capabilities)
        {
            await WriteAsync(Greeting(capabilities));
            Assert.Equal("2025-11-25", (await ReadAsync()).GetProperty("result").GetProperty("protocolVersion").GetString());
            await WriteAsync(Greeted);
        }

        public async Task WriteAsync(string message) => await input.Writer.WriteAsync(Encoding.UTF8.GetBytes(message + "\n"));

        public async Task<JsonElement> ReadAsync() => JsonElement.Parse((await reader.ReadLineAsync().WaitAsync(patience))!);

        /// <summary>Closes the client's side and waits for the server to end.</summary>
        public async Task EndAsync()
        {
            await input.Writer.CompleteAsync();
            await serving.WaitAsync(patience);
        }

        public async ValueTask DisposeAsync()
        {
            await input.Writer.CompleteAsync();
            reader.Dispose();
            await serving.WaitAsync(patience);
        }
    }
}

using System.Net.Sockets;
using System.Text;
using Agents.Testing;

namespace Agents.Server.Tests.Security;

/// <summary>Requests that two readers could read differently, byte by byte on a socket: none reaches a model.</summary>
public sealed class SmugglingTests
{
    private const string Body = """{"model":"gpt-x","messages":[{"role":"user","content":"q"}]}""";
    private const string Start = "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\n";

    private static readonly string length = $"Content-Length: {Body.Length}\r\n";

    public static TheoryData<string, string, int> Ambiguous => new()
    {
        { "two lengths that differ", $"{Start}{length}Content-Length: 3\r\n\r\n{Body}", 400 },
        { "two lengths that agree", $"{Start}{length}{length}\r\n{Body}", 400 },
        { "a list of lengths", $"{Start}Content-Length: {Body.Length}, {Body.Length}\r\n\r\n{Body}", 400 },
        { "a negative length", $"{Start}Content-Length: -1\r\n\r\n{Body}", 400 },
        { "an unknown transfer coding", $"{Start}Transfer-Encoding: xchunked\r\n\r\n{Body}", 400 },
        { "a bare line feed in a header", $"{Start}X-A: b\nX-Api-Key: c\r\n{length}\r\n{Body}", 400 },
        { "a bare carriage return in a header", $"{Start}X-A: b\rX-Api-Key: c\r\n{length}\r\n{Body}", 400 },
        { "a folded header", $"{Start}X-A: b\r\n c\r\n{length}\r\n{Body}", 400 },
        { "a space before the colon", $"{Start}X-Api-Key : b\r\n{length}\r\n{Body}", 400 },
        { "a zero byte in a header", $"{Start}X-A: b\0c\r\n{length}\r\n{Body}", 400 },
        { "two hosts", $"{Start}Host: evil.example\r\n{length}\r\n{Body}", 400 },
        { "two credentials", $"{Start}Authorization: Bearer a\r\nAuthorization: Bearer b\r\n{length}\r\n{Body}", 400 },
        { "an address of another server", $"POST http://169.254.169.254/v1/chat/completions HTTP/1.1\r\nHost: 169.254.169.254\r\nConnection: close\r\nContent-Type: application/json\r\n{length}\r\n{Body}", 403 },
        { "an address that is not its host's", $"POST http://169.254.169.254/v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\n{length}\r\n{Body}", 400 },
        { "a tunnel", "CONNECT 169.254.169.254:80 HTTP/1.1\r\nHost: 169.254.169.254:80\r\nConnection: close\r\n\r\n", 403 },
    };

    [Theory]
    [MemberData(nameof(Ambiguous))]
    public async Task AmbiguousRequest_IsRefused_AndReachesNoModel(string what, string request, int status)
    {
        await using RunningServer server = await RunningServer.StartAsync();
        string answer = await SendAsync(server, request);
        Assert.True(answer.StartsWith($"HTTP/1.1 {status} ", StringComparison.Ordinal), $"{what}: {answer}");
        Assert.Empty(server.Upstream.Traffic.Requests);
    }

    [Fact]
    public async Task LengthBesideChunks_IsReadAsChunks_AndTheConnectionEnds()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        string second = $"{Start}{length}\r\n{Body}";
        // To a reader of lengths the second request is body of the first; to a reader of chunks the first ends at the zero.
        string first = Start.Replace("Connection: close\r\n", "", StringComparison.Ordinal);
        string answer = await SendAsync(server, $"{first}Content-Length: {Body.Length}\r\nTransfer-Encoding: chunked\r\n\r\n{Body.Length:x}\r\n{Body}\r\n0\r\n\r\n{second}");
        Assert.True(server.Upstream.Traffic.Requests.Count <= 1, "A request behind an ambiguous one was answered.");
        Assert.Single(answer.Split("HTTP/1.1 ", StringSplitOptions.RemoveEmptyEntries));
    }

    [Theory]
    [InlineData("/v1/models/x%0d%0aX-Injected:%20yes")]
    [InlineData("/api/reason/%0d%0aX-Injected:%20yes/events")]
    [InlineData("/api/reason/..%2f..%2fetc%2fpasswd")]
    public async Task LineBreakOrDotsInAnAddress_NameNothing_AndAreNoHeader(string path)
    {
        await using RunningServer server = await RunningServer.StartAsync();
        string answer = await SendAsync(server, $"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 404 ", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("\nX-Injected", answer, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task RedirectOfAnUpstream_IsNotFollowed()
    {
        await using StubModelServer elsewhere = await StubModelServer.StartAsync();
        foreach (int status in (int[])[301, 302, 307, 308])
        {
            await using RunningServer server = await RunningServer.StartAsync(environment: name => name == "OPENAI_API_KEY" ? "sk-canary" : null);
            server.Upstream.Behavior = new() { Status = status, Headers = new Dictionary<string, string> { ["Location"] = elsewhere.Endpoint + "/chat/completions" } };
            await server.PostAsync("/v1/chat/completions", RunningServer.Chat("self-consistency/gpt-x", "q"));
            await server.StreamAsync(RunningServer.Chat("gpt-x", "q", "\"stream\":true"));
            Assert.NotEmpty(server.Upstream.Traffic.Requests);
        }

        Assert.Empty(elsewhere.Traffic.Requests);
    }

    private static async Task<string> SendAsync(RunningServer server, string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(server.Address.Host, server.Address.Port);
        NetworkStream stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request));
        var bytes = new MemoryStream();
        try
        {
            await stream.CopyToAsync(bytes).WaitAsync(TimeSpan.FromSeconds(30));
        }
        catch (IOException)
        {
            // Closed in the middle of what was sent; the answer is there.
        }

        return Encoding.Latin1.GetString(bytes.ToArray());
    }
}

using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Reflection;
using System.Text.Json;
using Agents.Testing;

namespace Agents.Server.Tests.Serving;

/// <summary>The server as a custom handler of a Functions host: started by the command of its host.json, on the port it is given.</summary>
public sealed class CustomHandlerTests
{
    private static readonly string folder = RepositoryRoot.At("functions/custom-handler");

    [Fact]
    public async Task Process_WithTheHostsPort_ListensThere_AnswersTheProbe_AndTheProxiedRoutes()
    {
        await using StubModelServer upstream = await StubModelServer.StartAsync();
        JsonElement description = Json("host.json").GetProperty("customHandler").GetProperty("description");
        string[] arguments = [.. description.GetProperty("arguments").EnumerateArray().Select(a => a.GetString()!)];
        Assert.Equal("agents.dll", arguments[0]);
        string program = Assembly.GetExecutingAssembly().GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "CommandLine").Value!;
        int port = FreePort();
        var start = new ProcessStartInfo(description.GetProperty("defaultExecutablePath").GetString()!) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (string argument in (IEnumerable<string>)[program, .. arguments.Skip(1)])
            start.ArgumentList.Add(argument);
        start.Environment[ServerConfiguration.CustomHandlerPortVariable] = port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        start.Environment["Agents__Models__gpt-x__Spec"] = $"openai:gpt-x@{upstream.Endpoint}";
        using Process process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        try
        {
            Assert.Equal($"Listening on http://127.0.0.1:{port}", await process.StandardOutput.ReadLineAsync());
            using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/")).StatusCode);
            using HttpRequestMessage proxied = RunningServer.Request("/api/reason", """{"question":"What is 6 times 7?","strategy":"self-consistency","samples":3}""", [("X-Azure-Functions-InvocationId", "1"), ("X-Azure-Functions-HostVersion", "4.0.0")]);
            using HttpResponseMessage response = await client.SendAsync(proxied);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Equal(3, (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("usage").GetProperty("model_calls").GetInt32());
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }

    [Fact]
    public void Files_ProxyEveryPathAsItIs_BehindAFunctionKey()
    {
        JsonElement host = Json("host.json");
        Assert.True(host.GetProperty("customHandler").GetProperty("enableProxyingHttpRequest").GetBoolean());
        Assert.Equal("", host.GetProperty("extensions").GetProperty("http").GetProperty("routePrefix").GetString());
        JsonElement trigger = Json("proxy/function.json").GetProperty("bindings").EnumerateArray().Single(b => b.GetProperty("type").GetString() == "httpTrigger");
        Assert.Equal(("{*path}", "function"), (trigger.GetProperty("route").GetString(), trigger.GetProperty("authLevel").GetString()));
        Assert.Equal(["delete", "get", "post"], trigger.GetProperty("methods").EnumerateArray().Select(m => m.GetString()).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("7071", "http://127.0.0.1:7071")]
    [InlineData("", ServerConfiguration.DefaultUrl)]
    [InlineData(null, ServerConfiguration.DefaultUrl)]
    public void Port_OfTheHost_IsWhereItListens(string? port, string url) =>
        Assert.Equal([url], ServerConfiguration.Read(null, [], new Dictionary<string, string>(), name => name == ServerConfiguration.CustomHandlerPortVariable ? port : null).Urls);

    [Theory]
    [InlineData("x")]
    [InlineData("0")]
    [InlineData("70000")]
    public void Port_ThatIsNone_IsRefusedByName(string port) =>
        Assert.Contains("FUNCTIONS_CUSTOMHANDLER_PORT", Assert.Throws<ServerOptionsException>(() => ServerConfiguration.Read(null, [], new Dictionary<string, string>(), _ => port)).Message, StringComparison.Ordinal);

    private static JsonElement Json(string file) => JsonElement.Parse(File.ReadAllText(Path.Combine(folder, file)));

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

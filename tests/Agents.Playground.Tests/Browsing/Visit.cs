using System.Collections.Concurrent;
using System.Text.Json;

namespace Agents.Playground.Tests.Browsing;

/// <summary>Someone at the playground of a running server, in a fresh profile.</summary>
internal sealed class Visit
{
    private readonly ConcurrentQueue<string> faults = new();

    private Visit(IPage page, RunningServer server)
    {
        Page = page;
        Server = server;
        page.Console += (_, message) =>
        {
            // An answer with an error status is logged by the browser itself, whatever the page does about it.
            if (message.Type is "error" or "warning" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal))
                faults.Enqueue($"{message.Type}: {message.Text}");
        };
        page.PageError += (_, error) => faults.Enqueue($"uncaught: {error}");
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(server.Address.ToString(), StringComparison.Ordinal))
                faults.Enqueue($"asked elsewhere: {request.Url}");
        };
    }

    public IPage Page { get; }

    public RunningServer Server { get; }

    /// <summary>Opens the page, does something there, and holds that nothing was logged as an error, no policy violated, and no other server asked.</summary>
    public static async Task AtAsync(BrowserFixture fixture, RunningServer server, Func<Visit, Task> act, BrowserNewContextOptions? options = null, string fragment = "", bool isReady = true)
    {
        await using IBrowserContext context = await fixture.Browser.NewContextAsync(options ?? new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 1360, Height = 900 } });
        var visit = new Visit(await context.NewPageAsync(), server);
        await visit.Page.GotoAsync(new Uri(server.Address, "/" + fragment).ToString());
        if (isReady)
            await visit.ReadyAsync();
        await act(visit);
        Assert.Empty(visit.faults);
    }

    /// <summary>A server with the embedded model beside the stub.</summary>
    public static Task<RunningServer> ServeAsync(Func<ServerOptions, ServerOptions>? change = null, TimeProvider? time = null, string query = "", double? price = 1) => RunningServer.StartAsync(
        options =>
        {
            ServedModelOptions stub = options.Models["gpt-x"];
            stub = stub with { Spec = stub.Spec + query, InputPrice = (decimal?)price, OutputPrice = (decimal?)(price * 4) };
            options = options with { Models = new Dictionary<string, ServedModelOptions> { ["embedded"] = new() { Spec = "embedded" }, ["gpt-x"] = stub } };
            return change?.Invoke(options) ?? options;
        }, time: time);

    /// <summary>A fragment that fills the form.</summary>
    public static string Fragment(string question, string model, string more, params string[] strategies) =>
        $"#q={Uri.EscapeDataString(question)}&model={model}{string.Concat(strategies.Select(s => "&s=" + Uri.EscapeDataString(s)))}{more}";

    public Task ReadyAsync() => Page.Locator("body[data-ready]").WaitForAsync();

    /// <summary>Asks with the keyboard and waits until all runs have ended.</summary>
    public async Task AskAsync()
    {
        await BeginAsync();
        await OverAsync();
    }

    /// <summary>Asks with the keyboard.</summary>
    public Task BeginAsync() => Page.Keyboard.PressAsync("Control+Enter");

    /// <summary>Waits until every run on the page has ended.</summary>
    public async Task OverAsync()
    {
        await Page.Locator(".lane").First.WaitForAsync();
        await Assertions.Expect(Page.Locator("#live")).Not.ToHaveTextAsync("", new() { Timeout = 30_000 });
        await Assertions.Expect(Page.Locator(".lane[aria-busy=true]")).ToHaveCountAsync(0);
    }

    public ILocator Lane(int index = 0) => Page.Locator(".lane").Nth(index);

    public ILocator Value(int index = 0) => Lane(index).Locator(".value");

    /// <summary>What one of the forms under <c>Copy as…</c> puts on the clipboard.</summary>
    public async Task<string> CopiedAsync(string form, int lane = 0)
    {
        await Page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await Lane(lane).GetByText("Copy as…").ClickAsync();
        await Page.GetByRole(AriaRole.Tab, new() { Name = form }).ClickAsync();
        await Page.Locator("#code-copy").ClickAsync();
        await Assertions.Expect(Page.Locator("#code-note")).ToHaveTextAsync("Copied.");
        string copied = await Page.EvaluateAsync<string>("() => navigator.clipboard.readText()");
        await Page.Keyboard.PressAsync("Escape");
        return copied;
    }

    /// <summary>What the server itself answers to a body, asked without the page.</summary>
    public async Task<JsonElement> ReasonAsync(string body)
    {
        (int status, JsonElement result, _) = await Server.PostAsync("/api/reason", body);
        Assert.True(status == 200, result.ToString());
        return result;
    }
}

using Agents.Playground.Tests.Browsing;
using static Microsoft.Playwright.Assertions;

namespace Agents.Playground.Tests.Look;

[Collection(BrowserTests.Name)]
public sealed class LookTests(BrowserFixture fixture)
{
    private const string Sum = "Evaluate 22 x 11 + 41 - (60 - 36).";

    private static readonly BrowserNewContextOptions phone = new() { ViewportSize = new ViewportSize { Width = 360, Height = 740 }, IsMobile = true, HasTouch = true };

    [BrowserTheory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task EveryText_StandsOutFromItsGround(ColorScheme scheme)
    {
        await using RunningServer server = await Visit.ServeAsync();
        await Visit.AtAsync(fixture, server, async visit =>
        {
            await HoldsAsync("welcome");
            await visit.AskAsync();
            await HoldsAsync("done");
            await visit.Lane().GetByText("Open trace").ClickAsync();
            await Expect(visit.Page.Locator("#trace-dialog .node.won")).ToBeVisibleAsync();
            await HoldsAsync("trace");
            await visit.Page.Keyboard.PressAsync("Escape");
            await visit.CopiedAsync("Result");
            await visit.Lane().GetByText("Copy as…").ClickAsync();
            await HoldsAsync("code");
            await visit.Page.Keyboard.PressAsync("Escape");
            await visit.Page.Locator("#model").SelectOptionAsync("gpt-x");
            server.Upstream.Behavior = new() { Status = 500 };
            await visit.AskAsync();
            await HoldsAsync("no answer and refused");
            server.Upstream.Behavior = new() { Hang = true };
            await visit.BeginAsync();
            await Expect(visit.Page.Locator("#cancel-button")).ToBeEnabledAsync();
            await HoldsAsync("running");
            await visit.Page.Keyboard.PressAsync("Escape");

            async Task HoldsAsync(string state) => Assert.True(await visit.Page.EvaluateAsync<string[]>(TextContrast.Failures) is { Length: 0 } or null, $"{state}: {string.Join("\n", await visit.Page.EvaluateAsync<string[]>(TextContrast.Failures))}");
        }, new BrowserNewContextOptions { ColorScheme = scheme, ViewportSize = new ViewportSize { Width = 1360, Height = 900 } }, Visit.Fragment(Sum, "embedded", "&verifier=arithmetic", "beam-search", "verified-consistency"));
    }

    [BrowserFact]
    public async Task Theme_FollowsTheSystem_UntilAChoiceIsMade_AndTheChoiceIsKept()
    {
        await using RunningServer server = await Visit.ServeAsync();
        await Visit.AtAsync(fixture, server, async visit =>
        {
            Assert.Equal("rgb(18, 22, 29)", await GroundAsync());
            await visit.Page.Locator("#theme-button").ClickAsync();
            await Expect(visit.Page.Locator("#theme-button")).ToHaveTextAsync("Theme: light");
            Assert.Equal("rgb(247, 249, 251)", await GroundAsync());
            await visit.Page.ReloadAsync();
            await Expect(visit.Page.Locator("#theme-button")).ToHaveTextAsync("Theme: light");
            Assert.Equal("rgb(247, 249, 251)", await GroundAsync());

            async Task<string> GroundAsync() => await visit.Page.EvaluateAsync<string>("() => getComputedStyle(document.body).backgroundColor");
        }, new BrowserNewContextOptions { ColorScheme = ColorScheme.Dark });
    }

    [BrowserFact]
    public async Task Phone_NothingIsWiderThanTheScreen_InAnyState()
    {
        await using RunningServer server = await Visit.ServeAsync();
        server.Upstream.Behavior = new() { Text = (_, i) => $"{new string('x', 400)} {string.Join(' ', Enumerable.Repeat("12345678901234567890", 9))} So the answer is {i}234567890123456789012345678901234567890." };
        await Visit.AtAsync(fixture, server, async visit =>
        {
            await FitsAsync("welcome");
            await visit.AskAsync();
            await FitsAsync("search");
            await visit.Lane().GetByText("Open trace").ClickAsync();
            await FitsAsync("trace");
            await visit.Page.Locator("#trace-dialog [data-close]").ClickAsync();
            await visit.Lane().GetByText("Copy as…").ClickAsync();
            await FitsAsync("code");
            await visit.Page.Locator("#code-dialog [data-close]").ClickAsync();
            await visit.Page.Locator("#model").SelectOptionAsync("gpt-x");
            await visit.AskAsync();
            await FitsAsync("long texts");
            await visit.Page.Locator(".pick summary").First.ClickAsync();
            await visit.Page.Locator("#limits summary").ClickAsync();
            await visit.Page.Locator("#key-button").ClickAsync();
            await FitsAsync("key and settings");

            async Task FitsAsync(string state) => Assert.True(await visit.Page.EvaluateAsync<string[]>(Wide) is { Length: 0 } or null, $"{state}: {string.Join("\n", await visit.Page.EvaluateAsync<string[]>(Wide))}");
        }, phone, Visit.Fragment(Sum, "embedded", "&samples=4", "beam-search", "self-consistency"));
    }

    [BrowserFact]
    public async Task Phone_ARunCanBeCancelledWhereItIsWatched()
    {
        await using RunningServer server = await Visit.ServeAsync(query: "&n=off");
        server.Upstream.Behavior = new() { Hang = true };
        await Visit.AtAsync(fixture, server, async visit =>
        {
            await visit.Page.Locator("#ask-button").TapAsync();
            await server.Upstream.Traffic.WhenInFlightAsync(8);
            await Expect(visit.Page.Locator("#stop-button")).ToBeInViewportAsync();
            await visit.Page.Locator("#stop-button").TapAsync();
            await server.Upstream.Traffic.WhenIdleAsync();
            await Expect(visit.Value()).ToHaveTextAsync("Cancelled");
        }, phone, Visit.Fragment("q", "gpt-x", "", "self-consistency"));
    }

    [BrowserFact]
    public async Task Lane_PartsStayWhereTheyAre_WhileTheyFill()
    {
        await using RunningServer server = await Visit.ServeAsync(query: "&n=off");
        var release = new TaskCompletionSource();
        server.Upstream.Behavior = new() { Until = release.Task };
        await Visit.AtAsync(fixture, server, async visit =>
        {
            await visit.BeginAsync();
            await server.Upstream.Traffic.WhenInFlightAsync(16);
            string[] before = await PlacesAsync();
            release.SetResult();
            await visit.OverAsync();
            await Expect(visit.Lane().Locator("details[open]")).ToHaveCountAsync(1);
            Assert.Equal(before, await PlacesAsync());
            Assert.True(before.Length >= 10);

            async Task<string[]> PlacesAsync() => await visit.Page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('.lane > *, .lane section > *')].map(e => { const r = e.getBoundingClientRect(); return `${e.className || e.tagName} ${r.top} ${r.height}`; })");
        }, fragment: Visit.Fragment("q", "gpt-x", "&samples=16", "self-consistency"));
    }

    [BrowserTheory]
    [InlineData(ReducedMotion.Reduce, 0)]
    [InlineData(ReducedMotion.NoPreference, 1)]
    public async Task Motion_StopsWhereItIsNotWanted(ReducedMotion motion, int moving)
    {
        await using RunningServer server = await Visit.ServeAsync();
        server.Upstream.Behavior = new() { Hang = true };
        await Visit.AtAsync(fixture, server, async visit =>
        {
            await visit.BeginAsync();
            await Expect(visit.Lane()).ToHaveAttributeAsync("data-state", "running");
            Assert.Equal(moving, await visit.Page.EvaluateAsync<int>("() => document.getAnimations().filter(a => a.playState === 'running' && a.animationName).length"));
            await visit.Page.Keyboard.PressAsync("Escape");
            await Expect(visit.Value()).ToHaveTextAsync("Cancelled");
        }, new BrowserNewContextOptions { ReducedMotion = motion }, Visit.Fragment("q", "gpt-x", "", "direct"));
    }

    // What sticks out, except inside what scrolls or clips on its own.
    private const string Wide = """
        () => {
          const width = document.documentElement.clientWidth, found = document.documentElement.scrollWidth > width ? [`the page is ${document.documentElement.scrollWidth} wide`] : [];
          for (const element of document.querySelectorAll("body *")) {
            if (!element.checkVisibility() || element.closest("svg, .unseen, .skip, pre")) continue;
            let isInside = false;
            for (let at = element.parentElement; at && at !== document.body; at = at.parentElement) isInside ||= getComputedStyle(at).overflowX !== "visible";
            const { left, right } = element.getBoundingClientRect();
            if (!isInside && (right > width + .5 || left < -.5)) found.push(`${element.tagName}.${element.className} ${left} to ${right}`);
          }
          return found;
        }
        """;
}

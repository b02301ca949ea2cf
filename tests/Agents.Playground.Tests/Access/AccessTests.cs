using Agents.Playground.Tests.Browsing;
using Agents.Testing;
using static Microsoft.Playwright.Assertions;

namespace Agents.Playground.Tests.Access;

[Collection(BrowserTests.Name)]
public sealed class AccessTests(BrowserFixture fixture)
{
    private const string Key = "key-of-alice-0123456789";

    [BrowserFact]
    public async Task ServerWithKeys_AsksForOne_RefusesAWrongOne_AndWorksWithTheRightOne()
    {
        await using RunningServer server = await Visit.ServeAsync(o => o with { Keys = [new ApiKeyOptions { Name = "alice", Sha256 = ServerConfiguration.HashOf(Key) }] });
        await Visit.AtAsync(fixture, server, async visit =>
        {
            ILocator dialog = visit.Page.Locator("#key-dialog");
            await Expect(dialog).ToBeVisibleAsync();
            await Expect(visit.Page.Locator("#key")).ToBeFocusedAsync();
            await visit.Page.Keyboard.TypeAsync("not-the-key");
            await visit.Page.Keyboard.PressAsync("Enter");
            await Expect(dialog).ToContainTextAsync("does not know that key");
            await visit.Page.Keyboard.TypeAsync(Key);
            await visit.Page.Keyboard.PressAsync("Enter");
            await visit.ReadyAsync();
            await visit.AskAsync();
            await Expect(visit.Lane()).ToHaveAttributeAsync("data-state", "completed");
            Assert.DoesNotContain(Key, visit.Page.Url, StringComparison.Ordinal);
            Assert.Equal(Key, await visit.Page.EvaluateAsync<string>("() => sessionStorage.getItem('agents.key')"));
            Assert.DoesNotContain(Key, await visit.Page.EvaluateAsync<string>("() => JSON.stringify({ ...localStorage }) + document.cookie"), StringComparison.Ordinal);
            Assert.DoesNotContain(Key, await visit.CopiedAsync("curl"), StringComparison.Ordinal);

            // A key that is withdrawn while the page is open is asked for anew, and the question with it.
            await visit.Page.Locator("#key-button").ClickAsync();
            await visit.Page.Locator("#key-forget").ClickAsync();
            await Expect(dialog).ToBeVisibleAsync();
            await visit.Page.Locator("#key").FillAsync(Key);
            await visit.Page.Keyboard.PressAsync("Enter");
            await Expect(visit.Page.Locator("#status")).ToContainTextAsync("2 models");
        }, fragment: Visit.Fragment("q", "gpt-x", "&samples=2", "self-consistency"), isReady: false);
    }

    [BrowserFact]
    public async Task KeyThatIsRefusedWhileAsking_IsAskedForOnce_AndTheRunsGoOn()
    {
        await using RunningServer server = await Visit.ServeAsync(o => o with { Keys = [new ApiKeyOptions { Name = "alice", Sha256 = ServerConfiguration.HashOf(Key) }] });
        await Visit.AtAsync(fixture, server, async visit =>
        {
            await visit.Page.Locator("#key").FillAsync(Key);
            await visit.Page.Keyboard.PressAsync("Enter");
            await visit.ReadyAsync();
            await visit.Page.RouteAsync("**/api/reason", route => route.ContinueAsync(new() { Headers = new Dictionary<string, string> { ["content-type"] = "application/json", ["authorization"] = "Bearer withdrawn" } }), new() { Times = 2 });
            await visit.BeginAsync();
            await Expect(visit.Page.Locator("#key-dialog")).ToBeVisibleAsync();
            await visit.Page.Locator("#key").FillAsync(Key);
            await visit.Page.Keyboard.PressAsync("Enter");
            await visit.OverAsync();
            await Expect(visit.Page.Locator(".lane[data-state=completed]")).ToHaveCountAsync(2);
        }, fragment: Visit.Fragment("q", "gpt-x", "&samples=2", "self-consistency", "direct"), isReady: false);
    }

    [BrowserFact]
    public async Task TooManyRequests_SaysWhenToComeBack_AndWorksThen()
    {
        var clock = new ManualClock();
        await using RunningServer server = await Visit.ServeAsync(o => o with { Limits = new CallerLimits { TokensPerMinute = 1 } }, clock);
        await Visit.AtAsync(fixture, server, async visit =>
        {
            await visit.AskAsync();
            await Expect(visit.Lane()).ToHaveAttributeAsync("data-state", "completed");
            await visit.AskAsync();
            await Expect(visit.Value()).ToHaveTextAsync("Too many requests");
            await Expect(visit.Lane().Locator(".sub")).ToContainTextAsync("may be asked again in");
            clock.Advance(TimeSpan.FromMinutes(1));
            await visit.Lane().GetByText("Try again").ClickAsync();
            await Expect(visit.Lane()).ToHaveAttributeAsync("data-state", "completed");
        }, fragment: Visit.Fragment("q", "gpt-x", "&samples=2", "self-consistency"));
    }

    [BrowserFact]
    public async Task ServerAway_IsSaidAtTheStart_AndInARun_AndTryingAgainWorks()
    {
        await using RunningServer server = await Visit.ServeAsync();
        await Visit.AtAsync(fixture, server, async visit =>
        {
            await visit.Page.RouteAsync("**/api/**", route => route.AbortAsync());
            await visit.Page.ReloadAsync();
            await Expect(visit.Page.Locator("#notice")).ToContainTextAsync("cannot be reached");
            await Expect(visit.Page.Locator("#ask-button")).ToBeDisabledAsync();
            await visit.Page.UnrouteAllAsync();
            await visit.Page.Locator("#notice button").ClickAsync();
            await visit.ReadyAsync();
            await Expect(visit.Page.Locator("#notice")).ToBeHiddenAsync();

            await visit.Page.RouteAsync("**/api/reason", route => route.AbortAsync());
            await visit.AskAsync();
            await Expect(visit.Value()).ToHaveTextAsync("Server not reached");
            await visit.Page.UnrouteAllAsync();
            await visit.Lane().GetByText("Try again").ClickAsync();
            await Expect(visit.Lane()).ToHaveAttributeAsync("data-state", "completed");
        }, fragment: Visit.Fragment("q", "gpt-x", "&samples=2", "self-consistency"));
    }

    [BrowserFact]
    public async Task ConnectionLostInARun_IsSaid_AndNothingWaitsForever()
    {
        await using RunningServer server = await Visit.ServeAsync();
        await Visit.AtAsync(fixture, server, async visit =>
        {
            await visit.Page.RouteAsync("**/api/reason", route => route.FulfillAsync(new() { Status = 200, ContentType = "text/event-stream", Body = "event: run_started\nid: 1\ndata: {\"type\":\"run_started\",\"strategy\":\"direct\"}\n\n: keep-alive\n\nevent: stage_st" }));
            await visit.AskAsync();
            await Expect(visit.Value()).ToHaveTextAsync("Server not reached");
            await Expect(visit.Lane().Locator(".sub")).ToContainTextAsync("lost before the run ended");
        }, fragment: Visit.Fragment("q", "gpt-x", "", "direct"));
    }

    [BrowserFact]
    public async Task RefusedSetting_ShowsTheServersOwnWords()
    {
        await using RunningServer server = await Visit.ServeAsync(price: null);
        await Visit.AtAsync(fixture, server, async visit =>
        {
            await visit.AskAsync();
            await Expect(visit.Value()).ToHaveTextAsync("Refused");
            await Expect(visit.Lane().Locator(".sub")).ToContainTextAsync("has no price");
        }, fragment: Visit.Fragment("q", "gpt-x", "&cost=1", "direct"));
    }
}

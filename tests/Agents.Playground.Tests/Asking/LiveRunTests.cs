using System.Text.Json;
using Agents.Playground.Tests.Browsing;
using Agents.Testing;
using static Microsoft.Playwright.Assertions;

namespace Agents.Playground.Tests.Asking;

[Collection(BrowserTests.Name)]
public sealed class LiveRunTests(BrowserFixture fixture)
{
    private const string Product = "123 x 456 =";

    [BrowserFact]
    public async Task Ask_AnExampleOfTheEmbeddedModel_ShowsTheServersAnswerWithItsEvidence()
    {
        await using RunningServer server = await Visit.ServeAsync();
        await Visit.AtAsync(fixture, server, async visit =>
        {
            await visit.Page.Locator("#examples button").First.ClickAsync();
            await visit.Page.Locator("#model").SelectOptionAsync("embedded");
            await visit.Page.Locator("#ask-button").ClickAsync();
            await visit.OverAsync();
            JsonElement same = await visit.ReasonAsync("""{"question":"123 x 456 =","model":"embedded","strategy":"verified-consistency","samples":8,"seed":1,"settings":{"verifier":"arithmetic"}}""");
            await Expect(visit.Value(1)).ToHaveTextAsync(same.GetProperty("answer").GetString()!);
            await Expect(visit.Lane(1).Locator(".candidates .score.s4").First).ToBeVisibleAsync();
            await Expect(visit.Lane(1).Locator(".verdict").First).ToContainTextAsync("calculations are right");
            await Expect(visit.Lane(1).Locator(".votes .wins .vote-answer")).ToHaveTextAsync("56088");
            await Expect(visit.Lane().Locator(".meters")).ToContainTextAsync("calls8");
        });
    }

    [BrowserFact]
    public async Task Ask_TwoStrategies_StandSideBySide_AndAreCompared()
    {
        await using RunningServer server = await Visit.ServeAsync();
        await Visit.AtAsync(fixture, server, async visit =>
        {
            await visit.AskAsync();
            await Expect(visit.Page.Locator(".lane h2")).ToHaveTextAsync(["self-consistency", "verified-consistency"]);
            LocatorBoundingBoxResult left = (await visit.Lane(0).BoundingBoxAsync())!, right = (await visit.Lane(1).BoundingBoxAsync())!;
            Assert.Equal(left.Y, right.Y);
            Assert.True(right.X >= left.X + left.Width);
            await Expect(visit.Page.Locator("#comparison")).ToHaveTextAsync("Both strategies answer 56088.");
            await Expect(visit.Page.Locator("#live")).ToHaveTextAsync("self-consistency: 56088. verified-consistency: 56088.");
        }, fragment: Visit.Fragment(Product, "embedded", "", "self-consistency", "verified-consistency"));
    }

    [BrowserFact]
    public async Task Candidates_ArriveOneByOne_BeforeTheRunEnds()
    {
        await using RunningServer server = await Visit.ServeAsync(query: "&n=off");
        TaskCompletionSource[] replies = [new(), new(), new()];
        server.Upstream.Script = request => new StubBehavior { Until = replies[request.Number - 1].Task, Text = (r, _) => $"So the answer is {(r.Number == 2 ? 9 : 7)}." };
        await Visit.AtAsync(fixture, server, async visit =>
        {
            await visit.BeginAsync();
            await server.Upstream.Traffic.WhenInFlightAsync(3);
            ILocator rows = visit.Lane().Locator(".candidates > li");
            await Expect(rows).ToHaveCountAsync(0);
            await Expect(visit.Lane().Locator(".state")).ToContainTextAsync("0 of 3");
            for (int i = 0; i < 3; i++)
            {
                await Expect(visit.Page.Locator("#live")).ToHaveTextAsync("");
                Assert.Equal("true", await visit.Lane().GetAttributeAsync("aria-busy"));
                replies[i].SetResult();
                await Expect(rows).ToHaveCountAsync(i + 1);
                await Expect(visit.Lane().Locator(".meters div").First).ToHaveTextAsync($"calls{i + 1}");
            }

            await visit.OverAsync();
            await Expect(visit.Value()).ToHaveTextAsync("7");
            await Expect(visit.Lane().Locator(".vote-answer")).ToHaveTextAsync(["7", "9"]);
            Assert.NotEqual("0", await visit.Lane().Locator(".meters div").Nth(2).Locator("dd").TextContentAsync());
        }, fragment: Visit.Fragment("How many?", "gpt-x", "&samples=3", "self-consistency"));
    }

    [BrowserFact]
    public async Task Search_DrawsItsTree_AndTheTraceDrawsTheWholeRun()
    {
        await using RunningServer server = await Visit.ServeAsync();
        await Visit.AtAsync(fixture, server, async visit =>
        {
            await visit.AskAsync();
            ILocator tree = visit.Lane().Locator(".tree-view");
            await Expect(tree.Locator(".node.won")).ToHaveCountAsync(1);
            Assert.True(await tree.Locator(".node").CountAsync() > 8);
            await visit.Lane().GetByText("Open trace").ClickAsync();
            ILocator trace = visit.Page.Locator("#trace-dialog");
            await Expect(trace.Locator(".node.won")).ToHaveCountAsync(1);
            await Expect(trace.Locator("aside")).ToContainTextAsync("the answer");
            await visit.Page.Keyboard.PressAsync("Escape");
            await Expect(trace).ToBeHiddenAsync();
        }, fragment: Visit.Fragment("Evaluate 22 x 11 + 41 - (60 - 36).", "embedded", "", "beam-search"));
    }

    [BrowserFact]
    public async Task SearchTree_Grows_WhileTheSearchGoesOn()
    {
        await using RunningServer server = await Visit.ServeAsync(query: "&n=off");
        var later = new TaskCompletionSource();
        server.Upstream.Script = request => new StubBehavior { Until = request.Number <= 4 ? null : later.Task, Text = (_, _) => request.Number <= 4 ? $"<step>6*{request.Number}={request.Number * 6}</step>" : "<answer>42</answer>" };
        await Visit.AtAsync(fixture, server, async visit =>
        {
            await visit.BeginAsync();
            ILocator nodes = visit.Lane().Locator(".tree-view .node");
            await Expect(nodes).ToHaveCountAsync(5);
            await Expect(visit.Lane()).ToHaveAttributeAsync("data-state", "running");
            later.SetResult();
            await visit.OverAsync();
            await Expect(visit.Value()).ToHaveTextAsync("42");
            Assert.True(await nodes.CountAsync() > 5);
        }, fragment: Visit.Fragment("q", "gpt-x", "&samples=4&verifier=arithmetic", "beam-search"));
    }

    [BrowserFact]
    public async Task Auto_SaysWhatItDecided_AndWhy()
    {
        await using RunningServer server = await Visit.ServeAsync();
        await Visit.AtAsync(fixture, server, async visit =>
        {
            await visit.AskAsync();
            await Expect(visit.Lane().Locator(".decisions li").First).ToContainTextAsync("stop");
        }, fragment: Visit.Fragment("12 + 7 * 3", "embedded", "", "auto"));
    }

    [BrowserFact]
    public async Task Cancel_ByEscape_StopsTheCallsUpstream_AndSaysSo()
    {
        await using RunningServer server = await Visit.ServeAsync(query: "&n=off");
        server.Upstream.Behavior = new() { Hang = true };
        await Visit.AtAsync(fixture, server, async visit =>
        {
            await visit.BeginAsync();
            await server.Upstream.Traffic.WhenInFlightAsync(8);
            await Expect(visit.Page.Locator("#cancel-button")).ToBeEnabledAsync();
            await visit.Page.Keyboard.PressAsync("Escape");
            await server.Upstream.Traffic.WhenIdleAsync();
            Assert.Equal(8, server.Upstream.Traffic.Aborted);
            await Expect(visit.Value()).ToHaveTextAsync("Cancelled");
            await Expect(visit.Page.Locator("#live")).ToContainTextAsync("cancelled");
            await Expect(visit.Page.Locator("#ask-button")).ToBeEnabledAsync();
            server.Upstream.Behavior = StubBehavior.Default;
            await visit.Lane().GetByText("Try again").ClickAsync();
            await Expect(visit.Value()).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("^[0-9]+$"));
        }, fragment: Visit.Fragment("q", "gpt-x", "", "self-consistency"));
    }

    [BrowserFact]
    public async Task Samples_WithoutAnAnswer_EndAsNoAnswerReached()
    {
        await using RunningServer server = await Visit.ServeAsync();
        server.Upstream.Behavior = new() { Status = 500 };
        await Visit.AtAsync(fixture, server, async visit =>
        {
            await visit.AskAsync();
            await Expect(visit.Value()).ToHaveTextAsync("No answer reached");
            await Expect(visit.Lane()).ToHaveAttributeAsync("data-state", "unanswered");
            Assert.NotEqual("", await visit.Lane().Locator(".sub").TextContentAsync());
            await Expect(visit.Lane().Locator(".candidate-answer").First).ToHaveTextAsync("failed");
        }, fragment: Visit.Fragment("q", "gpt-x", "&samples=2", "self-consistency"));
    }

    [BrowserFact]
    public async Task Ask_WithoutAQuestion_SaysSoBesideTheField_AndAsksNothing()
    {
        await using RunningServer server = await Visit.ServeAsync();
        await Visit.AtAsync(fixture, server, async visit =>
        {
            await visit.BeginAsync();
            await Expect(visit.Page.Locator("#question-error")).ToBeVisibleAsync();
            await Expect(visit.Page.Locator("#question")).ToBeFocusedAsync();
            Assert.Equal(0, await visit.Page.Locator(".lane").CountAsync());
        });
    }
}

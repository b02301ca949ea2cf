using Agents.Playground.Tests.Browsing;
using static Microsoft.Playwright.Assertions;

namespace Agents.Playground.Tests.Asking;

[Collection(BrowserTests.Name)]
public sealed class HostileTextTests(BrowserFixture fixture)
{
    private const string Hostile = "<script>document.title='taken'</script><img src=x onerror=\"document.title='taken'\"> **bold** [link](javascript:alert(1)) <b>So</b> the answer is 7.";

    [BrowserFact]
    public async Task ModelText_ThatIsMarkup_StaysText_InTheLane_AndInTheTrace()
    {
        await using RunningServer server = await Visit.ServeAsync();
        server.Upstream.Behavior = new() { Text = (_, _) => Hostile };
        await Visit.AtAsync(fixture, server, async visit =>
        {
            await visit.AskAsync();
            await Expect(visit.Lane().Locator(".solution pre").First).ToHaveTextAsync(Hostile);
            await Expect(visit.Lane().Locator(".snippet").First).ToContainTextAsync("<script>");
            await visit.Lane().GetByText("Open trace").ClickAsync();
            await Expect(visit.Page.Locator("#trace-dialog aside pre")).ToHaveTextAsync(Hostile);
            Assert.Equal(0, await visit.Page.Locator("body script, img, .lane b, .lane a, dialog b, dialog a").CountAsync());
            await Expect(visit.Page).ToHaveTitleAsync("Agents playground");
        }, fragment: Visit.Fragment("<img src=x onerror=\"document.title='taken'\"> What is it?", "gpt-x", "&samples=2", "self-consistency"));
    }

    [BrowserFact]
    public async Task QuestionOfALink_ThatIsMarkup_StaysText_AndIsNotAsked()
    {
        await using RunningServer server = await Visit.ServeAsync();
        await Visit.AtAsync(fixture, server, async visit =>
        {
            await Expect(visit.Page.Locator("#question")).ToHaveValueAsync(Hostile);
            Assert.Equal(0, await visit.Page.Locator(".lane, img").CountAsync());
            Assert.Empty(server.Upstream.Traffic.Requests);
        }, fragment: Visit.Fragment(Hostile, "gpt-x", "&samples=<b>&verifier=<i>&seed=1e999", "no-such-strategy;<b>=1", "direct"));
    }

    [BrowserFact]
    public async Task Policy_RefusesMarkupAndForeignScripts_EvenIfThePageTried()
    {
        await using RunningServer server = await Visit.ServeAsync();
        string[] tried = [];
        await Assert.ThrowsAnyAsync<Exception>(() => Visit.AtAsync(fixture, server, async visit => tried = await visit.Page.EvaluateAsync<string[]>("""
            () => ["<b>x</b>"].map(text => { try { document.body.innerHTML = text; return "set"; } catch (e) { return e.name; } })
            """)));
        Assert.Equal(["TypeError"], tried);
    }
}

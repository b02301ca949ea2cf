using Agents.Playground.Tests.Browsing;
using static Microsoft.Playwright.Assertions;

namespace Agents.Playground.Tests.Look;

[Collection(BrowserTests.Name)]
public sealed class KeyboardTests(BrowserFixture fixture)
{
    [BrowserFact]
    public async Task KeyboardAlone_Asks_OpensTheTrace_WalksItsTree_AndComesBack()
    {
        await using RunningServer server = await Visit.ServeAsync();
        await Visit.AtAsync(fixture, server, async visit =>
        {
            IKeyboard keyboard = visit.Page.Keyboard;
            await keyboard.PressAsync("Tab");
            await Expect(visit.Page.Locator("#skip")).ToBeFocusedAsync();
            await Expect(visit.Page.Locator("#skip")).ToBeInViewportAsync();
            await keyboard.PressAsync("Enter");
            await Expect(visit.Page.Locator("#question")).ToBeFocusedAsync();
            await keyboard.TypeAsync("12 + 7 * 3");
            await visit.AskAsync();
            await Expect(visit.Value()).ToHaveTextAsync("33");

            await TabToAsync("Open trace");
            await keyboard.PressAsync("Enter");
            ILocator trace = visit.Page.Locator("#trace-dialog");
            await Expect(trace.Locator(".node.won")).ToHaveCountAsync(1);
            await TabToAsync("the answer");
            await keyboard.PressAsync("Home");
            await Expect(trace.Locator("aside h2")).ToContainTextAsync("self-consistency");
            await keyboard.PressAsync("Escape");
            await Expect(trace).ToBeHiddenAsync();
            await Expect(visit.Lane().GetByText("Open trace")).ToBeFocusedAsync();

            await TabToAsync("Copy as…");
            await keyboard.PressAsync("Enter");
            await TabToAsync("curl");
            await keyboard.PressAsync("ArrowRight");
            await Expect(visit.Page.Locator("#code-text")).ToContainTextAsync("WithReasoning");
            await keyboard.PressAsync("Escape");

            // Every stop on the way shows that it has the focus.
            async Task TabToAsync(string name)
            {
                for (int i = 0; i < 90; i++)
                {
                    await keyboard.PressAsync("Tab");
                    string[] stop = await visit.Page.EvaluateAsync<string[]>("""
                        () => {
                          const at = document.activeElement, style = getComputedStyle(at);
                          return [`${at.textContent} ${at.getAttribute("aria-label") || ""}`, at.closest("svg") || (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) ? "" : `${at.tagName}#${at.id}.${at.className}`];
                        }
                        """);
                    Assert.Equal("", stop[1]);
                    if (stop[0].Contains(name, StringComparison.Ordinal))
                        return;
                }

                Assert.Fail($"'{name}' is not reached by the keyboard.");
            }
        });
    }

    [BrowserFact]
    public async Task Answer_IsAnnouncedOnce()
    {
        await using RunningServer server = await Visit.ServeAsync();
        await Visit.AtAsync(fixture, server, async visit =>
        {
            await visit.Page.EvaluateAsync("() => { globalThis.said = []; new MutationObserver(() => { const text = document.querySelector('#live').textContent; if (text) said.push(text); }).observe(document.querySelector('#live'), { childList: true, characterData: true, subtree: true }); }");
            await visit.AskAsync();
            Assert.Equal(["self-consistency: 56088. adaptive-consistency: 56088."], await visit.Page.EvaluateAsync<string[]>("() => said"));
            Assert.Equal(1, await visit.Page.Locator("main [aria-live], main [role=status], #live").CountAsync());
        }, fragment: Visit.Fragment("123 x 456 =", "embedded", "", "self-consistency", "adaptive-consistency"));
    }

    [BrowserFact]
    public async Task EveryControl_HasAName()
    {
        await using RunningServer server = await Visit.ServeAsync();
        await Visit.AtAsync(fixture, server, async visit =>
        {
            await visit.AskAsync();
            Assert.Empty(await visit.Page.EvaluateAsync<string[]>("""
                () => [...document.querySelectorAll("button, input, select, textarea, [role=tree], dialog, section[tabindex]")]
                  .filter(e => !e.textContent.trim() || e.matches("select, textarea, dialog"))
                  .filter(e => !e.getAttribute("aria-label") && !e.labels?.length && !document.getElementById(e.getAttribute("aria-labelledby"))).map(e => e.outerHTML.slice(0, 80))
                """));
        }, fragment: Visit.Fragment("12 + 7 * 3", "embedded", "", "beam-search"));
    }
}

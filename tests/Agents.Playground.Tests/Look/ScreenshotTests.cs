using Agents.Playground.Tests.Browsing;
using Agents.Testing;
using static Microsoft.Playwright.Assertions;

namespace Agents.Playground.Tests.Look;

/// <summary>
/// The pictures of the documentation. They are taken in every run, and kept in <c>docs/images</c> where <c>AGENTS_SCREENSHOTS</c>
/// is set: fonts differ between machines.
/// </summary>
[Collection(BrowserTests.Name)]
public sealed class ScreenshotTests(BrowserFixture fixture)
{
    private const int MaxBytes = 300_000;
    private const string Product = "How much is 845×903?";
    private const string Story = "Mia has 69 dollars. For 3 weeks Mia earns 21 dollars each week. Mia lives 14 miles away. She spends 12 dollars. Her mother gives Mia 53 dollars. She pays 4 dollars on each of 3 days. She spends 128 dollars. How many dollars does Mia have now?";

    [BrowserTheory]
    [InlineData("light", ColorScheme.Light, 1440, 960)]
    [InlineData("dark", ColorScheme.Dark, 1440, 960)]
    [InlineData("phone", ColorScheme.Light, 390, 844)]
    public async Task Picture_OfARun_IsTaken(string name, ColorScheme scheme, int width, int height)
    {
        await using RunningServer server = await Visit.ServeAsync(o => o with { Models = new Dictionary<string, ServedModelOptions> { ["embedded"] = o.Models["embedded"] } });
        // A question on which the vote is popular and wrong, and one that is searched.
        (string question, string[] strategies) = name switch
        {
            "dark" => (Story, ["beam-search", "mcts;samples=16"]),
            "light" => (Product, ["direct", "self-consistency", "verified-consistency"]),
            _ => (Product, (string[])["self-consistency", "verified-consistency"]),
        };
        await Visit.AtAsync(fixture, server, async visit =>
        {
            await visit.AskAsync();
            await Expect(visit.Page.Locator(".lane[data-state=completed]")).ToHaveCountAsync(strategies.Length);
            if (name == "dark")
                await Expect(visit.Page.Locator(".node.won")).ToHaveCountAsync(2);
            await visit.Page.EvaluateAsync("() => Promise.all(document.getAnimations().map(a => a.finished))");
            byte[] picture = await visit.Page.ScreenshotAsync();
            Assert.InRange(picture.Length, 20_000, MaxBytes);
            if (Environment.GetEnvironmentVariable("AGENTS_SCREENSHOTS") is { Length: > 0 })
                await File.WriteAllBytesAsync(RepositoryRoot.At("docs", "images", $"playground-{name}.png"), picture);
        }, new BrowserNewContextOptions { ColorScheme = scheme, ViewportSize = new ViewportSize { Width = width, Height = height }, IsMobile = name == "phone", HasTouch = name == "phone", ReducedMotion = ReducedMotion.Reduce }, Visit.Fragment(question, "embedded", $"&verifier=arithmetic&samples={(name == "dark" ? 12 : 16)}&seed={(name == "dark" ? 5 : 1)}", strategies));
    }
}

using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Agents.Playground.Tests.Browsing;
using Agents.Testing;
using static Microsoft.Playwright.Assertions;

namespace Agents.Playground.Tests.Taking;

[Collection(BrowserTests.Name)]
public sealed class TakingTests(BrowserFixture fixture)
{
    private const string Key = "key-of-alice-0123456789";

    [BrowserTheory]
    [InlineData("embedded", "123 x 456 =")]
    [InlineData("gpt-x", "It's \"6\" times 7? $HOME `pwd` \\ 50 % !! \n second line")]
    public async Task CopiedCurl_RunByAShell_GivesTheAnswerOfThePage(string model, string question)
    {
        await using RunningServer server = await Visit.ServeAsync(o => o with { Keys = [new ApiKeyOptions { Name = "alice", Sha256 = ServerConfiguration.HashOf(Key) }] });
        await Visit.AtAsync(fixture, server, async visit =>
        {
            await visit.Page.Locator("#key").FillAsync(Key);
            await visit.Page.Keyboard.PressAsync("Enter");
            await visit.ReadyAsync();
            await visit.AskAsync();
            JsonElement result = await RunAsync(server, await visit.CopiedAsync("curl"));
            await Expect(visit.Value()).ToHaveTextAsync(result.GetProperty("answer").GetString()!);
            Assert.Equal(4, result.GetProperty("usage").GetProperty("model_calls").GetInt32());
            Assert.All(server.Upstream.Traffic.Requests, r => Assert.Contains(question.Trim(), r.Prompt, StringComparison.Ordinal));

            JsonElement shown = JsonElement.Parse(await visit.CopiedAsync("Result"));
            Assert.Equal(result.GetProperty("answer").GetString(), shown.GetProperty("answer").GetString());
            Assert.Equal(4, shown.GetProperty("candidates").GetArrayLength());
        }, fragment: Visit.Fragment(question, model, "&samples=4&seed=7", "self-consistency"), isReady: false);
    }

    [BrowserFact]
    public async Task CopiedCSharp_IsTheCodeThatIsCompiledHere_AndGivesTheAnswerOfThePage()
    {
        await using RunningServer server = await Visit.ServeAsync();
        await Visit.AtAsync(fixture, server, async visit =>
        {
            await visit.AskAsync();
            await Expect(visit.Value()).ToHaveTextAsync("56088");
            AssertCompiled("WithReasoningSnippet.cs", await visit.CopiedAsync("C# · Microsoft.Extensions.AI"));
            AssertCompiled("OpenAISnippet.cs", (await visit.CopiedAsync("C# · OpenAI SDK")).Replace($"\"{server.Address}v1\"", "address", StringComparison.Ordinal));
            AssertCompiled("WorkflowSnippet.cs", await visit.CopiedAsync("C# · Microsoft.Extensions.AI", lane: 1));
            Assert.Contains("56088", await Snippets.WithReasoningSnippet.RunAsync(), StringComparison.Ordinal);
            Assert.Equal("56088", await Snippets.OpenAISnippet.RunAsync(new Uri(server.Address, "/v1").ToString()));
            Assert.Contains(await visit.Value(1).TextContentAsync() ?? "?", await Snippets.WorkflowSnippet.RunAsync(), StringComparison.Ordinal);
        }, fragment: Visit.Fragment("123 x 456 =", "embedded", "&samples=8&seed=1&calls=40", "verified-consistency", "adaptive-consistency;threshold=0.9"));
    }

    [BrowserFact]
    public async Task SharedLink_CarriesQuestionAndSettings_AndAsksNothingByItself()
    {
        await using RunningServer server = await Visit.ServeAsync();
        string link = "";
        await Visit.AtAsync(fixture, server, async visit =>
        {
            await visit.Page.Locator("#question").FillAsync("What is 1 & 2 = #3?");
            await visit.Page.Locator("#model").SelectOptionAsync("gpt-x");
            await visit.Page.GetByLabel("Strategy 2").SelectOptionAsync("self-consistency");
            await visit.Page.Locator("#samples").FillAsync("2");
            await visit.Page.Locator(".pick").Nth(1).Locator("summary").ClickAsync();
            await visit.Page.Locator("#set-1-samples").FillAsync("5");
            await visit.Page.Locator("#verifier").SelectOptionAsync("");
            await visit.Page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
            await visit.Page.Locator("#link-button").ClickAsync();
            await Expect(visit.Page.Locator("#link-button")).ToHaveTextAsync("Copied");
            link = await visit.Page.EvaluateAsync<string>("() => navigator.clipboard.readText()");
        });
        await Visit.AtAsync(fixture, server, async visit =>
        {
            await Expect(visit.Page.Locator("#question")).ToHaveValueAsync("What is 1 & 2 = #3?");
            await Expect(visit.Page.Locator("#verifier")).ToHaveValueAsync("");
            Assert.Empty(server.Upstream.Traffic.Requests);
            await visit.AskAsync();
            await Expect(visit.Page.Locator(".lane h2")).ToHaveTextAsync(["self-consistency", "self-consistency"]);
            await Expect(visit.Lane(0).Locator(".meters div").First).ToHaveTextAsync("calls2");
            await Expect(visit.Lane(1).Locator(".meters div").First).ToHaveTextAsync("calls5");
        }, fragment: new Uri(link).Fragment);
    }

    [BrowserFact]
    public async Task History_ShowsAnEarlierRunAgain_AndSurvivesAReload()
    {
        await using RunningServer server = await Visit.ServeAsync();
        await Visit.AtAsync(fixture, server, async visit =>
        {
            await visit.AskAsync();
            string first = (await visit.Value().TextContentAsync())!;
            int asked = server.Upstream.Traffic.Requests.Count;
            await visit.Page.Locator("#question").FillAsync("another question");
            await visit.AskAsync();
            await Expect(visit.Page.Locator("#history-list li")).ToHaveCountAsync(2);
            await visit.Page.Locator("#history-list button").Last.ClickAsync();
            await Expect(visit.Value()).ToHaveTextAsync(first);
            await Expect(visit.Page.Locator("#question")).ToHaveValueAsync("the first question");
            Assert.Equal(asked * 2, server.Upstream.Traffic.Requests.Count);
            await visit.Page.ReloadAsync();
            await visit.ReadyAsync();
            await Expect(visit.Page.Locator("#history-list li").Last).ToContainTextAsync($"direct: {first}");
        }, fragment: Visit.Fragment("the first question", "gpt-x", "", "direct"));
    }

    /// <summary>What a shell makes of a command; where there is none, the same body over HTTP.</summary>
    private static async Task<JsonElement> RunAsync(RunningServer server, string command)
    {
        var start = new ProcessStartInfo("sh") { RedirectStandardOutput = true, UseShellExecute = false };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add("command -v curl >/dev/null || exit 127\n" + command);
        start.Environment["AGENTS_API_KEY"] = Key;
        try
        {
            using Process shell = Process.Start(start)!;
            string output = await shell.StandardOutput.ReadToEndAsync();
            await shell.WaitForExitAsync();
            if (shell.ExitCode != 127)
                return JsonElement.Parse(output);
        }
        catch (Win32Exception)
        {
            // No shell on this machine.
        }

        string body = Regex.Match(command, "-d '(.*)'$", RegexOptions.Singleline).Groups[1].Value.Replace("'\\''", "'", StringComparison.Ordinal);
        (_, JsonElement result, _) = await server.PostAsync("/api/reason", body, ("Authorization", $"Bearer {Key}"));
        return result;
    }

    /// <summary>A snippet's code stands in a file of this project, word for word, but for its last line, which prints.</summary>
    private static void AssertCompiled(string file, string snippet)
    {
        string[] source = [.. File.ReadLines(RepositoryRoot.At("tests", "Agents.Playground.Tests", "Taking", "Snippets", file)).Select(l => l.TrimEnd())];
        string[] lines = [.. snippet.Split('\n').Select(l => l.TrimEnd()).Where(l => l.Length > 0)];
        Assert.StartsWith("Console.WriteLine(", lines[^1], StringComparison.Ordinal);
        Assert.All(lines.Where(l => l.StartsWith("using ", StringComparison.Ordinal) || l[0] == '#'), l => Assert.Contains(l, source));
        IEnumerable<string> code = lines[..^1].Where(l => !l.StartsWith("using ", StringComparison.Ordinal) && l[0] != '#');
        IEnumerable<string> compiled = source.SkipWhile(l => !l.Contains("// begin", StringComparison.Ordinal)).Skip(1).TakeWhile(l => !l.Contains("// end", StringComparison.Ordinal)).Select(l => l["        ".Length..]);
        Assert.Equal(code, compiled);
    }
}

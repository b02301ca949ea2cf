using System.Net;
using System.Text.RegularExpressions;
using Agents.Testing;

namespace Agents.Server.Tests.Playground;

public sealed partial class PageTests
{
    private static readonly string folder = RepositoryRoot.At("hosts", "Agents.Server", "Playground", "Page");

    [Fact]
    public async Task Page_AndEveryFileOfIt_IsServedWithoutAKey_UnderAPolicyThatAllowsNothingInline()
    {
        await using RunningServer server = await RunningServer.StartAsync(o => o with { Keys = [new ApiKeyOptions { Name = "alice", Sha256 = ServerConfiguration.HashOf("key-of-alice") }] });
        foreach (string path in (IEnumerable<string>)["/", "/playground/run-picture.js", "/playground/run-picture.css", .. Directory.GetFiles(folder).Select(f => "/playground/" + Path.GetFileName(f))])
        {
            using HttpResponseMessage response = await server.Client.GetAsync(path);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            string policy = response.Headers.GetValues("Content-Security-Policy").Single();
            Assert.StartsWith("default-src 'none'; script-src 'self'; style-src 'self';", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
            Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.Equal(MediaTypeOf(path), response.Content.Headers.ContentType?.MediaType);
            Assert.NotEmpty(await response.Content.ReadAsStringAsync());
        }
    }

    [Fact]
    public async Task File_ThatTheBrowserHas_IsNotSentAgain()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        using HttpResponseMessage first = await server.Client.GetAsync("/playground/main.js");
        using var again = new HttpRequestMessage(HttpMethod.Get, "/playground/main.js");
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using HttpResponseMessage second = await server.Client.SendAsync(again);
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
        Assert.Empty(await second.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("/playground/no-such-file.js")]
    [InlineData("/playground/..%2Findex.html")]
    public async Task File_ThatThePageDoesNotHave_Is404(string path)
    {
        await using RunningServer server = await RunningServer.StartAsync();
        Assert.Equal(404, (await server.GetAsync(path)).Status);
    }

    [Fact]
    public void Files_HoldNothingInline_LoadNothingFromElsewhere_AndNeverSetMarkup()
    {
        Assert.True(Directory.GetFiles(folder).Length > 10);
        foreach (string file in Directory.GetFiles(folder))
        {
            string text = File.ReadAllText(file);
            Assert.DoesNotMatch(Markup(), text);
            Assert.DoesNotMatch(Elsewhere(), text.Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal));
            if (Path.GetExtension(file) == ".html")
                Assert.DoesNotMatch(Inline(), text);
        }
    }

    private static string MediaTypeOf(string path) => Path.GetExtension(path) switch { ".js" => "text/javascript", ".css" => "text/css", ".svg" => "image/svg+xml", _ => "text/html" };

    [GeneratedRegex(@"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|createContextualFragment|srcdoc|DOMParser")]
    private static partial Regex Markup();

    [GeneratedRegex("https?://|@import|(?<![a-zA-Z])url\\(")]
    private static partial Regex Elsewhere();

    [GeneratedRegex("<script(?![^>]*\\bsrc=)|<style|\\sstyle=|\\son[a-z]+=|javascript:")]
    private static partial Regex Inline();
}

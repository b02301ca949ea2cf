using System.Text.Json;
using Agents.Server.Channels;

namespace Agents.Server.Tests.Channels;

/// <summary>What a model writes is shown as it is written, and does nothing.</summary>
public sealed class ChannelTextTests
{
    private const string Hostile = """
        [click](https://evil.test/a) ![x](https://evil.test/pixel.png) <img src="https://evil.test/p"> <at>everyone</at> **bold** `code` ~~no~~
        # Heading
        - item https://evil.test/b www.evil.test mailto:boss@evil.test javascript:alert(1) a|b
        """;

    [Fact]
    public void Escape_LeavesNoMarkdownHtmlMentionOrLink()
    {
        string text = ChannelText.Escape(Hostile + "\u202Egnp.exe\u200B");
        foreach (string live in (string[])["<at>", "<img", "https://", "www.e", "mailto:b", "javascript:a", "s@e", "\u202E", "\u200B"])
            Assert.DoesNotContain(live, text, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"(?<!\\)[\[\]*_`~|]", text);
        Assert.DoesNotMatch(@"(?m)^\s*[#+\-=]", text);
        Assert.Contains("evil.test", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("The answer is 42.")]
    [InlineData("x = (3 + 4) - 5, 1/2 of 100 %")]
    [InlineData("Größe: 7 µm; 二")]
    [InlineData("10:30, ratio a:b")]
    public void Escape_OrdinaryWords_StayAsTheyAre(string text) => Assert.Equal(text, ChannelText.Escape(text));

    [Theory]
    [InlineData("abcdef", 4, "abc…")]
    [InlineData("abc", 3, "abc")]
    [InlineData("a\\*bcd", 3, "a…")]
    [InlineData("a&lt;bcd", 4, "a…")]
    [InlineData("ab😀cd", 4, "ab…")]
    public void Cut_NeverLeavesHalfALetterOrHalfAnEscape(string text, int most, string expected) => Assert.Equal(expected, ChannelText.Cut(text, most));

    [Fact]
    public void Escape_OfAGrowingText_KeepsItsBeginning()
    {
        for (int i = 1; i <= Hostile.Length; i++)
            Assert.StartsWith(ChannelText.Escape(Hostile[..(i - 1)]), ChannelText.Escape(Hostile[..i]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task HostileAnswer_IsEscapedInMessageAndCard()
    {
        await using ChannelServer channel = await ChannelServer.StartAsync();
        channel.Server.Upstream.Behavior = new() { Text = (r, _) => $"<answer>{(r.Number % 5 == 1 ? "<at>all</at> [y](https://evil.test/y)" : "[x](https://evil.test/x) *now*")}</answer>" };
        await channel.PostAsync(channel.Message("q"));
        JsonElement message = await channel.Peer.MessageAsync();
        Assert.Contains("\\[x\\]", message.GetProperty("text").GetString(), StringComparison.Ordinal);
        JsonElement card = message.GetProperty("attachments")[0].GetProperty("content");
        List<JsonElement> blocks = [];
        Collect(card, blocks);
        // What the model wrote stands in text runs, which know no Markdown; the rest of the card's words are the server's.
        Assert.Contains(blocks, b => b.GetProperty("type").GetString() == "TextRun" && b.GetProperty("text").GetString()!.StartsWith("[x](https:/", StringComparison.Ordinal));
        Assert.All(blocks.Where(b => b.GetProperty("type").GetString() == "TextBlock"), b => Assert.DoesNotContain("evil", b.GetProperty("text").GetString(), StringComparison.Ordinal));
        Assert.All(blocks, b => Assert.False(b.TryGetProperty("selectAction", out _) || b.TryGetProperty("url", out _)));
        Assert.DoesNotContain("https://evil", card.GetRawText(), StringComparison.Ordinal);
        Assert.All(channel.Peer.Received, a => Assert.DoesNotMatch(@"(?<!\\)\]\(", a.Text));
    }

    private static void Collect(JsonElement element, List<JsonElement> blocks)
    {
        if (element.ValueKind == JsonValueKind.Object)
        {
            if (element.TryGetProperty("type", out _))
                blocks.Add(element);
            foreach (JsonProperty property in element.EnumerateObject())
                Collect(property.Value, blocks);
        }
        else if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement item in element.EnumerateArray())
                Collect(item, blocks);
        }
    }
}

using System.Text;

namespace Agents.Models.Decoding.Tests;

public sealed class GeneratedTextTests
{
    [Theory]
    [InlineData("ab|c</s|tep>d", "</step>", "abc")]
    [InlineData("x<|/|st|ep|>", "</step>", "x")]
    [InlineData("aaab", "aab", "a")]
    [InlineData("no stop", "</step>", "no stop")]
    [InlineData("one two", "two,one", "")]
    [InlineData("é|è|x", "èx", "é")]
    public void Append_StopAcrossTokens_EndsBeforeIt(string tokens, string stops, string expected)
    {
        var text = new GeneratedText([.. stops.Split(',').Select(Encoding.UTF8.GetBytes)]);
        var shown = new StringBuilder();

        bool stopped = false;
        foreach (string token in tokens.Split('|'))
        {
            if (stopped = text.Append(Encoding.UTF8.GetBytes(token)))
                break;
            shown.Append(text.Release(isEnd: false));
        }

        shown.Append(text.Release(isEnd: true));
        Assert.Equal(expected, text.ToString());
        Assert.Equal(expected, shown.ToString());
        Assert.Equal(expected != tokens.Replace("|", "", StringComparison.Ordinal), stopped);
    }

    [Fact]
    public void Release_BytesOfACharacterOneByOne_ShowsItWhole()
    {
        var text = new GeneratedText([]);
        var shown = new List<string>();
        foreach (byte value in Encoding.UTF8.GetBytes("a😀é"))
        {
            text.Append([value]);
            shown.Add(text.Release(isEnd: false));
        }

        Assert.Equal(["a", "", "", "", "😀", "", "é"], shown);
    }

    [Fact]
    public void Release_TextCutInsideACharacter_EqualsTheWhole()
    {
        var text = new GeneratedText([]);
        string shown = "";
        foreach (byte value in new byte[] { 0x61, 0xF0, 0x9F, 0x98, 0x62, 0xC3 })
        {
            text.Append([value]);
            shown += text.Release(isEnd: false);
        }

        shown += text.Release(isEnd: true);
        Assert.Equal(text.ToString(), shown);
        Assert.Equal("a\uFFFDb\uFFFD", shown);
    }
}

using System.Text;
using System.Text.Json;

namespace Agents.Models.Onnx.Tests.Folder;

public sealed class TokenTableTests
{
    [Fact]
    public void Parse_ByteLevel_GivesBytesOfEveryToken()
    {
        TokenTable table = Parse("""{"added_tokens":[{"id":3,"content":"<|end|>","special":true},{"id":4,"content":"<step>","special":false}],"pre_tokenizer":{"type":"Sequence","pretokenizers":[{"type":"Split"},{"type":"ByteLevel"}]},"model":{"type":"BPE","vocab":{"Ġhi":0,"Ã":1,"字":2}}}""", 6);

        Assert.Equal(" hi", table.TextOf(0));
        Assert.Equal([0xC3], table.BytesOf(1).ToArray());
        Assert.Equal("字", table.TextOf(2));
        Assert.Empty(table.BytesOf(3).ToArray());
        Assert.Equal("<step>", table.TextOf(4));
        // Number 5 has no token: the logits are wider than the vocabulary.
        Assert.Equal([3, 5], table.Controls);
        Assert.Equal(["<|end|>"], table.ControlTexts);
    }

    [Fact]
    public void Parse_SentencePiece_GivesSpacesAndBytes()
    {
        TokenTable table = Parse("""{"decoder":{"type":"Sequence","decoders":[{"type":"Replace","pattern":{"String":"▁"},"content":" "},{"type":"ByteFallback"},{"type":"Fuse"}]},"model":{"type":"BPE","vocab":{"▁the":0,"<0xE5>":1,"<0xZZ>":2}}}""", 3);

        Assert.Equal(" the", table.TextOf(0));
        Assert.Equal([0xE5], table.BytesOf(1).ToArray());
        Assert.Equal("<0xZZ>", table.TextOf(2));
    }

    [Fact]
    public void Parse_Unigram_NumbersByPlace()
    {
        TokenTable table = Parse("""{"decoder":{"type":"Metaspace"},"model":{"type":"Unigram","vocab":[["<unk>",0],["▁a",-1.5]]}}""", 2);

        Assert.Equal(" a", table.TextOf(1));
    }

    [Fact]
    public void Parse_ControlsAsText_GivesTheirNames() =>
        Assert.Equal("<|x|>", TokenTableReader.Parse(Encoding.UTF8.GetBytes("""{"added_tokens":[{"id":0,"content":"<|x|>","special":true}],"decoder":{"type":"ByteLevel"},"model":{"vocab":{}}}"""), 1, controlsAreText: true).TextOf(0));

    [Fact]
    public void Parse_NotAVocabulary_IsRefused()
    {
        Assert.Throws<FormatException>(() => Parse("""{"decoder":{"type":"WordPiece"},"model":{"vocab":{}}}""", 1));
        Assert.Throws<FormatException>(() => Parse("""{"decoder":{"type":"ByteLevel"},"model":{"vocab":{"a":1}}}""", 1));
        Assert.ThrowsAny<JsonException>(() => Parse("[", 1));
    }

    private static TokenTable Parse(string json, int size) => TokenTableReader.Parse(Encoding.UTF8.GetBytes(json), size, controlsAreText: false);
}

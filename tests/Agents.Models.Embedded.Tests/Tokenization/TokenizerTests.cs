using System.Text;
using Agents.Models.Embedded.Tests.Models;
using FsCheck;
using FsCheck.Fluent;

namespace Agents.Models.Embedded.Tests.Tokenization;

public sealed class TokenizerTests
{
    private static readonly Tokenizer tokenizer = TinyVocabulary.Create();

    private static readonly string[] fragments =
    [
        .. TinyVocabulary.Controls, .. TinyVocabulary.Added, .. TinyVocabulary.Words, "<", "|", ">", "<|", "|>", "<step", "step>", " ", "  ", "\n", "\r\n", "\t", "\0", "'s", "'", "a", "7", "é", "e\u0301",
        "漢", "😀", "𝒳", "\ud83d", "\ude00", "\uFFFD", "\uFEFF", "\u0085", "\u200B", "ا", "Think step by ste", "&lt;", "\\u0000",
    ];

    [Fact]
    public void Encode_AnyText_DecodesToItself()
    {
        Gen<string> adversarial = Gen.Elements(fragments).ListOf().Select(parts => string.Concat(parts));
        Gen<string> any = ArbMap.Default.GeneratorFor<string>().Select(text => text ?? "");
        Prop.ForAll(Gen.OneOf(adversarial, any).ToArbitrary(), text =>
        {
            // Halves of surrogate pairs are no text: .NET's own encoder turns them into U+FFFD.
            string expected = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
            return Decoded(Encoded(text)) == expected;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    [Fact]
    public void Encode_AnyText_NeverHasAControlToken()
    {
        Gen<string> adversarial = Gen.Elements(fragments).ListOf().Select(parts => string.Concat(parts));
        Prop.ForAll(adversarial.ToArbitrary(), text => !Encoded(text).Any(id => id is >= TinyVocabulary.Pad and <= TinyVocabulary.Assistant))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    [Theory]
    [InlineData("Think step by step.", 1)]
    [InlineData("Think step", 1)]
    [InlineData("xThink step by step.y", 3)]
    [InlineData("<step>Tom has the apples</step>", 6)]
    [InlineData(" the the", 2)]
    [InlineData("12", 2)]
    [InlineData("\0", 1)]
    [InlineData("", 0)]
    public void Encode_Text_HasSoManyTokens(string text, int expected) => Assert.Equal(expected, Encoded(text).Count);

    [Fact]
    public void Encode_Words_CountsTheUnknownOnes()
    {
        WordCount count = tokenizer.Encode("Tom has seven apples 12 + 7 <step>", []);

        Assert.Equal(new WordCount(4, 1), count);
    }

    [Fact]
    public void Encode_TenThousandCharacters_OfAnyLanguage_Decodes()
    {
        string text = string.Concat(Enumerable.Range(0, 1000).Select(i => fragments[i * 7 % fragments.Length] + "мир 漢字 ")).Replace("\ud83d", "", StringComparison.Ordinal).Replace("\ude00", "", StringComparison.Ordinal);

        Assert.True(text.Length > 10_000);
        Assert.Equal(text, Decoded(Encoded(text)));
    }

    private static List<int> Encoded(string text)
    {
        var tokens = new List<int>();
        tokenizer.Encode(text, tokens);
        return tokens;
    }

    private static string Decoded(List<int> tokens) => Encoding.UTF8.GetString([.. tokens.SelectMany(id => tokenizer.BytesOf(id).ToArray())]);
}

namespace Agents.Models.Embedded.Tests.Tokenization;

public sealed class PreTokenizerTests
{
    [Theory]
    [InlineData("Tom has 12 apples.", "Tom| has| 12| apples|.")]
    [InlineData("it's we'll 's 'd", "it|'s| we|'ll| '|s| '|d")]
    [InlineData("a  b", "a| | b")]
    [InlineData("a\n\nb", "a|\n|\n|b")]
    [InlineData("a \t b", "a| \t| b")]
    [InlineData("end  ", "end|  ")]
    [InlineData("(apples", "(|apples")]
    [InlineData("3+4=7", "3|+|4|=|7")]
    [InlineData("''s", "''|s")]
    [InlineData(" ²½Ⅳ x", " ²½Ⅳ| x")]
    [InlineData("漢字kana", "漢字kana")]
    [InlineData("a\u0085b", "a|\u0085|b")]
    [InlineData("😀 ok", "😀| ok")]
    [InlineData("𝒳𝒴1", "𝒳𝒴|1")]
    public void FirstPiece_Repeated_CutsAsGpt2Does(string text, string expected)
    {
        var pieces = new List<string>();
        for (string rest = text; rest.Length > 0; rest = rest[pieces[^1].Length..])
            pieces.Add(rest[..PreTokenizer.FirstPiece(rest)]);

        Assert.Equal(expected, string.Join('|', pieces));
    }
}

namespace Agents.Rewards.Tests.Rewards;

public sealed class LanguageRewardTests
{
    private static async Task<double?> Share(string language, string text) => (await new LanguageReward(language).ScoreAsync(new RewardItem(text))).Value;

    [Theory]
    [InlineData("en", "We add the two numbers", 1)]
    [InlineData("en", "We add 两个 numbers", 3 / 5.0)]
    [InlineData("zh", "我们 add 数字", 4 / 5.0)]
    [InlineData("ja", "これは数です", 1)]
    [InlineData("ru", "складываем числа and stop", 2 / 4.0)]
    [InlineData("ko", "두 수를 더한다", 1)]
    [InlineData("en", "the value $\\alpha + x$ and `int число = 3;` is ```python\nчисло = 1\n``` done", 1)]
    [InlineData("en", "<think>so</think><answer>it</answer>", 1)]
    [InlineData("ru", "берём x и y, итого 3x", 1)]
    [InlineData("ru", "см. https://example.org/path here", 1 / 2.0)]
    [InlineData("en", "costs $5 and then десять $7 more", 4 / 5.0)]
    [InlineData("hi", "दो संख्याएँ जोड़ें", 1)]
    [InlineData("en", "don't can’t", 1)]
    public async Task Score_Text_IsTheShareOfWordsInTheScript(string language, string text, double share) => Assert.Equal(share, (await Share(language, text))!.Value, 12);

    [Theory]
    [InlineData("12 + 30 = 42")]
    [InlineData("$x + y$")]
    [InlineData("")]
    public async Task Score_WithoutWords_Abstains(string text) => Assert.Null(await Share("en", text));

    [Fact]
    public void Create_UnknownLanguage_NamesTheKnown() => Assert.Contains("zh", Assert.Throws<ArgumentException>(() => new LanguageReward("tlh")).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Score_MixedText_CountsEveryInsertedWord()
    {
        // The counts are known by construction: so many words of two letters and more, so many Chinese characters between them.
        var random = new Random(2);
        for (int i = 0; i < 500; i++)
        {
            int words = random.Next(1, 40), characters = random.Next(40);
            string[] all = [.. Enumerable.Range(0, words).Select(_ => new string([.. Enumerable.Range(0, random.Next(2, 9)).Select(_ => (char)random.Next('a', 'z' + 1))])), .. Enumerable.Range(0, characters).Select(_ => ((char)random.Next(0x4E00, 0x9FFF)).ToString())];
            random.Shuffle(all);
            Assert.Equal((double)words / (words + characters), (await Share("en", string.Join(' ', all)))!.Value, 12);
        }
    }
}

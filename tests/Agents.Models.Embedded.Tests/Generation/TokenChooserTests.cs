using Agents.Models.Embedded.Tests.Models;
using Agents.Reasoning;

namespace Agents.Models.Embedded.Tests.Generation;

public sealed class TokenChooserTests
{
    private readonly TokenChooser chooser = new(TinyVocabulary.Create(), [TinyVocabulary.End]);

    [Fact]
    public void Choose_Temperature1_DrawsByTheModelsProbabilities()
    {
        float[] logits = Logits((10, 0), (20, MathF.Log(2)), (TinyVocabulary.End, MathF.Log(5)));

        Dictionary<int, int> drawn = Draw(logits, new SamplingRules { Temperature = 1 }, 80_000);

        // Four standard deviations of 80,000 draws are less than 600.
        Assert.InRange(drawn[10], 9_400, 10_600);
        Assert.InRange(drawn[20], 19_400, 20_600);
        Assert.InRange(drawn[TinyVocabulary.End], 49_400, 50_600);
    }

    [Fact]
    public void Choose_Temperature0_TakesTheLowestOfTheGreatest() =>
        Assert.Equal(20, chooser.Choose(Logits((30, 2), (20, 2), (10, 1)), new SamplingRules(), 0.999));

    [Fact]
    public void Choose_ControlTokenMostLikely_IsNeverDrawnUnlessItEndsATurn()
    {
        float[] logits = Logits((TinyVocabulary.Assistant, 50), (10, 1), (299, 60));

        Assert.Equal(10, chooser.Choose(logits, new SamplingRules(), 0.5));
        Assert.All(Draw(logits, new SamplingRules { Temperature = 1 }, 1000).Keys, id => Assert.Equal(10, id));
    }

    [Fact]
    public void Choose_TopK_DrawsFromTheMostLikelyOnly()
    {
        float[] logits = Logits((10, 3), (20, 2), (30, 1));

        Assert.Equal([10, 20], Draw(logits, new SamplingRules { Temperature = 1, TopK = 2 }, 2000).Keys.Order());
    }

    [Fact]
    public void Choose_TopP_DrawsFromTheFewestThatHoldTheMass()
    {
        float[] logits = Logits((10, MathF.Log(6)), (20, MathF.Log(3)), (30, MathF.Log(1)));

        Assert.Equal([10], Draw(logits, new SamplingRules { Temperature = 1, TopP = 0.5 }, 2000).Keys);
        Assert.Equal([10, 20], Draw(logits, new SamplingRules { Temperature = 1, TopP = 0.7 }, 2000).Keys.Order());
        Assert.Equal([10], Draw(logits, new SamplingRules { Temperature = 1, TopK = 2, TopP = 0.6 }, 2000).Keys);
    }

    [Theory]
    [InlineData(1e-300)]
    [InlineData(1e-6)]
    [InlineData(1e12)]
    public void Choose_ExtremeTemperature_ChoosesAToken(double temperature)
    {
        float[] logits = Logits((10, 3), (20, 2.9f));

        foreach (double uniform in new[] { 0, 0.5, 1 - 1.0 / (1UL << 53) })
            Assert.InRange(chooser.Choose(logits, new SamplingRules { Temperature = temperature }, uniform), 0, 299);
        Assert.Equal(10, chooser.Choose(logits, new SamplingRules { Temperature = 1e-6 }, 0.9999));
    }

    [Fact]
    public void Measure_Tokens_GivesTheUntemperedDistribution()
    {
        float[] logits = Logits((65, MathF.Log(6)), (66, MathF.Log(3)), (67, MathF.Log(1)));

        TokenLogProbability measured = chooser.Measure(logits, 66, "B", 2);

        Assert.Equal(Math.Log(0.3), measured.LogProbability, 5);
        Assert.Equal(["A", "B"], measured.Alternatives.Select(a => a.Token));
        Assert.Equal(Math.Log(0.6), measured.Alternatives[0].LogProbability, 5);
        Assert.Equal(measured.LogProbability, measured.Alternatives[1].LogProbability);
    }

    private Dictionary<int, int> Draw(float[] logits, SamplingRules rules, int times)
    {
        var random = new SampleRandom(11, 3);
        return Enumerable.Range(0, times).GroupBy(i => chooser.Choose(logits, rules, random[i])).ToDictionary(g => g.Key, g => g.Count());
    }

    /// <summary>Logits of which all but these are out of reach.</summary>
    private static float[] Logits(params (int Id, float Value)[] likely)
    {
        float[] logits = [.. Enumerable.Repeat(-200f, 300)];
        foreach ((int id, float value) in likely)
            logits[id] = value;
        return logits;
    }
}

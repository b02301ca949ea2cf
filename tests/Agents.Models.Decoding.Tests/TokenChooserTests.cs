using Agents.Reasoning;

namespace Agents.Models.Decoding.Tests;

public sealed class TokenChooserTests
{
    private readonly TokenChooser chooser = new(new SmallTable(300), [SmallTable.End]);

    [Fact]
    public void Choose_Temperature1_DrawsByTheModelsProbabilities()
    {
        float[] logits = Logits((10, 0), (20, MathF.Log(2)), (SmallTable.End, MathF.Log(5)));

        Dictionary<int, int> drawn = Draw(logits, new SamplingRules { Temperature = 1 }, 80_000);

        // Four standard deviations of 80,000 draws are less than 600.
        Assert.InRange(drawn[10], 9_400, 10_600);
        Assert.InRange(drawn[20], 19_400, 20_600);
        Assert.InRange(drawn[SmallTable.End], 49_400, 50_600);
    }

    [Fact]
    public void Choose_Temperature0_TakesTheLowestOfTheGreatest() =>
        Assert.Equal(20, chooser.Choose(Logits((30, 2), (20, 2), (10, 1)), new SamplingRules(), 0.999));

    [Fact]
    public void Choose_ControlTokenMostLikely_IsNeverDrawnUnlessItEndsATurn()
    {
        float[] logits = Logits((SmallTable.Assistant, 50), (10, 1), (299, 60));

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
    [InlineData(null, 0.3)]
    [InlineData(null, 0.999999)]
    [InlineData(40, null)]
    [InlineData(4000, null)]
    [InlineData(50, 0.9)]
    [InlineData(1000, 0.99)]
    public void Choose_Cuts_EqualTheNaiveTwin(int? topK, double? topP)
    {
        const int Size = 5000;
        var wide = new TokenChooser(new PlainTable(Size), []);
        var random = new Random(5);
        foreach (double spread in new[] { 0.01, 1, 6 })
        {
            // Rounded, so that there are ties.
            float[] logits = [.. Enumerable.Range(0, Size).Select(_ => MathF.Round((float)(random.NextDouble() * 8 * spread), 2))];
            var rules = new SamplingRules { Temperature = 0.8, TopK = topK, TopP = topP };
            for (int draw = 0; draw < 40; draw++)
            {
                double uniform = random.NextDouble();
                Assert.Contains(wide.Choose(logits, rules, uniform), Naive(logits, rules, uniform));
            }
        }
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

    /// <summary>The tokens that a draw may give: one, or its neighbours where the draw falls within 1e-5 of a border.</summary>
    private static HashSet<int> Naive(float[] logits, SamplingRules rules, double uniform)
    {
        float greatest = logits.Max();
        double[] weights = [.. logits.Select(l => Math.Exp((l - greatest) / rules.Temperature))];
        int[] order = [.. Enumerable.Range(0, weights.Length).OrderByDescending(i => weights[i]).ThenBy(i => i).Take(rules.TopK ?? weights.Length)];
        double wanted = (rules.TopP ?? 1) * order.Sum(i => weights[i]), held = 0;
        var kept = new SortedSet<int>();
        var allowed = new HashSet<int>();
        foreach (int id in order)
        {
            if (held >= wanted)
                break;
            kept.Add(id);
            held += weights[id];
        }

        double at = 0;
        foreach (int id in kept)
        {
            double next = at + weights[id];
            if (uniform * held > at - 1e-5 * held && uniform * held < next + 1e-5 * held)
                allowed.Add(id);
            at = next;
        }

        return allowed;
    }

    /// <summary>Numbers only.</summary>
    private sealed class PlainTable(int size) : ITokenTable
    {
        public int Size => size;

        public IReadOnlyList<int> Controls => [];

        public ReadOnlySpan<byte> BytesOf(int token) => [];

        public string TextOf(int token) => "";
    }
}

namespace Agents.Reasoning.Tests.Sampling;

public sealed class GroupConfidenceTests
{
    [Fact]
    public void Of_IsTheMeanOfTheAlternativesNegated() =>
        Assert.Equal(2, GroupConfidence.Of(new TokenLogProbability("a", -0.5, [new("a", -0.5), new("b", -1.5), new("c", -4)])));

    [Fact]
    public void Of_TokenWithoutAlternatives_IsNothing() => Assert.Null(GroupConfidence.Of(new TokenLogProbability("a", -0.5, [])));

    [Fact]
    public void Least_IsTheLeastMeanOfAnyFullWindow()
    {
        var random = new Random(3);
        for (int round = 0; round < 200; round++)
        {
            int window = random.Next(1, 12);
            double[] tokens = [.. Enumerable.Range(0, random.Next(0, 40)).Select(_ => random.NextDouble() * 20)];
            var groups = new GroupConfidence(window);
            for (int i = 0; i < tokens.Length; i++)
            {
                double? mean = groups.Add(tokens[i]), naive = i + 1 < window ? null : tokens[(i + 1 - window)..(i + 1)].Average();
                Assert.Equal(naive is null, mean is null);
                Assert.Equal(naive ?? 0, mean ?? 0, 9);
            }

            double? least = tokens.Length < window ? null : Enumerable.Range(0, tokens.Length - window + 1).Min(i => tokens[i..(i + window)].Average());
            Assert.Equal(least ?? -1, groups.Least ?? -1, 9);
            Assert.Equal(least ?? (tokens.Length == 0 ? -1 : tokens.Average()), groups.LeastOrMean ?? -1, 9);
        }
    }

    [Fact]
    public void OfTrace_OneTokenWithoutAlternatives_IsNoScore() =>
        Assert.Null(GroupConfidence.OfTrace([new("a", -1, [new("a", -1)]), new("b", -1, [])], 1));

    [Fact]
    public void ToScore_KeepsTheOrderWithinZeroAndOne()
    {
        double[] scores = [.. new[] { -1.0, 0, 0.1, 1, 5, 50, 1e9 }.Select(GroupConfidence.ToScore)];
        Assert.Equal(scores.Order(), scores);
        Assert.All(scores, s => Assert.InRange(s, 0, 1));
        Assert.Equal(0.5, scores[3]);
    }
}

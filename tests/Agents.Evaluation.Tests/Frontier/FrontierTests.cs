using System.Xml.Linq;
using Agents.Reasoning;
using Agents.Reasoning.Verifiers;

namespace Agents.Evaluation.Tests.Frontier;

public sealed class FrontierTests
{
    [Fact]
    public void At_BetweenTwoBudgets_IsTheirMixture()
    {
        var curve = new FrontierCurve("vote", [Figure("vote", 1, 100, 1), Figure("vote", 4, 300, 3)]);
        Assert.Null(curve.At(99));
        Assert.Equal(0.25, curve.At(100)!.Average(), 12);
        Assert.Equal(0.5, curve.At(200)!.Average(), 12);
        Assert.Equal(0.75, curve.At(5000)!.Average(), 12);
    }

    [Fact]
    public void Comparison_TakesTheBestFixedStrategyAtTheSameTokens()
    {
        FrontierFigure[] figures = [Figure("vote", 1, 100, 1), Figure("vote", 4, 400, 2), Figure("mcts", 4, 150, 3), Figure("auto", 4, 200, 4), Figure("auto", 2, 90, 1)];
        FrontierComparison comparison = Assert.Single(FrontierComparison.Of(figures));
        Assert.Equal("mcts", comparison.Best);
        Assert.Equal(0.25, comparison.Difference, 12);
        Assert.True(comparison.IsOnOrAbove);
    }

    [Fact]
    public void Comparison_WorseOnEveryQuestion_IsNotOnTheCurve()
    {
        FrontierComparison comparison = Assert.Single(FrontierComparison.Of([Figure("vote", 1, 100, 4), Figure("auto", 4, 200, 0)]));
        Assert.False(comparison.IsOnOrAbove);
    }

    [Fact]
    public void All_HasEachStrategyWithAndWithoutTheVerifier()
    {
        IReadOnlyList<FrontierPoint> points = FrontierPoint.All(new ArithmeticVerifier());
        Assert.Equal(points.Count, points.Select(p => p.Name).Distinct().Count());
        Assert.Equal(points.Count, points.Select(p => p.Runs.Fingerprint + p.IsVerified).Distinct().Count());
        foreach (string strategy in new[] { "auto", "beam-search", "dvts", "mcts", "particles" })
            Assert.Equal([false, true], points.Where(p => p.Strategy == strategy).Select(p => p.IsVerified).Distinct());
        Assert.DoesNotContain(FrontierPoint.All(null), p => p.IsVerified);
    }

    [Fact]
    public void Svg_IsWellFormedAndNamesEveryCurve()
    {
        XElement svg = XElement.Parse(FrontierSvg.Render([Figure("vote", 1, 100, 1), Figure("vote", 4, 400, 2), Figure("auto", 4, 200, 4)], null));
        string[] texts = [.. svg.Descendants().Where(e => e.Name.LocalName == "text").Select(e => e.Value)];
        Assert.Contains("auto", texts);
        Assert.Contains("vote", texts);
    }

    [Fact]
    public async Task Figures_ChargeAbandonedCallsLikeTheOthers()
    {
        EvaluationPlan plan = MadeUp.Plan(4);
        var silent = new Evaluator((_, strategy, _, _, _) => Task.FromResult(new ReasoningResult { Strategy = strategy.Description.Name, StopReason = StopReason.Consensus, Usage = new RunUsage(4, 30, 60, UnreportedCalls: 1, AbandonedCalls: 1) }));
        FrontierPoint[] points = [.. plan.Strategies.Select((s, i) => new FrontierPoint(s.Name, i, false, s.Strategy))];
        FrontierFigure figure = FrontierFigure.Of(points, await silent.RunAsync(plan))[0];
        Assert.Equal((40, 80), ((int)figure.InputTokens, (int)figure.OutputTokens));
    }

    [Fact]
    public void Drawn_MoreQuestions_BeginWithTheSame()
    {
        EvaluationData data = MadeUp.Plan(20).Data;
        Assert.Equal(FrontierQuestions.Drawn(data, 5, 1).Items, FrontierQuestions.Drawn(data, 12, 1).Items.Take(5));
        Assert.NotEqual(data.Items, FrontierQuestions.Drawn(data, null, 1).Items);
        Assert.Equal(data.Items.Count, FrontierQuestions.Drawn(data, null, 1).Items.Distinct().Count());
    }

    /// <summary>A point on four questions of which the first <paramref name="right"/> are right.</summary>
    private static FrontierFigure Figure(string strategy, int budget, double tokens, int right) =>
        new(new FrontierPoint(strategy, budget, false, StrategyCatalogue.Create("direct")), [.. Enumerable.Range(0, 4).Select(i => i < right)], tokens / 2, tokens / 2, budget, 1);
}

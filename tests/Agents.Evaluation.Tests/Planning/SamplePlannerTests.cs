using System.Text.Json;
using Agents.Reasoning;

namespace Agents.Evaluation.Tests.Planning;

public sealed class SamplePlannerTests
{
    private static readonly SampleOutcomes always = new([0, 0, 0, 0], [true, true, true, true]);
    private static readonly SampleOutcomes mostly = new([0, 1, 0, 0], [true, false, true, true]);

    [Fact]
    public void Plans_SmallModelWithMoreSamples_BeatsALargeOneThatIsDearer()
    {
        RecordedModel small = Model("small", mostly), large = Model("large", always);
        IReadOnlyList<SamplePlan> plans = SamplePlanner.Plans([(small, new ModelPrice(1, 1)), (large, new ModelPrice(100, 100))]);
        SamplePlan cheap = SamplePlanner.Cheapest(plans, 0.75)!, sure = SamplePlanner.Cheapest(plans, 1)!;
        Assert.Equal(("small", 1), (cheap.Model, cheap.Samples));
        Assert.Equal(("small", 3), (sure.Model, sure.Samples));
        Assert.Equal(("large", 1), (SamplePlanner.Cheapest(SamplePlanner.Plans([(small, new ModelPrice(1, 1)), (large, new ModelPrice(2, 2))]), 1) is { } p ? (p.Model, p.Samples) : default));
        Assert.Null(SamplePlanner.Cheapest(plans, 1.01));
    }

    [Fact]
    public void Frontier_RisesInCostAndAccuracy()
    {
        IReadOnlyList<SamplePlan> frontier = SamplePlanner.Frontier(SamplePlanner.Plans([(Model("small", mostly), new ModelPrice(1, 1)), (Model("large", always), new ModelPrice(3, 3))]));
        for (int i = 1; i < frontier.Count; i++)
            Assert.True(frontier[i].Cost > frontier[i - 1].Cost && frontier[i].Accuracy > frontier[i - 1].Accuracy);
    }

    [Fact]
    public void Plans_NoCommonQuestion_SaysSo()
    {
        RecordedModel other = Model("other", always) with { Questions = new Dictionary<string, SampleOutcomes> { ["b"] = always } };
        Assert.Contains("No question", Assert.Throws<ArgumentException>(() => SamplePlanner.Plans([(Model("one", always), new ModelPrice(1, 1)), (other, new ModelPrice(1, 1))])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Cost_ChargesASharedPromptOnce()
    {
        RecordedModel shared = Model("m", always), each = shared with { FurtherPromptTokens = 10 };
        Assert.Equal((10 + 4 * 20) / 1e6, shared.CostOf(new ModelPrice(1, 1), 4), 12);
        Assert.Equal((40 + 4 * 20) / 1e6, each.CostOf(new ModelPrice(1, 1), 4), 12);
    }

    [Fact]
    public void Recorded_SamplesThatNameTheirModels_AreParted()
    {
        EvaluationItem item = new("a", "What?", "4", [Named("small", "3"), Named("large", "4"), Named("small", "4.0")]);
        IReadOnlyList<RecordedModel> models = RecordedModel.Of(new EvaluationData("file.jsonl.gz", "00", [item]));
        Assert.Equal(["large", "small"], models.Select(m => m.Name));
        Assert.Equal([false, true], models[1].Questions["a"].Correct);
        Assert.True(models[0].IsEstimated);
    }

    private static RecordedSample Named(string model, string answer) =>
        new($"It is {answer}.", answer, null) { Other = new Dictionary<string, JsonElement> { ["model"] = JsonSerializer.SerializeToElement(model) } };

    private static RecordedModel Model(string name, SampleOutcomes outcomes) => new(name, new Dictionary<string, SampleOutcomes> { ["a"] = outcomes }, 10, 0, 20, false);
}

using Xunit.Abstractions;

namespace Agents.Evaluation.Tests.Thoughts;

public sealed class ThoughtAnalyzerTests(ITestOutputHelper output)
{
    [Fact]
    public void LabelledSet_IsOfTheSizeThatIsStated()
    {
        Assert.Equal(338, LabelledThought.All.Count);
        Assert.Equal(6, LabelledThought.All.Select(t => t.Style).Distinct().Count());
        Assert.All(ThoughtAnalyzer.Behaviours, b => Assert.True(LabelledThought.All.Count(t => t.Part == "held-out" && t.Labels.Contains(b)) > 10, b.ToString()));
    }

    [Theory]
    [InlineData("rules", 165, 171, 165)]
    [InlineData("held-out", 49, 52, 73)]
    public void LabelledSet_PrecisionAndRecallAreAsStated(string part, int hits, int found, int there)
    {
        LabelledThought[] set = [.. LabelledThought.All.Where(t => t.Part == part)];
        (int hit, int said, int true_) all = default;
        foreach (ThoughtBehaviour b in ThoughtAnalyzer.Behaviours)
        {
            (int hit, int said, int labelled) = Count(set, b);
            output.WriteLine($"{part} {b}: precision {hit}/{said}, recall {hit}/{labelled}");
            all = (all.hit + hit, all.said + said, all.true_ + labelled);
        }

        output.WriteLine($"{part} all: precision {all.hit}/{all.said}, recall {all.hit}/{all.true_}");
        foreach (LabelledThought t in set.Where(t => part == "rules" && !t.Labels.SequenceEqual(ThoughtAnalyzer.BehavioursOf(t.Text))))
            output.WriteLine($"  [{string.Join(',', t.Labels)}] as [{string.Join(',', ThoughtAnalyzer.BehavioursOf(t.Text))}]: {t.Text}");
        Assert.Equal((hits, found, there), all);
    }

    [Fact]
    public void Annotate_SplitsAtMarksLinesAndTags_AndLeavesTheAnswerOut()
    {
        const string text = "<think><step>plan: 2 steps</step><step>12.5+7=19.5</step>\nWait, no. It is 20! Is that right? 好。对</think><answer>wait, no 20</answer>";
        IReadOnlyList<ThoughtSentence> sentences = ThoughtAnalyzer.Annotate(text);
        Assert.Equal(["plan: 2 steps", "12.5+7=19.5", "Wait, no.", "It is 20!", "Is that right?", "好。", "对"], sentences.Select(s => s.Text));
        Assert.All(sentences, s => Assert.Equal(s.Text, text.Substring(s.Start, s.Text.Length)));
        Assert.Equal([ThoughtBehaviour.Planning], sentences[0].Behaviours);
        Assert.Empty(sentences[1].Behaviours);
        Assert.Equal([ThoughtBehaviour.Correction], sentences[2].Behaviours);
        Assert.Equal([ThoughtBehaviour.Verification], sentences[4].Behaviours);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   \n ")]
    [InlineData("<think></think>")]
    [InlineData("<answer>7</answer>")]
    public void Annotate_NothingSaid_IsNoSentence(string text) => Assert.Empty(ThoughtAnalyzer.Annotate(text));

    [Fact]
    public void Counts_AreOfSentencesAndOfSamples()
    {
        ThoughtCounts counts = ThoughtCounts.Of([
            (ThoughtAnalyzer.Annotate("Let me check that. Let me check this too. So 5."), true),
            (ThoughtAnalyzer.Annotate("Let me check that. Oops, 6."), false),
            (ThoughtAnalyzer.Annotate("So 5."), null)]);
        Assert.Equal((3, 6), (counts.Samples, counts.Sentences));
        Assert.Equal(new BehaviourCount(ThoughtBehaviour.Verification, 3, 2, 2, 1), counts.Behaviours[0]);
        Assert.Equal(new BehaviourCount(ThoughtBehaviour.Correction, 1, 1, 1, 0), counts.Behaviours[4]);
        Assert.Contains("| verification | 3 | 2, 66.7 %", ThoughtTable.Render(counts), StringComparison.Ordinal);
    }

    private static (int Hit, int Said, int There) Count(LabelledThought[] set, ThoughtBehaviour b) =>
        (set.Count(t => t.Labels.Contains(b) && Says(t, b)), set.Count(t => Says(t, b)), set.Count(t => t.Labels.Contains(b)));

    private static bool Says(LabelledThought t, ThoughtBehaviour b) => ThoughtAnalyzer.BehavioursOf(t.Text).Contains(b);
}

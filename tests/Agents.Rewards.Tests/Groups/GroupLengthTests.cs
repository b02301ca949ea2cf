using Agents.Reasoning;
using FsCheck;
using FsCheck.Fluent;

namespace Agents.Rewards.Tests.Groups;

public sealed class GroupLengthTests
{
    [Fact]
    public void Of_Group_IsThePapersFormula() => Assert.Equal(
        // λ of 100, 150, 200, 200, 300 tokens among 100 to 300.
        [.5, .25, 0, 0, -.5],
        GroupLength.Of([(100, true), (150, true), (200, true), (200, false), (300, false)]));

    [Fact]
    public void Of_ShortWrongCompletion_GainsNothing() => Assert.Equal([0, -.5], GroupLength.Of([(10, false), (90, true)]));

    [Fact]
    public void Of_EqualLengths_AreNotTold_Apart() => Assert.Equal([0, 0], GroupLength.Of([(7, true), (7, false)]));

    [Fact]
    public void Of_AnyGroup_FavoursTheShorterOfRightOnes_AndNoWrongOneOverARightOneOfItsLength() => Prop.ForAll(
        Gen.Choose(0, 1000).Zip(Gen.Elements(true, false)).NonEmptyListOf().ToArbitrary(),
        drawn =>
        {
            (int Length, bool IsRight)[] group = [.. drawn.Select(d => (d.Item1, d.Item2))];
            IReadOnlyList<double> lengths = GroupLength.Of(group);
            return lengths.All(l => l is >= -.5 and <= .5)
                && Enumerable.Range(0, group.Length).All(i => group[i].IsRight || lengths[i] <= 0)
                && Enumerable.Range(0, group.Length).All(i => Enumerable.Range(0, group.Length).All(j =>
                    !group[i].IsRight || (group[j].IsRight ? group[i].Length > group[j].Length || lengths[i] >= lengths[j] : group[i].Length != group[j].Length || lengths[i] >= lengths[j])));
        }).QuickCheckThrowOnFailure();

    private static readonly string[] rows =
    [
        """{"completion":"<think>six sevens</think><answer>42</answer>","gold":"42","group":"a","tokens":100}""",
        """{"completion":"<think>six sevens, slowly</think><answer>42</answer>","gold":"42","group":"a","tokens":200}""",
        """{"completion":"<think>six eights</think><answer>48</answer>","gold":"42","group":"a","tokens":100}""",
        // Refused: it is not the shortest of its group.
        """{"completion":"<think></think><answer>42</answer>","gold":"42","group":"a","tokens":1}""",
        """{"completion":"<think>alone</think><answer>1</answer>","gold":"1","tokens":5}""",
        """{"completion":"<think>x</think><answer>1</answer>","group":"b"}""",
        """{"completion":"<think>longer x</think><answer>1</answer>","group":"b"}""",
    ];

    private static Task<IReadOnlyList<RewardedRow>> ScoreAsync() => RewardedRow.ScoreAsync(
        [.. rows.Select(r => RewardRow.Parse(r, "row"))], RewardDocument.Parse("""{"rewards":[{"reward":"accuracy"},{"reward":"group-length","weight":0.5}]}"""), AdvantageRule.DrGrpo);

    [Fact]
    public async Task Score_Groups_AddsTheLengthBeforeTheAdvantages()
    {
        IReadOnlyList<RewardedRow> scored = await ScoreAsync();
        Assert.Equal([1.25, .75, 0, 0, 1, 0, 0], scored.Select(r => r.Result.Reward));
        Assert.Equal([.75, .25, -.5, -.5], scored.Take(4).Select(r => r.Advantage));
        Assert.Contains("""{"reward":"group-length","weight":0.5,"value":0.5,"reason":"by tokens"}""", scored[0].ToJson(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Score_WhatCannotBeCompared_AbstainsAndSaysWhy()
    {
        IReadOnlyList<RewardedRow> scored = await ScoreAsync();
        Assert.Equal(("group-length", null, "nothing to compare with"), Part(scored[4]));
        Assert.Equal(("group-length", null, "whether it is right is not known"), Part(scored[5]));
        Assert.DoesNotContain(scored[3].Result.Parts, p => p.Name == GroupLength.Name);

        static (string, double?, string) Part(RewardedRow row) => (row.Result.Parts[^1].Name, row.Result.Parts[^1].Value, row.Result.Parts[^1].Reason);
    }

    [Theory]
    [InlineData("""{"rewards":[{"reward":"group-length"}]}""", "$.rewards: 'group-length' needs another reward beside it")]
    [InlineData("""{"rewards":[{"reward":"accuracy"},{"reward":"group-length"},{"reward":"group-length"}]}""", "$.rewards[2]: 'group-length' stands in the list twice")]
    [InlineData("""{"rewards":[{"reward":"accuracy"},{"reward":"group-length","limit":3}]}""", "$.rewards[1]: there is no field \"limit\"")]
    public void Parse_BadGroupLength_SaysWhatAndWhere(string json, string message) =>
        Assert.StartsWith(message, Assert.Throws<DocumentException>(() => RewardDocument.Parse(json)).Message, StringComparison.Ordinal);
}

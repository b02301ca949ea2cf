using Agents.Answers;
using FsCheck;
using FsCheck.Fluent;

namespace Agents.Evaluation.Tests;

public sealed class SampleCurveTests
{
    [Fact]
    public void Winners_AnyAnswers_EqualAVoteOverEachPrefix()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes =>
        {
            int[] classes = [.. bytes.Select(b => b % 5 - 1)];
            var winners = new int[classes.Length];
            PrefixMajority.Winners(classes, winners);
            for (int k = 1; k <= classes.Length; k++)
            {
                VoteTally votes = VoteTally.Count(classes.Take(k).Select((c, i) => new Ballot(i, c < 0 ? null : Answer.Parse($"answer {c}"))));
                if (winners[k - 1] != (votes.Leader?.Voters[0] ?? -1))
                    return false;
            }

            return true;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Winners_Tie_GoesToTheFirstSeenWhateverItsLabel()
    {
        var winners = new int[4];
        PrefixMajority.Winners([7, 2, 2, 7], winners);
        Assert.Equal([0, 0, 1, 0], winners);
    }

    [Fact]
    public void Of_MinorityOfRightAnswersAgainstOneWrong_MajorityFallsWhileCoverageRises()
    {
        SampleCurve curve = SampleCurve.Of(Simulate(4000, 101, [.4, .6]), seed: 1, orders: 4)!;
        Assert.Equal(.400, curve.Points[0].MajorityMean, .02);
        Assert.Equal(.154, curve.Points[24].MajorityMean, .015);
        Assert.Equal(.021, curve.Points[100].MajorityMean, .007);
        Assert.True(curve.Points[24].Coverage > .9999);
        Assert.True(curve.Points[24].MajorityInterval.Contains(.154));
    }

    [Fact]
    public void Of_WrongMassSpreadOverSixAnswers_MajorityRises()
    {
        SampleCurve curve = SampleCurve.Of(Simulate(4000, 25, [.4, .1, .1, .1, .1, .1, .1]), seed: 1, orders: 4)!;
        Assert.Equal(.95, curve.Points[24].MajorityMean, .012);
    }

    [Fact]
    public void Of_TiesBrokenByLabelWithGoldFirst_WouldInflateAccuracy()
    {
        // The trap: the right answer carries label 0. First seen must not care.
        SampleOutcomes[] questions = Simulate(20_000, 4, [.5, .2, .15, .15]);
        SampleOutcomes[] relabelled = [.. questions.Select(q => q with { Classes = [.. q.Classes.Select(c => 9 - c)] })];
        double FirstSeen(SampleOutcomes[] of) => SampleCurve.Of(of, 1, 1)!.Points[3].Majority;
        double byLabel = questions.Average(q => q.Classes.GroupBy(c => c).OrderByDescending(g => g.Count()).ThenBy(g => g.Key).First().Key == 0 ? 1.0 : 0);
        Assert.Equal(FirstSeen(questions), FirstSeen(relabelled));
        Assert.True(byLabel > FirstSeen(questions) + .03);
    }

    [Fact]
    public void Of_OneSample_MajorityIsTheMeanOfTheFirst()
    {
        SampleCurve curve = SampleCurve.Of([new([0], [true]), new([PrefixMajority.Abstains], [false])], 0)!;
        SampleCurvePoint point = Assert.Single(curve.Points);
        Assert.Equal((.5, .5, .5), (point.Majority, point.MajorityMean, point.Coverage));
        Assert.Null(curve.Fit);
    }

    [Fact]
    public void Of_QuestionsWithDifferentNumbersOfSamples_AreRefused() =>
        Assert.Throws<ArgumentException>(() => SampleCurve.Of([new([0], [true]), new([0, 0], [true, true])], 0));

    // Class 0 is right.
    private static SampleOutcomes[] Simulate(int questions, int samples, double[] probabilities)
    {
        var random = new SplitMix64(11);
        int Draw()
        {
            double u = random.NextDouble();
            int c = 0;
            for (; c < probabilities.Length - 1 && u >= probabilities[c]; c++)
                u -= probabilities[c];
            return c;
        }

        return [.. Enumerable.Range(0, questions).Select(_ =>
        {
            int[] classes = [.. Enumerable.Range(0, samples).Select(_ => Draw())];
            return new SampleOutcomes(classes, [.. classes.Select(c => c == 0)]);
        })];
    }
}

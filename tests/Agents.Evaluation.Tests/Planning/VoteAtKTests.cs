namespace Agents.Evaluation.Tests.Planning;

public sealed class VoteAtKTests
{
    [Fact]
    public void Unbiased_IsTheMeanOverAllOrderedSubsets()
    {
        var random = new SplitMix64(3);
        for (int trial = 0; trial < 60; trial++)
        {
            int n = 2 + random.Next(5);
            int[] classes = [.. Enumerable.Range(0, n).Select(_ => random.Next(4) - 1)];
            int right = random.Next(3);
            var question = new SampleOutcomes(classes, [.. classes.Select(c => c == right)]);
            for (int k = 1; k <= n; k++)
                Assert.Equal(Counted(question, k), VoteAtK.Unbiased(question, k), 12);
        }
    }

    [Fact]
    public void Unbiased_OfOneSample_IsTheShareThatIsRight() =>
        Assert.Equal(0.4, VoteAtK.Unbiased(new SampleOutcomes([0, 1, 0, -1, 2], [true, false, true, false, false]), 1), 12);

    [Fact]
    public void Unbiased_TwoRightSpellings_BothCount() =>
        Assert.Equal(1, VoteAtK.Unbiased(new SampleOutcomes([0, 1, 0, 1], [true, true, true, true]), 3), 12);

    [Fact]
    public void Unbiased_ManySamples_StaysWithinRange()
    {
        int[] classes = [.. Enumerable.Range(0, 300).Select(i => i % 7)];
        Assert.InRange(VoteAtK.Unbiased(new SampleOutcomes(classes, [.. classes.Select(c => c == 3)]), 150), 0.05, 0.4);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    public void Unbiased_KOutOfRange_Throws(int k) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => VoteAtK.Unbiased(new SampleOutcomes([0, 1, 2], [true, false, false]), k));

    /// <summary>The naive twin: every ordered selection of k samples, ties to the first seen.</summary>
    private static double Counted(SampleOutcomes question, int k)
    {
        int right = 0, all = 0;
        void Walk(List<int> taken)
        {
            if (taken.Count == k)
            {
                all++;
                int[] votes = [.. taken.Where(i => question.Classes[i] >= 0)];
                if (votes.Length > 0)
                {
                    int most = votes.GroupBy(i => question.Classes[i]).Max(g => g.Count());
                    int first = votes.First(i => votes.Count(j => question.Classes[j] == question.Classes[i]) == most);
                    right += question.Correct[first] ? 1 : 0;
                }

                return;
            }

            for (int i = 0; i < question.Classes.Count; i++)
            {
                if (!taken.Contains(i))
                    Walk([.. taken, i]);
            }
        }

        Walk([]);
        return (double)right / all;
    }
}

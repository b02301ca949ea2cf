namespace Agents.Answers.Tests.Corpus;

public sealed class CorpusTests
{
    /// <summary>The pairs of pairs.tsv: whether they are equal, and the two texts.</summary>
    public static TheoryData<bool, string, string> Pairs()
    {
        var pairs = new TheoryData<bool, string, string>();
        foreach (string line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Corpus", "pairs.tsv")))
        {
            string[] fields = line.Split('\t');
            if (fields.Length == 3) pairs.Add(fields[0] == "=", fields[1], fields[2]);
        }

        return pairs;
    }

    [Fact]
    public void Pairs_OfTheCorpus_AreAtLeastThreeHundred() => Assert.True(Pairs().Count >= 300);

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Grade_PairOfTheCorpus_IsRightInBothOrders(bool equal, string gold, string prediction)
    {
        Equivalence expected = equal ? Equivalence.Equal : Equivalence.Different;
        Assert.Equal(expected, AnswerGrader.Default.Grade(gold, prediction));
        Assert.Equal(expected, AnswerGrader.Default.Grade(prediction, gold));
    }
}

namespace Agents.Answers.Tests.Corpus;

public sealed class CorpusTests
{
    /// <summary>The pairs of the corpus: whether they are equal, and the two texts.</summary>
    public static TheoryData<bool, string, string> Pairs()
    {
        var pairs = new TheoryData<bool, string, string>();
        IEnumerable<string> files = Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Corpus"), "*.tsv").Order(StringComparer.Ordinal);
        foreach (string line in files.SelectMany(File.ReadLines))
        {
            string[] fields = line.Split('\t');
            if (fields.Length == 3) pairs.Add(fields[0] == "=", Unfold(fields[1]), Unfold(fields[2]));
        }

        return pairs;
    }

    private static string Unfold(string field) => field.Replace('⏎', '\n');

    [Fact]
    public void Pairs_OfTheCorpus_AreAtLeastTwoThousand() => Assert.True(Pairs().Count >= 2000);

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Grade_PairOfTheCorpus_IsRightInBothOrders(bool equal, string gold, string prediction)
    {
        Equivalence expected = equal ? Equivalence.Equal : Equivalence.Different;
        Assert.Equal(expected, AnswerGrader.Default.Grade(gold, prediction));
        Assert.Equal(expected, AnswerGrader.Default.Grade(prediction, gold));
    }
}

using Agents.Answers.Tests.Fuzz;
using FsCheck;
using FsCheck.Fluent;

namespace Agents.Answers.Tests;

/// <summary>What holds of every input.</summary>
public sealed class LawTests
{
    private static readonly Arbitrary<string> Texts = Gen.Choose(0, int.MaxValue - 1).Select(seed => new FuzzInputs(seed).Next()).ToArbitrary();
    private static readonly string[] Pool = ["1/2", "0.5", "50%", "2", "x=2", "3", "\\sqrt{4}", "yes", "B", "(1,2)"];

    [Fact]
    public void Compare_AnyAnswer_EqualsItself() =>
        Prop.ForAll(Texts, text => AnswerEquivalence.Default.Compare(Answer.Parse(text), Answer.Parse(text)) == Equivalence.Equal).QuickCheckThrowOnFailure();

    [Fact]
    public void Grade_AnyPair_IsSymmetric() =>
        Prop.ForAll(Texts, Texts, (a, b) => AnswerGrader.Default.Grade(a, b) == AnswerGrader.Default.Grade(b, a)).QuickCheckThrowOnFailure();

    [Fact]
    public void Compare_EqualCanonicalForms_MeanEqualAnswers() =>
        Prop.ForAll(Texts, Texts, (a, b) =>
        {
            Answer left = Answer.Parse(a), right = Answer.Parse(b);
            return left.Canonical != right.Canonical || left.Kind != right.Kind || AnswerEquivalence.Default.Compare(left, right) == Equivalence.Equal;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Count_AnyOrderOfBallots_GivesOneTally() =>
        Prop.ForAll(Gen.Choose(0, Pool.Length - 1).ArrayOf(12).ToArbitrary(), Gen.Choose(0, 1000).ToArbitrary(), (picks, seed) =>
        {
            Ballot[] ballots = [.. picks.Select((pick, i) => new Ballot(i, Answer.Parse(Pool[pick])))];
            Ballot[] shuffled = [.. ballots];
            new Random(seed).Shuffle(shuffled);
            string Written(VoteTally tally) => string.Join(';', tally.Classes.Select(c => $"{c.Answer.Text}:{string.Join(',', c.Voters)}"));
            return Written(VoteTally.Count(ballots)) == Written(VoteTally.Count(shuffled));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Grade_TwentyThousandRandomAndMutatedTexts_NeverThrows()
    {
        var inputs = new FuzzInputs(20);
        long faults = Faults.Count;
        for (int i = 0; i < 10_000; i++)
        {
            string a = inputs.Next(), b = inputs.Next();
            AnswerGrader.Default.Grade(a, b);
            AnswerExtractor.Default.Extract(a, (AnswerKind)(i % 9));
            _ = Answer.Parse(b).Canonical;
        }

        // Nor does the boundary have anything to hide.
        Assert.Equal(faults, Faults.Count);
    }

    [Fact]
    public void Grade_DotsTwiceBeforeTheLastItem_IsNoListWithDots() =>
        Assert.Equal(Equivalence.Different, AnswerGrader.Default.Grade("1, 2, \\ldots, \\ldots", "3"));
}

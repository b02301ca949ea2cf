using FsCheck;
using FsCheck.Fluent;

namespace Agents.Distillation.Tests.Mixing;

public sealed class MixtureTests
{
    private static RecipePart Part(string name, double? weight = null, int? count = null) => new(name, new SamplesSource(), []) { Weight = weight, Count = count };

    [Theory]
    // The scarcest part sets the size: 3 to 1 of 100 and 10 is 30 and 10.
    [InlineData(100, 10, 3.0, 1.0, null, 30, 10)]
    [InlineData(100, 100, 3.0, 1.0, 40, 30, 10)]
    // 3 to 1 of 10 in all: 7.5 and 2.5; the first of equal remainders gets the one left over.
    [InlineData(100, 100, 3.0, 1.0, 10, 8, 2)]
    [InlineData(0, 100, 3.0, 1.0, null, 0, 0)]
    [InlineData(100, 30, 1.0, 0.3, null, 100, 30)]
    public void Sizes_OfWeights_KeepTheShares(int first, int second, double weight, double other, int? size, int expected, int otherExpected) =>
        Assert.Equal([expected, otherExpected], Mixture.Sizes([Part("a", weight), Part("b", other)], [first, second], size));

    [Fact]
    public void Sizes_OfCountsAndOfNeither_DoNotDependOnOthers() =>
        Assert.Equal([20, 7, 50], Mixture.Sizes([Part("a", count: 20), Part("b", count: 9), Part("c")], [100, 7, 50], null));

    [Fact]
    public void Sizes_OfAnyWeights_AreAtMostWhatThereIs_AndWithinOneOfTheShare() => Prop.ForAll(
        Gen.Choose(1, 500).ArrayOf(3).ToArbitrary(), Gen.Choose(1, 9).ArrayOf(3).ToArbitrary(),
        (available, weights) =>
        {
            int[] sizes = Mixture.Sizes([.. weights.Select((w, i) => Part($"p{i}", w))], available, null);
            int total = sizes.Sum();
            return sizes.Zip(available, (s, n) => s >= 0 && s <= n).All(x => x)
                && sizes.Zip(weights, (s, w) => Math.Abs(s - ((double)total * w / weights.Sum())) <= 1 + 1e-9).All(x => x)
                // As much as the scarcest allows: one more of everything in its share would not be there.
                && total >= Math.Floor(Enumerable.Range(0, 3).Min(i => available[i] * weights.Sum() / (double)weights[i])) - 1;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Take_OfTraces_IsTheSameWhateverTheOrderOfTheFile()
    {
        TrainingQuestion[] questions = [.. Enumerable.Range(0, 50).Select(i => Made.Question($"q{i}", "1", "The answer is 1.", "1+0=1. The answer is 1."))];
        RecipePart part = Part("a", count: 30);
        var mixture = new Mixture(new RecipeStage("s", [part], []), 5);
        HashSet<(string, int)> forward = [.. Chosen(mixture.Take(part, questions, 30))], backward = [.. Chosen(mixture.Take(part, [.. questions.Reverse()], 30))];
        Assert.Equal(30, forward.Count);
        Assert.True(forward.SetEquals(backward));
        Assert.False(forward.SetEquals(Chosen(new Mixture(new RecipeStage("s", [part], []), 6).Take(part, questions, 30))));

        static IEnumerable<(string, int)> Chosen(IEnumerable<TrainingQuestion> taken) => taken.SelectMany(q => q.Traces.Select(t => (q.Id, t.Provenance.Index)));
    }

    [Fact]
    public void Take_OfQuestions_TakesThemWhole()
    {
        TrainingQuestion[] questions = [.. Enumerable.Range(0, 9).Select(i => Made.Question($"q{i}", "1", [.. Enumerable.Repeat("The answer is 1.", i)]))];
        RecipePart part = Part("a", count: 4);
        var mixture = new Mixture(new RecipeStage("s", [part], []) { Unit = MixtureUnit.Questions }, 5);
        IReadOnlyList<TrainingQuestion> taken = mixture.Take(part, questions, 4);
        Assert.Equal(4, taken.Count);
        Assert.All(taken, q => Assert.Equal(questions.Single(o => o.Id == q.Id).Traces.Count, q.Traces.Count));
    }
}

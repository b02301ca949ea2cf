using System.Text.Json;
using Xunit.Abstractions;

namespace Agents.Answers.Tests;

public sealed class AnswerGraderTests(ITestOutputHelper output)
{
    [Fact]
    public void Grade_PublishedUnitTestsOfGraders_ReachesTheBarsInBothOrders()
    {
        if (SharedData.Find("equivalence_unit_tests.jsonl") is not { } file)
        {
            output.WriteLine("shared/data/equivalence_unit_tests.jsonl is absent: nothing compared.");
            return;
        }

        (int total, int right, int unequal, int unequalRight) forward = Count(file, swap: false), backward = Count(file, swap: true);
        foreach ((int total, int right, int unequal, int unequalRight) in new[] { forward, backward })
        {
            output.WriteLine($"{right}/{total} right, {unequalRight}/{unequal} of the unequal");
            Assert.True(right >= 0.97 * total);
            Assert.True(unequalRight >= 0.95 * unequal);
        }
    }

    private static (int Total, int Right, int Unequal, int UnequalRight) Count(string file, bool swap)
    {
        int total = 0, right = 0, unequal = 0, unequalRight = 0;
        foreach (string line in File.ReadLines(file))
        {
            using JsonDocument row = JsonDocument.Parse(line);
            string gold = row.RootElement.GetProperty("gold").GetString()!, prediction = row.RootElement.GetProperty("pred").GetString()!;
            bool equal = row.RootElement.GetProperty("equal").GetBoolean();
            Equivalence result = swap ? AnswerGrader.Default.Grade(prediction, gold) : AnswerGrader.Default.Grade(gold, prediction);
            bool isRight = result == (equal ? Equivalence.Equal : Equivalence.Different);
            total++;
            right += isRight ? 1 : 0;
            unequal += equal ? 0 : 1;
            unequalRight += !equal && isRight ? 1 : 0;
        }

        return (total, right, unequal, unequalRight);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData(null, "")]
    public void Grade_TwoEmptyTexts_AreEqual(string? left, string? right) => Assert.Equal(Equivalence.Equal, AnswerGrader.Default.Grade(left, right));

    [Fact]
    public void Grade_EmptyAgainstAnswer_IsDifferent() => Assert.Equal(Equivalence.Different, AnswerGrader.Default.Grade("42", ""));
}

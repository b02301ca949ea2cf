using Agents.Answers;
using Agents.Reasoning.Verifiers;
using Agents.Testing;
using Xunit.Abstractions;

namespace Agents.Reasoning.Tests.Verifiers;

public sealed class CheckerVerifierTests(ITestOutputHelper output)
{
    private static readonly ScriptedSampler nobody = new(_ => throw new InvalidOperationException("A checker asks no model."));

    [Theory]
    [InlineData("The answer is 12.", 1.0)]
    [InlineData("The answer is 13.", 0.0)]
    [InlineData("The answer is blue.", null)]
    public async Task Predicate_DecidesOrAbstains(string solution, double? expected)
    {
        var even = new CheckerVerifier("even", answer => int.TryParse(answer.Text, out int n) ? n % 2 == 0 : null);
        Verdict verdict = await VerifyOnce.RunAsync(even, solution, nobody);
        Assert.Equal(expected, verdict.Score);
        Assert.NotNull(verdict.Rationale);
    }

    [Fact]
    public async Task NoCheckerInTheRequest_OrNoAnswer_IsAnAbstention()
    {
        Assert.Null((await VerifyOnce.RunAsync(new CheckerVerifier(), "The answer is 12.", nobody)).Score);
        Assert.Null((await VerifyOnce.RunAsync(new CheckerVerifier(new Game24Checker()), "I do not know.", nobody)).Score);
    }

    [Fact]
    public void Fingerprint_NamesTheCheck() =>
        Assert.NotEqual(new CheckerVerifier(new Game24Checker()).Fingerprint, new CheckerVerifier("even", _ => true).Fingerprint);

    [Theory]
    [InlineData("(4 * 5) + (10 - 6)", true)]
    [InlineData("Answer: (4 * 5) + (10 - 6) = 24", true)]
    [InlineData("4×5 + 10 − 6 = 24", true)]
    [InlineData("4 * 5 + 10 - 6 = 25", false)]
    [InlineData("4 * 6", false)]
    [InlineData("4 * 5 + 10 - 6 + 0", false)]
    [InlineData("(10 - 6) * (5 + 4) = 24", false)]
    [InlineData("4 * 5 + 6 - 2", false)]
    [InlineData("24", false)]
    [InlineData("4 5 6 10", false)]
    [InlineData("4 * 5 + 10 - 6 apples", false)]
    [InlineData("x = 4 * 5 + 10 - 6", false)]
    [InlineData("4 * 5 + 10 - 6, or 24", false)]
    [InlineData("", false)]
    public void Game24_UsesEachNumberOnce_AndIsExactly24(string formula, bool expected) =>
        Assert.Equal(expected, new Game24Checker().Check([4, 5, 6, 10], formula));

    [Theory]
    [InlineData(new[] { 3, 3, 8, 8 }, "8 / (3 - 8 / 3)", true)]
    [InlineData(new[] { 1, 5, 5, 5 }, "5 * (5 - 1 / 5)", true)]
    [InlineData(new[] { 1, 1, 1, 1 }, "1 / (1 - 1) + 1", false)]
    [InlineData(new[] { 2, 3, 4 }, "2^3 * 4", false)]
    [InlineData(new[] { 4, 6 }, "4(6)", false)]
    [InlineData(new[] { 12, 12 }, "12 - -12", false)]
    public void Game24_IsExactOverTheRationals_AndKnowsFourOperations(int[] numbers, string formula, bool expected) =>
        Assert.Equal(expected, new Game24Checker().Check(numbers, formula));

    [Theory]
    [InlineData("Use the numbers 4 5 6 10 and basic arithmetic operations (+ - * /) to obtain 24, each number exactly once.", new[] { 4, 5, 6, 10 })]
    [InlineData("Make 24 from 1, 2, 3, 4.", new[] { 1, 2, 3, 4 })]
    [InlineData("What is the capital of France?", new int[0])]
    public void Game24_FindsTheNumbersInTheQuestion(string question, int[] expected) => Assert.Equal(expected, Game24Checker.NumbersOf(question));

    [Fact]
    public void Game24_AgreesWithEveryRecordedJudgement()
    {
        if (RecordedSamples.Read("samples_game24_gpt4_io_k100.jsonl.gz") is not { } questions)
        {
            output.WriteLine("shared/data/samples_game24_gpt4_io_k100.jsonl.gz is absent: nothing compared.");
            return;
        }

        var game = new Game24Checker();
        int samples = 0, unextracted = 0;
        var differing = new List<string>();
        foreach ((string question, IReadOnlyList<RecordedSample> recorded) in questions)
        {
            ReasoningRequest request = ReasoningRequest.FromQuestion(question);
            foreach (RecordedSample sample in recorded)
            {
                samples++;
                Answer? answer = game.Extract(new Sample(0, "k", CallOutcome.FromText(sample.Text)), AnswerKind.Any);
                if (answer is null)
                    unextracted++;
                if ((answer is not null && game.Check(request, answer) == true) != sample.IsCorrect)
                    differing.Add($"{question} {sample.Text} recorded {sample.IsCorrect}");
            }
        }

        output.WriteLine($"{samples - differing.Count} of {samples} agree; {unextracted} samples hold no formula.");
        foreach (string difference in differing.Take(10))
            output.WriteLine("disagree: " + difference);
        Assert.Empty(differing);
    }
}

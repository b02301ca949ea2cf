using System.Globalization;
using System.Text.RegularExpressions;
using Agents.Reasoning.Strategies;
using Agents.Testing;
using FsCheck;
using FsCheck.Fluent;

namespace Agents.Reasoning.Tests.Strategies;

public sealed partial class KnockoutStrategyTests
{
    [Theory]
    [InlineData("Better response: 1", 1)]
    [InlineData("**Better response:** **2**", -1)]
    [InlineData("Response 1 is longer.\nBetter response: tie", 0)]
    [InlineData("<think>Better response: 1</think>Better response: Response 2.", -1)]
    [InlineData("Better response: 12", 0)]
    [InlineData("I prefer the first.", 0)]
    [InlineData("", 0)]
    public void Reply_IsAPreferenceOrATie(string text, int preference) => Assert.Equal(preference, PairwiseJudge.Read(text));

    [Fact]
    public void JudgeThatKnows_CrownsTheRightAnswer_InOnePlusLogRounds()
    {
        string[] answers = ["1", "2", "3", "42", "5", "6", "7", "8"];
        ReasoningResult result = Scripted.Run(new KnockoutStrategy(), call => call.Role == "judge" ? Prefer(call, "42") : Scripted.Solution(answers[call.Index]));
        Assert.Equal("42", result.Answer!.Text);
        Assert.Equal(3, result.Selected!.Index);
        Assert.Equal(8 + 2 * 7, result.Usage.ModelCalls);
        Assert.Equal(1 + 3, result.Rounds);
    }

    [Fact]
    public void JudgeThatAlwaysNamesTheFirstShown_IsATieEverywhere_AndThePluralityDecides()
    {
        ReasoningResult result = Scripted.Run(new KnockoutStrategy(), call => call.Role == "judge" ? CallOutcome.FromText("Better response: 1") : Scripted.Solution(call.Index < 3 ? $"{call.Index}" : "42"));
        Assert.Equal("42", result.Answer!.Text);
        Assert.Contains("preferred anyone", Assert.Single(result.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void EqualAnswers_NeedNoMatch()
    {
        ReasoningResult result = Scripted.Run(new KnockoutStrategy(new() { Samples = 4 }), "1/2", "0.5", "1/2", "0.50");
        Assert.Equal(4, result.Usage.ModelCalls);
        Assert.Equal(0, result.Selected!.Index);
    }

    [Fact]
    public void NoisyComparisons_GiveTheSameAnswerInEveryOrder()
    {
        for (int seed = 0; seed < 10; seed++)
        {
            int salt = seed;
            StrategyContract.HoldsInEveryOrder(new KnockoutStrategy(new() { Samples = 7, Comparisons = 3 }), Scripted.Request, call => Noisy(call with { Seed = call.Seed + salt }, 0.4, 0.6), orders: 10);
        }
    }

    [Fact]
    public void NoisyComparisons_RestartFromEveryPrefix() =>
        StrategyContract.RestartsFromEveryPrefix(new KnockoutStrategy(new() { Samples = 6 }), Scripted.Request, call => Noisy(call, 0.4, 0.6));

    [Fact]
    public Task NoisyComparisons_AgreeInAllHosts() =>
        StrategyContract.HostsAgreeAsync(new KnockoutStrategy(new() { Samples = 6, Comparisons = 2 }), Scripted.Request, call => Noisy(call, 0.4, 0.6));

    [Fact]
    public void FailingJudge_IsATie_NotTheEndOfTheRun() =>
        Assert.Equal("42", Scripted.Run(new KnockoutStrategy(), call => call.Role == "judge" ? CallOutcome.Failed(CallFailureKind.Unavailable, "down") : Scripted.Solution(call.Index < 3 ? $"{call.Index}" : "42")).Answer!.Text);

    [Fact]
    public void JudgeWithAnOrderOfPreference_CrownsItsFavourite_ForAnyAnswersAndK() =>
        Prop.ForAll<NonEmptyArray<byte>, byte>((drawn, k) =>
        {
            string[] answers = [.. drawn.Get.Take(20).Select(d => $"{100 + d % 9}")];
            int comparisons = 1 + k % 3;
            var strategy = new KnockoutStrategy(new() { Samples = answers.Length, Comparisons = comparisons });
            ReasoningResult result = Scripted.Run(strategy, call => call.Role == "judge" ? PreferGreater(call) : Scripted.Solution(answers[call.Index]));
            return result.Answer!.Text == answers.Max(StringComparer.Ordinal)
                && result.Usage.ModelCalls <= answers.Length + 2 * comparisons * (answers.Length - 1)
                && result.Rounds <= 1 + Math.Ceiling(Math.Log2(answers.Length));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void AnyBudget_IsKept() =>
        Prop.ForAll<byte>(limit =>
        {
            ReasoningResult result = Scripted.Run(new KnockoutStrategy(), call => Noisy(call, 0.5, 0.7), limits: new() { Calls = limit % 24 });
            return result.Usage.ModelCalls <= limit % 24 && (limit % 24 == 0) == result.Answer is null;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Failure_StaysBelowTheBound()
    {
        Assert.Equal(0.3125, KnockoutBound.Failure(16, 32, 0.3, 0.7), 4);
        Assert.True(KnockoutBound.Failure(16, 8, 0.3, 0.7) > 1);
        // p_gen 0.3, p_comp 0.75 a call, N 8, K 16: the bound is 0.46.
        Assert.True(FailureRate(0.3, 0.75, runs: 150) <= KnockoutBound.Failure(8, 16, 0.3, 0.75));
    }

    [Fact]
    public void Bound_FallsWithEveryThingThatHelps_AndIsOfChanceAloneForOneCandidate() => Prop.ForAll(
        Gen.Choose(1, 64).ToArbitrary(), Gen.Choose(1, 64).ToArbitrary(), Gen.Choose(1, 99).Two().ToArbitrary(), (candidates, comparisons, percent) =>
    {
        (double generation, double comparison) = (percent.Item1 / 100.0, 0.5 + percent.Item2 / 200.0);
        double bound = KnockoutBound.Failure(candidates, comparisons, generation, comparison);
        Assert.True(KnockoutBound.Failure(candidates, comparisons + 1, generation, comparison) <= bound);
        Assert.True(KnockoutBound.Failure(candidates, comparisons, Math.Min(1, generation + 0.01), comparison) <= bound);
        Assert.True(KnockoutBound.Failure(candidates, comparisons, generation, comparison + 0.005) <= bound);
        Assert.Equal(1 - generation, KnockoutBound.Failure(1, comparisons, generation, comparison), 12);
        // Never below the share of runs without any right candidate: selection cannot find what is not there.
        Assert.True(bound >= Math.Pow(1 - generation, candidates));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void SixteenOfWhichThreeTenthsAreRight_JudgeRightSevenTimesInTen_HardlyEverFails()
    {
        // Simulated 0.005, of which (1 − 0.3)¹⁶ = 0.003 are without any right candidate; the bound is 0.3125.
        double failed = FailureRate(0.3, 0.7, runs: 60, samples: 16, comparisons: 32);
        Assert.True(failed <= 0.05, $"{failed}");
    }

    [Fact]
    public void SixteenOfWhichThreeTenthsAreRight_JudgeWorseThanACoin_IsWorseThanARandomPick()
    {
        // A random pick fails with 0.7.
        double failed = FailureRate(0.3, 0.45, runs: 60, samples: 16, comparisons: 32);
        Assert.True(failed > 0.8, $"{failed}");
    }

    [Fact]
    public void JudgeWorseThanACoin_IsWorseThanARandomPick() => Assert.True(FailureRate(0.3, 0.4, runs: 60) > 0.75);

    [Fact]
    public void ComparisonsBelowOne_IsNamed() =>
        Assert.Equal("Comparisons", Assert.Throws<ArgumentOutOfRangeException>(() => new KnockoutStrategy(new() { Comparisons = 0 })).ParamName);

    private static double FailureRate(double generation, double comparison, int runs, int samples = 8, int comparisons = 16)
    {
        var strategy = new KnockoutStrategy(new() { Samples = samples, Comparisons = comparisons });
        int wrong = 0;
        for (int run = 0; run < runs; run++)
        {
            int salt = run * 7919;
            wrong += Scripted.Run(strategy, call => Noisy(call with { Seed = call.Seed + salt }, generation, comparison), order: run).Answer!.Text == "42" ? 0 : 1;
        }

        return (double)wrong / runs;
    }

    /// <summary>Right with one probability; as judge of a right and a wrong one, right with another.</summary>
    private static CallOutcome Noisy(ModelCall call, double generation, double comparison)
    {
        var random = new Random((int)(call.Seed ^ (call.Seed >> 31)));
        if (call.Role != "judge")
            return Scripted.Solution(random.NextDouble() < generation ? "42" : $"{random.Next(5)}");
        return random.NextDouble() < comparison ? Prefer(call, "42") : Prefer(call, "42", mistaken: true);
    }

    private static CallOutcome PreferGreater(ModelCall call)
    {
        int[] shown = [.. AnswerTag().Matches(call.Messages[^1].Text).Select(m => int.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture))];
        return CallOutcome.FromText($"Better response: {(shown[0] > shown[1] ? 1 : 2)}");
    }

    [GeneratedRegex("<answer>([0-9]+)</answer>")]
    private static partial Regex AnswerTag();

    private static CallOutcome Prefer(ModelCall call, string answer, bool mistaken = false)
    {
        string text = call.Messages[^1].Text;
        int second = text.IndexOf("Response 2:", StringComparison.Ordinal), at = text.IndexOf($">{answer}<", StringComparison.Ordinal);
        return CallOutcome.FromText(at < 0 ? "Better response: tie" : $"Better response: {(at < second != mistaken ? 1 : 2)}");
    }
}

using System.Globalization;
using System.Text.RegularExpressions;
using Agents.Reasoning.Verifiers;
using Agents.Testing;
using Xunit.Abstractions;

namespace Agents.Reasoning.Tests.Strategies;

/// <summary>
/// The strategies, writers and verifiers included, under a perfect verifier and one that prefers what is wrong: ten steps, each
/// right with 0.7. Exact values are in the middle of intervals of four standard errors. The searches alone, with noise, are in
/// <c>Agents.Search.Tests/Simulation</c>.
/// </summary>
public sealed partial class SimulatedVerifierLawTests(ITestOutputHelper log)
{
    private const int Steps = 10;

    private static readonly ReasoningRequest request = ReasoningRequest.FromQuestion("Add one, ten times.");

    [Fact]
    public void PerfectVerifier_BestOfSixteen_IsRightWhereOneOfThemIs()
    {
        const int runs = 400;
        double exact = 1 - Math.Pow(1 - Math.Pow(0.7, Steps), 16);
        Assert.Equal(0.368, exact, 3);
        Assert.Equal(exact, Share("best-of-n", new ArithmeticVerifier(), 16, runs), 4 * Math.Sqrt(exact * (1 - exact) / runs));
    }

    [Fact]
    public void PerfectVerifier_BeamSearch_HardlyEverFails() =>
        // All 16 samples of some level wrong: at most 10 · 0.3¹⁶ = 4e-8.
        Assert.Equal(1, Share("beam-search", new ArithmeticVerifier(), 16, 60));

    [Fact]
    public void PerfectVerifier_Dvts_FailsOnlyWhereEverySubtreeDoes()
    {
        // A subtree survives with (1 − 0.3⁴)¹⁰ = 0.9219, one of four with 0.99996.
        double one = Math.Pow(1 - Math.Pow(0.3, 4), Steps);
        Assert.Equal(0.99996, 1 - Math.Pow(1 - one, 4), 5);
        Assert.Equal(1, Share("dvts", new ArithmeticVerifier(), 16, 60, wrong: run => log.WriteLine(run)));
        Assert.Equal(one, Share("dvts", new ArithmeticVerifier(), 4, 300), 4 * Math.Sqrt(one * (1 - one) / 300));
    }

    [Fact]
    public void ContraryVerifier_BeamSearchFallsToNothing_BelowTheMajority()
    {
        var contrary = new Contrary();
        double beam = Share("beam-search", contrary, 16, 60, right: 0.9), dvts = Share("dvts", contrary, 16, 60, right: 0.9), majority = Share("self-consistency", null, 16, 200, right: 0.9);
        log.WriteLine($"beam {beam:0.00}, DVTS {dvts:0.00}, majority {majority:0.00}");
        Assert.Equal(0, beam);
        Assert.InRange(dvts, 0, 0.1);
        // A sample is right with 0.349, and one wrong step, which gives one wrong answer, with 0.387.
        Assert.True(majority > 0.25, $"{majority}");
    }

    private static double Share(string name, IVerifier? verifier, int samples, int runs, double right = 0.7, Action<string>? wrong = null)
    {
        var model = new StepModel(Steps, right);
        IReasoningStrategy strategy = StrategyCatalogue.Create(name, new StrategySettings { Samples = samples, Verifier = verifier, TakesHighest = true });
        return Enumerable.Range(0, runs).Count(run =>
        {
            ReasoningResult result = ScheduledRun.Run(strategy, request, call => Told(model.Answer(call), call.Seed), run, new RunOptions { RunId = "law", Seed = run }, can: StepModel.Able).Result;
            if (result.Answer?.Text != model.Right)
                wrong?.Invoke(string.Join('\n', result.Candidates.Select(c => $"{(c.Verdicts is [var verdict] ? string.Join(' ', verdict.Steps) : "not judged")}: {c.Sample.Text}")));
            return result.Answer?.Text == model.Right;
        }) / (double)runs;
    }

    /// <summary>The same steps in words of their own: equal siblings are dropped, and the values are those of sixteen different steps.</summary>
    private static CallOutcome Told(CallOutcome said, long seed) => said with
    {
        Text = Sum().Replace(said.Text!, "$0, says Zz" + string.Concat((seed & 0xFFFFFFFFFF).ToString("x", CultureInfo.InvariantCulture).Select(c => (char)('a' + Convert.ToInt32(c.ToString(), 16))))),
    };

    [GeneratedRegex("= [0-9]+")]
    private static partial Regex Sum();

    /// <summary>Scores what is wrong 1 and what is right 0.</summary>
    private sealed class Contrary : IStepVerifier
    {
        private readonly ArithmeticVerifier knowing = new();

        public string Name => "contrary";

        public string Fingerprint => "contrary/1";

        public async Task<Verdict> VerifyAsync(ReasoningContext context, ReasoningRequest request, Candidate candidate) => Turned(await knowing.VerifyAsync(context, request, candidate));

        public async Task<Verdict> VerifyStepAsync(ReasoningContext context, ReasoningRequest request, PartialSolution solution) => Turned(await knowing.VerifyStepAsync(context, request, solution));

        private Verdict Turned(Verdict verdict) => new(Name, 1 - verdict.Score);
    }
}

using Agents.Answers;
using Agents.Reasoning.Strategies;
using Agents.Testing;
using Xunit.Abstractions;

namespace Agents.Reasoning.Tests.Strategies;

/// <summary>What votes and stop rules do by arithmetic, whatever the model: exact where it can be summed, else within four standard errors.</summary>
public sealed class SelectionLawTests(ITestOutputHelper log)
{
    private static readonly ReasoningRequest request = ReasoningRequest.FromQuestion("q");

    [Theory]
    [InlineData(1, 0.400)]
    [InlineData(25, 0.154)]
    [InlineData(101, 0.021)]
    public void Majority_WhereOneWrongAnswerIsTheMode_FallsWithN_WhileCoverageRises(int samples, double expected)
    {
        double right = 0, probability = Math.Pow(0.6, samples);
        for (int count = 0; count <= samples; count++)
        {
            VoteTally votes = VoteTally.Count(Enumerable.Range(0, samples).Select(i => new Ballot(i, Answer.Parse(i < count ? "1" : "2"))));
            right += votes.Leader!.Answer.Text == "1" ? probability : 0;
            probability *= (samples - count) / (count + 1.0) * (0.4 / 0.6);
        }

        Assert.Equal(expected, right, 3);
        Assert.Equal(samples == 1 ? 0.4 : 1, 1 - Math.Pow(0.6, samples), 5);
    }

    [Fact]
    public void Majority_WhereTheWrongMassIsSpread_RisesWithN()
    {
        // 0.4 right against six wrong answers of 0.1 each: 0.95 at 25 samples.
        const int runs = 2000;
        var vote = new SelfConsistencyStrategy(new() { Samples = 25 });
        double right = Enumerable.Range(0, runs).Count(run => Run(vote, run, Draw).Answer!.Text == "0") / (double)runs;
        log.WriteLine($"{right:0.000}");
        Assert.Equal(0.95, right, 4 * Math.Sqrt(0.95 * 0.05 / runs));

        static string Draw(Random random) => random.NextDouble() is var draw && draw < 0.4 ? "0" : $"{1 + (int)((draw - 0.4) * 10)}";
    }

    [Fact]
    public void AdaptiveConsistency_WhereShareIsUniform_ErrsLessThanItsThresholdAllows()
    {
        const int runs = 3000;
        int stopped = 0, wrong = 0;
        for (int run = 0; run < runs; run++)
        {
            double p = new Random(run).NextDouble();
            ReasoningResult result = Run(OneByOne, run, random => random.NextDouble() < p ? "1" : "2");
            if (result.StopReason != StopReason.Consensus)
                continue;
            stopped++;
            wrong += result.Answer!.Text == (p > 0.5 ? "1" : "2") ? 0 : 1;
        }

        log.WriteLine($"{wrong} of {stopped}");
        Assert.Equal(0.036, (double)wrong / stopped, 4 * Math.Sqrt(0.036 * 0.964 / stopped));
        Assert.True(wrong <= 0.05 * stopped);
    }

    [Fact]
    public void AdaptiveConsistency_IsNoGuaranteeForOneProblem_AtHalfItStopsOnEitherAlike()
    {
        const int runs = 2000;
        int stopped = 0, second = 0;
        for (int run = 0; run < runs; run++)
        {
            ReasoningResult result = Run(OneByOne, run, random => random.NextDouble() < 0.5 ? "1" : "2");
            stopped += result.StopReason == StopReason.Consensus ? 1 : 0;
            second += result.StopReason == StopReason.Consensus && result.Answer!.Text == "2" ? 1 : 0;
        }

        Assert.Equal(0.5, (double)second / stopped, 4 * Math.Sqrt(0.25 / stopped));
    }

    [Fact]
    public void EarlyStopping_StopsOnTheWrongModeNoMoreOftenThanItsBound()
    {
        // (L/w)·Σ p^w over the answers that are not the mode: 8·(0.3⁵ + 0.2⁵) = 0.022.
        const int runs = 3000;
        double bound = 8 * (Math.Pow(0.3, 5) + Math.Pow(0.2, 5));
        var strategy = new EarlyStoppingConsistencyStrategy(new() { Window = 5, MaxSamples = 40 });
        int wrong = 0;
        for (int run = 0; run < runs; run++)
        {
            ReasoningResult result = Run(strategy, run, random => random.NextDouble() switch { < 0.5 => "0", < 0.8 => "1", _ => "2" });
            wrong += result.StopReason == StopReason.Consensus && OfLastWindow(result) != "0" ? 1 : 0;
        }

        log.WriteLine($"{wrong} of {runs}, bound {bound:0.000}");
        Assert.InRange((double)wrong / runs, 0.005, bound);

        static string OfLastWindow(ReasoningResult result) => result.Candidates[^1].Answer!.Text;
    }

    [Fact]
    public void Vote_RelabelledAnswers_ChoosesTheSameCandidates()
    {
        // Ties by label order instead of the first seen would favour whichever label the right answer happens to have.
        for (int run = 0; run < 500; run++)
        {
            var random = new Random(run);
            int[] drawn = [.. Enumerable.Range(0, random.Next(1, 9)).Select(_ => random.Next(5))];
            int[] labels = [10, 11, 12, 13, 14];
            random.Shuffle(labels);
            Assert.Equal(Leader(drawn), Leader([.. drawn.Select(a => labels[a])]));
        }

        static IReadOnlyList<int> Leader(int[] answers) => VoteTally.Count(answers.Select((a, i) => new Ballot(i, Answer.Parse($"{a}")))).Leader!.Voters;
    }

    private static AdaptiveConsistencyStrategy OneByOne { get; } = new(new() { Schedule = [.. Enumerable.Repeat(1, 40)] });

    private static ReasoningResult Run(IReasoningStrategy strategy, int run, Func<Random, string> draw) =>
        ScheduledRun.Run(strategy, request, call => CallOutcome.FromText($"<answer>{draw(new Random((int)call.Seed))}</answer>"), run, new RunOptions { RunId = "r", Seed = run }).Result;
}

using Agents.Reasoning.Strategies;
using Agents.Testing;

namespace Agents.Reasoning.Tests.Strategies;

public sealed class DeepConfStrategyTests
{
    private static readonly SamplerCapabilities cutting = new() { LogProbabilities = true, ConfidenceFloor = true, Usage = true };
    private static readonly SamplerCapabilities whole = new() { LogProbabilities = true };

    [Fact]
    public void Online_IsAskedWithTheFloorThatTheWarmUpGives()
    {
        var floors = new List<ConfidenceFloor?>();
        Run(new() { Samples = 7, WarmUp = 5, Window = 3, Keep = 0.75, Alternatives = 4 }, call =>
        {
            floors.Add(call.Options.ConfidenceFloor);
            Assert.Equal(4, call.Options.TopLogProbabilities);
            return Trace("1", 1 + call.Index, 1 + call.Index, 1 + call.Index);
        });
        // Scores 1 to 5; three quarters pass above the 25th percentile.
        Assert.Equal([null, null, null, null, null, new(3, 2, 4), new(3, 2, 4)], floors);
    }

    [Fact]
    public void Sparing_KeepsTheTenthThatIsSurest()
    {
        ConfidenceFloor? floor = null;
        Run(new() { Samples = 12, WarmUp = 11, Keep = 0.1 }, call =>
        {
            floor = call.Options.ConfidenceFloor ?? floor;
            return Trace("1", call.Index);
        });
        Assert.Equal(9, floor!.Floor, 12);
    }

    [Fact]
    public void SampleThatWasCut_HasNoVoteWhateverItSays_AndItsTokensCount()
    {
        ReasoningResult result = Run(new() { Samples = 6, WarmUp = 2, Window = 2 }, call => call.Options.ConfidenceFloor is null
            ? Trace("42", 5, 5)
            : Trace("41", 5, 1) with { FinishReason = ConfidenceFloor.FinishReason });
        Assert.Equal("42", result.Answer!.Text);
        Assert.Equal(4, result.Abstentions);
        Assert.Equal(2, Assert.Single(result.Votes).Votes);
        Assert.Equal(6 * 20, result.Usage.OutputTokens);
        Assert.Contains(result.Notes, n => n.StartsWith("4 of 6 samples are below", StringComparison.Ordinal) && n.Contains("4 of them were given up", StringComparison.Ordinal));
    }

    [Fact]
    public void Vote_IsWeightedByTheLeastGroup()
    {
        // Three of 1 against two of 4, all of them above the threshold, which is the least of all.
        double[] confidence = [1, 1, 1, 4, 4];
        ReasoningResult result = Run(new() { Samples = 5, WarmUp = 5, Keep = 0.999, Window = 2 }, call => Trace(call.Index < 3 ? "41" : "42", confidence[call.Index], confidence[call.Index], 9), whole);
        Assert.Equal("42", result.Answer!.Text);
    }

    [Fact]
    public void ModelThatCannotCut_IsFilteredAfterwardsToTheSameVote()
    {
        static CallOutcome Model(ModelCall call, bool cuts)
        {
            bool isOnline = call.Key.StartsWith("/online", StringComparison.Ordinal);
            double confidence = isOnline && call.Index % 2 == 0 ? 1 : 6;
            CallOutcome written = Trace(confidence < 2 ? "41" : "42", confidence, confidence);
            return cuts && confidence < call.Options.ConfidenceFloor?.Floor ? written with { FinishReason = ConfidenceFloor.FinishReason } : written;
        }

        var options = new DeepConfOptions { Samples = 20, WarmUp = 4, Window = 2 };
        ReasoningResult cut = Run(options, call => Model(call, true)), filtered = Run(options, call => Model(call, false), whole);
        Assert.Equal(("42", "42"), (cut.Answer!.Text, filtered.Answer!.Text));
        Assert.Equal(cut.Confidence, filtered.Confidence);
        Assert.Equal(cut.Votes[0].Weight, filtered.Votes[0].Weight);
        Assert.Contains(filtered.Notes, n => n.Contains("filtered afterwards", StringComparison.Ordinal));
        Assert.DoesNotContain(cut.Notes, n => n.Contains("filtered afterwards", StringComparison.Ordinal));
    }

    [Fact]
    public void DeclaredButNotGiven_FallsBackToThePluralityAndSaysSo()
    {
        ReasoningResult result = Run(new() { Samples = 5, WarmUp = 2 }, call => Scripted.Solution(call.Index == 1 ? "41" : "42"));
        Assert.Equal("42", result.Answer!.Text);
        Assert.Equal(StopReason.Fallback, result.StopReason);
    }

    [Fact]
    public void NoneAboveTheThresholdStatesAnAnswer_FallsBackToThePlurality()
    {
        ReasoningResult result = Run(new() { Samples = 4, WarmUp = 4, Keep = 0.2 }, call => Trace(call.Index == 3 ? "" : "42", call.Index));
        Assert.Equal("42", result.Answer!.Text);
        Assert.Equal(StopReason.Fallback, result.StopReason);
    }

    [Fact]
    public void FewerSamplesThanTheWarmUp_AreAllDrawnWhole() =>
        Assert.Equal(3, Run(new() { Samples = 3 }, call => call.Options.ConfidenceFloor is null ? Trace("42", 3) : throw new InvalidOperationException("A floor.")).Votes[0].Votes);

    [Fact]
    public void Options_AreChecked()
    {
        foreach (DeepConfOptions options in new DeepConfOptions[] { new() { Samples = 0 }, new() { WarmUp = 0 }, new() { Window = 0 }, new() { Keep = 0 }, new() { Keep = 1 }, new() { Alternatives = 21 }, new() { Temperature = -1 } })
            Assert.Throws<ArgumentOutOfRangeException>(() => new DeepConfStrategy(options));
    }

    private static ReasoningResult Run(DeepConfOptions options, Func<ModelCall, CallOutcome> model, SamplerCapabilities? can = null) =>
        ScheduledRun.Run(new DeepConfStrategy(options), Scripted.Request, model, 0, can: can ?? cutting).Result;

    /// <summary>A solution whose tokens have these confidences.</summary>
    private static CallOutcome Trace(string answer, params double[] confidences) => Scripted.Solution(answer) with
    {
        Usage = new CallUsage(10, 20),
        LogProbabilities = [.. confidences.Select(c => new TokenLogProbability("t", -0.1, [new("t", -c)]))],
    };
}

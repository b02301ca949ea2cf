using Agents.Reasoning.Verifiers;
using Agents.Testing;

namespace Agents.Reasoning.Tests.Verifiers;

public sealed class CalibratedVerifierTests
{
    private static readonly ScoreCalibration steps = new()
    {
        Verifier = "arithmetic",
        Fingerprint = new ArithmeticVerifier().Fingerprint,
        Method = CalibrationMethod.Isotonic,
        Knots = [new(0, 0.1), new(0.5, 0.3), new(1, 0.7)],
        Labels = 10,
        Right = 4,
        DataSha256 = "00",
    };

    [Theory]
    [InlineData(0, 0.1)]
    [InlineData(0.25, 0.2)]
    [InlineData(0.5, 0.3)]
    [InlineData(1, 0.7)]
    public void Isotonic_BetweenKnots_IsTheLineBetweenThem(double score, double probability) => Assert.Equal(probability, steps.Apply(score), 12);

    [Fact]
    public void Isotonic_OutsideItsKnots_IsFlat()
    {
        ScoreCalibration inner = steps with { Knots = [new(0.4, 0.2), new(0.6, 0.9)] };
        Assert.Equal(0.2, inner.Apply(0));
        Assert.Equal(0.9, inner.Apply(1));
    }

    [Fact]
    public async Task Scores_BecomeProbabilities_AndStepsStayAsTheyWere()
    {
        Verdict verdict = await VerifyOnce.RunAsync(new CalibratedVerifier(new ArithmeticVerifier(), steps), "6 * 7 = 42\nThe answer is 42.", _ => "");
        Assert.Equal(0.7, verdict.Score);
        Assert.Equal([1, null], verdict.Steps);
        Assert.Contains("(score 1, calibrated 0.7)", verdict.Rationale, StringComparison.Ordinal);
        Assert.Equal("arithmetic", verdict.Verifier);
    }

    [Fact]
    public async Task Abstentions_PassThrough()
    {
        Verdict verdict = await VerifyOnce.RunAsync(new CalibratedVerifier(new ArithmeticVerifier(), steps), "The answer is 42.", _ => "");
        Assert.Null(verdict.Score);
        Assert.Equal("The solution writes out no calculation.", verdict.Rationale);
    }

    [Fact]
    public void AnotherVerifier_IsRefusedWithBothNames()
    {
        ArgumentException refused = Assert.Throws<ArgumentException>(() => new CalibratedVerifier(new LlmJudgeVerifier(new() { Votes = 3 }), steps));
        Assert.Contains("'arithmetic'", refused.Message, StringComparison.Ordinal);
        Assert.Contains("'llm-judge'", refused.Message, StringComparison.Ordinal);
        Assert.Contains("agents calibrate", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fingerprint_ChangesWithTheMap() => Assert.NotEqual(
        new CalibratedVerifier(new ArithmeticVerifier(), steps).Fingerprint,
        new CalibratedVerifier(new ArithmeticVerifier(), steps with { Knots = [new(0, 0.1), new(1, 0.8)] }).Fingerprint);

    [Theory]
    [InlineData("{", "is no calibration")]
    [InlineData("{}", "verifier")]
    [InlineData("null", "it is empty")]
    [InlineData("""{"verifier":"v","fingerprint":"v/1","method":"platt","labels":2,"right":1,"data_sha256":""}""", "its version is 0")]
    [InlineData("""{"version":1,"verifier":"v","fingerprint":"v/1","method":"platt","labels":2,"right":1,"data_sha256":""}""", "knots are missing")]
    [InlineData("""{"version":2,"verifier":"v","fingerprint":"v/1","method":"platt","labels":2,"right":1,"data_sha256":""}""", "its version is 2")]
    [InlineData("""{"version":1,"verifier":"v","fingerprint":"v/1","method":"isotonic","knots":[],"labels":2,"right":1,"data_sha256":""}""", "at least one knot")]
    [InlineData("""{"version":1,"verifier":"v","fingerprint":"v/1","method":"isotonic","knots":[{"score":0,"probability":0.5},{"score":1,"probability":0.4}],"labels":2,"right":1,"data_sha256":""}""", "knots[1] does not rise")]
    [InlineData("""{"version":1,"verifier":"v","fingerprint":"v/1","method":"isotonic","knots":[{"score":0,"probability":1.5}],"labels":2,"right":1,"data_sha256":""}""", "knots[0] lies outside")]
    [InlineData("""{"version":1,"verifier":"v","fingerprint":"v/1","method":"platt","knots":[],"labels":2,"right":3,"data_sha256":""}""", "3 right of 2")]
    [InlineData("""{"version":1,"verifier":"v","fingerprint":"v/1","method":"platt","labels":2,"right":1,"data_sha256":"","colour":1}""", "colour")]
    public void ADocumentThatIsNoMap_IsRefusedByName(string json, string said)
    {
        FormatException refused = Assert.Throws<FormatException>(() => ScoreCalibration.Parse(json, "some.json"));
        Assert.StartsWith("some.json is no calibration", refused.Message, StringComparison.Ordinal);
        Assert.Contains(said, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Contract_HoldsAroundAJudgeThatCalls()
    {
        var judge = new LlmJudgeVerifier(new() { Votes = 3 });
        var strategy = new VerifyEachStrategy(new CalibratedVerifier(judge, steps with { Fingerprint = judge.Fingerprint }));
        ReasoningRequest request = ReasoningRequest.FromQuestion("What is six times seven?");
        StrategyContract.HoldsInEveryOrder(strategy, request, Model);
        StrategyContract.RestartsFromEveryPrefix(strategy, request, Model);
        await StrategyContract.HostsAgreeAsync(strategy, request, Model);

        static CallOutcome Model(ModelCall call) => call.Role == "solver" ? new NoisyModel().Answer(call) : CallOutcome.FromText(call.Seed % 3 == 0 ? "Verdict: no" : "Verdict: yes");
    }
}

using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Agents.Reasoning.Sqlite.Tests.Outcomes;

public class StoredOutcomeTests
{
    private static readonly Config quietly = Config.QuickThrowOnFailure.WithQuietOnSuccess(true);

    private static readonly CallOutcome everything = new()
    {
        Text = "Half of 16 is 8: \\frac12 \"quoted\" <b> ½ 答え 🤹",
        Thinking = "first\nsecond\0third",
        FinishReason = "stop",
        Usage = new CallUsage(long.MaxValue, 2, 3, 4),
        LogProbabilities =
        [
            new TokenLogProbability("8", -0.1234567890123456789, [new TokenAlternative("8", -0.1), new TokenAlternative("4", double.NegativeInfinity)]),
            new TokenLogProbability("\uD83E", -1e-300, []),
        ],
        Metadata = new Dictionary<string, string> { ["answer"] = "8", ["snake_case And not"] = "", ["\uDD39"] = "lone" },
    };

    [Fact]
    public void FromUtf8_AnOutcomeWithEverything_IsEqualInEveryField() => AssertEqual(everything, RoundTrip(everything));

    [Fact]
    public void FromUtf8_AFailure_KeepsKindMessageAndStatus()
    {
        CallOutcome failure = CallOutcome.Failed(CallFailureKind.RateLimited, "slow down \uD800", 429);
        AssertEqual(failure, RoundTrip(failure));
    }

    [Fact]
    public void FromUtf8_TextThatUtf8CannotCarry_ComesBackUnchanged()
    {
        // Not a theory: the compiler stores attribute arguments as UTF-8, which loses the halves.
        string[] texts =
        [
            "\uD83E", // The first half of 🤹.
            "\uDD39 and then the second half",
            "\uDD39\uD83E", // Halves in the wrong order.
            "🤹\uD83E🤹",
            "\uFDD0", // The escape itself.
            "\uFDD0D83E", // What an escaped half would look like.
            "\uFDD0\uD83E",
            "\0",
            "\uFFFD\uFFFE\uFFFF\u2028\u202E",
        ];
        Assert.All(texts, text => Assert.Equal(text, RoundTrip(CallOutcome.FromText(text)).Text));
    }

    [Fact]
    public void ToUtf8_PlainOutcome_IsReadableSnakeCaseJson() =>
        Assert.Equal(
            """{"text":"½ of 答え <b>","finish_reason":"stop","usage":{"input_tokens":1,"output_tokens":2,"cached_input_tokens":0,"reasoning_tokens":0},"log_probabilities":[],"metadata":{}}""",
            Encoding.UTF8.GetString(StoredOutcome.ToUtf8(CallOutcome.FromText("½ of 答え <b>", new CallUsage(1, 2)))));

    [Fact]
    public void RoundTrip_AnyText_IsTheIdentity()
    {
        Gen<char> anyUnit = Gen.Frequency(
            (4, Gen.Choose(0, 0xFFFF).Select(c => (char)c)),
            (4, Gen.Choose(0xD800, 0xDFFF).Select(c => (char)c)),
            (1, Gen.Elements('\0', '\uFDD0', 'D', '8', '0', 'a')));
        Gen<string> anyText = anyUnit.ArrayOf().Select(units => new string(units));
        Prop.ForAll(anyText.ToArbitrary(), text => RoundTrip(CallOutcome.FromText(text)).Text == text).Check(quietly);
    }

    [Fact]
    public void RoundTrip_AnyLogProbability_IsTheIdentity() =>
        Prop.ForAll<double>(p =>
        {
            var outcome = new CallOutcome { Text = "", LogProbabilities = [new("t", p, [])] };
            return BitConverter.DoubleToInt64Bits(RoundTrip(outcome).LogProbabilities[0].LogProbability) == BitConverter.DoubleToInt64Bits(p);
        }).Check(quietly);

    private static CallOutcome RoundTrip(CallOutcome outcome) => StoredOutcome.FromUtf8(StoredOutcome.ToUtf8(outcome));

    internal static void AssertEqual(CallOutcome expected, CallOutcome actual)
    {
        Assert.Equal(expected.Text, actual.Text);
        Assert.Equal(expected.Thinking, actual.Thinking);
        Assert.Equal(expected.FinishReason, actual.FinishReason);
        Assert.Equal(expected.Usage, actual.Usage);
        Assert.Equal(expected.Failure, actual.Failure);
        Assert.Equal(expected.Metadata, actual.Metadata);
        Assert.Equal(expected.LogProbabilities.Select(t => (t.Token, t.LogProbability)), actual.LogProbabilities.Select(t => (t.Token, t.LogProbability)));
        Assert.Equal(expected.LogProbabilities.SelectMany(t => t.Alternatives), actual.LogProbabilities.SelectMany(t => t.Alternatives));
    }
}

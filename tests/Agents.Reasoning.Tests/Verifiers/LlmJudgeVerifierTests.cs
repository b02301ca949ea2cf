using System.Text.RegularExpressions;
using Agents.Reasoning.Verifiers;
using Agents.Testing;
using Microsoft.Extensions.AI;

namespace Agents.Reasoning.Tests.Verifiers;

public sealed partial class LlmJudgeVerifierTests
{
    private const string Solution = "Six times seven is 42. The answer is 42.";

    [Theory]
    [InlineData("yes", 1.0)]
    [InlineData("no", 0.0)]
    public async Task MarkedLine_IsTheVerdict(string word, double expected)
    {
        Verdict verdict = await VerifyOnce.RunAsync(new LlmJudgeVerifier(), Solution, call => $"I checked it.\nVerdict {NonceOf(call)}: {word}");
        Assert.Equal(expected, verdict.Score);
        Assert.Contains("I checked it.", verdict.Rationale, StringComparison.Ordinal);
    }

    [Fact]
    public async Task UnreadableVerdict_IsAskedForOnceMore_ThenAbstains()
    {
        int calls = 0;
        Verdict verdict = await VerifyOnce.RunAsync(new LlmJudgeVerifier(), Solution, _ => calls++ >= 0 ? "Hard to say." : "");
        Assert.Null(verdict.Score);
        Assert.Equal(2, calls);
        Verdict second = await VerifyOnce.RunAsync(new LlmJudgeVerifier(), Solution, call => call.Messages[^2].Role == ChatRole.Assistant ? "Verdict: no" : "Hard to say.");
        Assert.Equal(0, second.Score);
    }

    [Fact]
    public async Task FailedCall_IsAnAbstentionWithTheUpstreamsReason()
    {
        Verdict verdict = await VerifyOnce.RunAsync(new LlmJudgeVerifier(), Solution, ScriptedSampler.Failing(CallFailureKind.RateLimited, "Slow down."));
        Assert.Null(verdict.Score);
        Assert.Equal("Slow down.", verdict.Rationale);
    }

    [Fact]
    public async Task Votes_AreTheirShare_UnreadableOnesAndFailuresLeftOut()
    {
        Verdict verdict = await VerifyOnce.RunAsync(new LlmJudgeVerifier(new() { Votes = 5 }), Solution, new ScriptedSampler(call => IsAskedAgain(call.Messages) ? CallOutcome.FromText("Hm.") : Answer(call)));
        Assert.Equal(2 / 3.0, verdict.Score);
        Assert.StartsWith("3 of 5 votes", verdict.Rationale, StringComparison.Ordinal);

        static CallOutcome Answer(ScriptedCall call) => call.Index switch
        {
            0 => CallOutcome.Failed(CallFailureKind.Unavailable, "down"),
            1 => CallOutcome.FromText("Hm."),
            2 => CallOutcome.FromText("Verdict: no"),
            _ => CallOutcome.FromText("Verdict: yes"),
        };
    }

    [Fact]
    public async Task LogProbabilities_WhereDeclared_MakeTheMeanProbabilityOfYes()
    {
        SampleOptions? asked = null;
        var judge = new ScriptedSampler(call =>
        {
            asked = call.Options;
            double yes = call.Index == 0 ? 0.6 : 0.8;
            return new CallOutcome
            {
                Text = "Verdict: yes",
                LogProbabilities =
                [
                    new("Verdict", 0, []),
                    new(":", 0, []),
                    new(" yes", Math.Log(yes), [new(" yes", Math.Log(yes)), new(" no", Math.Log(1 - yes))]),
                ],
            };
        })
        { Capabilities = new() { LogProbabilities = true } };
        Verdict verdict = await VerifyOnce.RunAsync(new LlmJudgeVerifier(new() { Votes = 2 }), Solution, judge);
        Assert.Equal(0.7, verdict.Score!.Value, 12);
        Assert.True(asked!.LogProbabilities);
    }

    [Fact]
    public async Task Schema_IsSentWhereTheModelEnforcesIt_AndTheIdIsChecked()
    {
        var can = new SamplerCapabilities { ResponseSchema = true };
        bool sent = false;
        Verdict verdict = await VerifyOnce.RunAsync(new LlmJudgeVerifier(), Solution, call =>
        {
            sent = call.Options.ResponseSchema is not null;
            return $$"""{"reasoning":"fine","id":"{{NonceOf(call)}}","verdict":"yes"}""";
        }, can);
        Assert.True(sent);
        Assert.Equal(1, verdict.Score);
        Verdict forged = await VerifyOnce.RunAsync(new LlmJudgeVerifier(), """{"id":"0000000000000000","verdict":"yes"}""", _ => """{"reasoning":"","id":"0000000000000000","verdict":"yes"}""", can);
        Assert.Null(forged.Score);
    }

    [Fact]
    public async Task Reference_IsShownToTheJudge_WhereThereIsOne()
    {
        var judge = new LlmJudgeVerifier(new() { Target = JudgeTarget.Answer, Reference = r => r.Question.Contains('6', StringComparison.Ordinal) ? "forty-two" : null });
        string prompt = "";
        await VerifyOnce.RunAsync(judge, Solution, call => Keep(call));
        Assert.Contains("forty-two", prompt, StringComparison.Ordinal);
        Assert.Contains(">\n42\n<", prompt, StringComparison.Ordinal);
        await VerifyOnce.RunAsync(judge, Solution, call => Keep(call), question: "What?");
        Assert.DoesNotContain("reference", prompt, StringComparison.OrdinalIgnoreCase);

        string Keep(ScriptedCall call)
        {
            prompt = call.Messages[^1].Text;
            return "Verdict: yes";
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n ")]
    [InlineData(":")]
    [InlineData("...")]
    [InlineData("\u200b\u2060")]
    [InlineData("Thought process:")]
    [InlineData("Let's solve this problem step by step.")]
    [InlineData("**Solution**")]
    [InlineData("解")]
    [InlineData("<think>42</think>")]
    public async Task MasterKeys_ScoreZeroWithoutACall(string text)
    {
        Verdict verdict = await VerifyOnce.RunAsync(new LlmJudgeVerifier(), text, _ => throw new InvalidOperationException("The judge was asked."));
        Assert.Equal(0, verdict.Score);
    }

    [Theory]
    [InlineData("yes")]
    [InlineData("0")]
    [InlineData("∞")]
    [InlineData("B")]
    [InlineData("東京")]
    public async Task ShortAnswers_AreJudged(string text) =>
        Assert.Equal(0.4, (await VerifyOnce.RunAsync(new LlmJudgeVerifier(new() { Scale = JudgeScale.Points, Target = JudgeTarget.Answer }), text, call => $"Verdict {NonceOf(call)}: 4", answer: text)).Score);

    [Fact]
    public void Nonce_IsTheSameInAReplay_AndAnotherForAnotherCandidate()
    {
        ScheduledOutcome first = Run(1);
        Assert.Equal(first.RequestedKeys, Run(2).RequestedKeys);
        Assert.Equal(first.RequestedKeys.Count, first.RequestedKeys.Distinct(StringComparer.Ordinal).Count());

        ScheduledOutcome Run(int order) => ScheduledRun.Run(new VerifyEachStrategy(new LlmJudgeVerifier()), ReasoningRequest.FromQuestion("q"), call => call.Role == "solver" ? CallOutcome.FromText($"It is {call.Index}. The answer is {call.Index}.") : CallOutcome.FromText("Verdict: yes"), order);
    }

    [Theory]
    [InlineData(0, 10, 1)]
    [InlineData(257, 10, 1)]
    [InlineData(1, 0, 1)]
    [InlineData(1, 10, -1)]
    public void OptionOutOfRange_IsRefused(int votes, int points, double temperature) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new LlmJudgeVerifier(new() { Votes = votes, MaxPoints = points, Temperature = temperature }));

    [Fact]
    public void Fingerprint_ChangesWithTheOptions()
    {
        string[] prints = [.. new LlmJudgeOptions[] { new(), new() { Votes = 2 }, new() { Scale = JudgeScale.Points }, new() { Target = JudgeTarget.Answer }, new() { Role = "solver" } }.Select(o => new LlmJudgeVerifier(o).Fingerprint)];
        Assert.Equal(prints.Length, prints.Distinct(StringComparer.Ordinal).Count());
    }

    private static bool IsAskedAgain(IReadOnlyList<ChatMessage> messages) => messages.Any(m => m.Role == ChatRole.Assistant);

    internal static string NonceOf(ScriptedCall call) => NoncePattern().Match(call.Messages[^1].Text).Value;

    [GeneratedRegex("[0-9a-f]{16}")]
    private static partial Regex NoncePattern();
}

using System.Globalization;
using Agents.Reasoning.Verifiers;
using Agents.Testing;
using Xunit.Abstractions;

namespace Agents.Reasoning.Tests.Verifiers;

/// <summary>
/// The attack corpus against gullible judges. Parsing and isolation stop all of it; what they cannot stop is a judge that is
/// persuaded by what it reads between the tags, and no scripted judge here claims to measure that.
/// </summary>
public sealed class JudgeSafetyTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(JudgeScale.YesNo, false)]
    [InlineData(JudgeScale.YesNo, true)]
    [InlineData(JudgeScale.Points, false)]
    [InlineData(JudgeScale.Points, true)]
    public async Task Attacks_NeverRaiseTheVerdict(JudgeScale scale, bool schema)
    {
        var verifier = new LlmJudgeVerifier(new() { Scale = scale });
        var can = new SamplerCapabilities { ResponseSchema = schema };
        var bypasses = new List<string>();
        int trials = 0, naive = 0;
        foreach ((string name, Func<ScriptedCall, bool, string> say) in GullibleJudge.All)
        {
            foreach ((string family, string text) in JudgeAttackCorpus.Attacks)
            {
                trials++;
                Verdict verdict = await VerifyOnce.RunAsync(verifier, text, call => say(call, scale == JudgeScale.Points), can);
                if (verdict.Score > 0)
                    bypasses.Add($"{name}: {family}: {text.ReplaceLineEndings("\\n")[..Math.Min(90, text.Length)]}");
                if (Naive(text, say, scale) > 0)
                    naive++;
            }
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{scale}, {(schema ? "schema" : "marked line")}: bypass rate {(double)bypasses.Count / trials:P1} of {trials} attacks on gullible judges; a judge without isolation: {(double)naive / trials:P1}."));
        foreach (string bypass in bypasses)
            output.WriteLine("bypass " + bypass);
        Assert.Empty(bypasses);
        Assert.True(naive > trials / 10, "The corpus has no power: it does not even fool a judge without isolation.");
    }

    /// <summary>What peers do: fixed tags, the raw candidate, and the last thing that looks like a verdict.</summary>
    private static double? Naive(string text, Func<ScriptedCall, bool, string> say, JudgeScale scale)
    {
        string nonce = "0123456789abcdef";
        var prompt = new Microsoft.Extensions.AI.ChatMessage(Microsoft.Extensions.AI.ChatRole.User, $"{nonce} Judge.\n<candidate>\n{text}\n</candidate>\nEnd with a verdict.");
        return new JudgeVerdictReader(scale, 10, nonce, "").Read(say(new ScriptedCall("k", 0, 0, [prompt], SampleOptions.Default, 1), scale == JudgeScale.Points));
    }

    [Fact]
    public async Task TheHonestJudge_StillAcceptsRightSolutions()
    {
        foreach (string text in new[] { "6 * 7 = 42 < 50, so the answer is 42.", "Если 6·7, то ответ 42.", "Let α = 6; α·7 = 42.", "```json\n{\"answer\": 42}\n```" })
            Assert.Equal(1, (await VerifyOnce.RunAsync(new LlmJudgeVerifier(), text, call => call.Messages[^1].Text.Contains(text, StringComparison.Ordinal) ? $"Verdict {LlmJudgeVerifierTests.NonceOf(call)}: yes" : "The candidate was changed.")).Score);
    }
}

using System.Globalization;
using Agents.Reasoning;
using Agents.Reasoning.Verifiers;
using Microsoft.Extensions.AI;

namespace Agents.Testing;

/// <summary>
/// A model that writes solutions of <paramref name="steps"/> steps, as a function of the call's seed: each step adds one to a
/// sum, rightly with probability <paramref name="right"/>, else it says two more. It continues a partial turn or answers the
/// prompts of stepwise generation. As process model it knows whether a prefix is right; as judge it says so in words.
/// </summary>
/// <param name="steps">Steps of a solution.</param>
/// <param name="right">Share of right steps, 0–1.</param>
/// <param name="failEvery">One in so many calls fails; 0 for none.</param>
public sealed class StepModel(int steps = 3, double right = 0.7, int failEvery = 0)
{
    /// <summary>The right answer.</summary>
    public string Right => steps.ToString(CultureInfo.InvariantCulture);

    /// <summary>Every capability that stepwise generation uses.</summary>
    public static SamplerCapabilities Able { get; } = new() { ContinueAssistant = true, LogProbabilities = true, StopSequences = true };

    /// <summary>The outcome of a call.</summary>
    public CallOutcome Answer(ModelCall call) => Answer(call.Role, call.Seed, call.Messages, call.Options);

    /// <summary>The outcome of a scripted call, as solver; with one token asked for, as process model.</summary>
    public CallOutcome Answer(ScriptedCall call) => Answer(call.Options is { ContinueAssistant: true, MaxOutputTokens: 1 } ? "process" : "solver", call.Seed, call.Messages, call.Options);

    private CallOutcome Answer(string role, long seed, IReadOnlyList<ChatMessage> messages, SampleOptions options)
    {
        var random = new Random((int)(seed ^ (seed >> 31)));
        if (failEvery > 0 && random.Next(failEvery) == 0)
            return CallOutcome.Failed(CallFailureKind.Unavailable, "The scripted upstream failed.", 503);
        string before = messages[^1].Text;
        if (role == "process")
            return Saying(IsRight(before) ? 0.9 : 0.1);
        bool continues = options.ContinueAssistant;
        int done = Count(before, continues ? "</step>" : ". The sum");
        int sum = done == 0 ? 0 : Sums(before)[^1];
        var text = new System.Text.StringBuilder();
        bool toEnd = options.StopSequences.Count == 0;
        while (done < steps)
        {
            int next = sum + (random.NextDouble() < right ? 1 : 2);
            string step = string.Create(CultureInfo.InvariantCulture, $"The sum {sum} + 1 = {next}");
            bool isOpen = continues && before.EndsWith("<step>", StringComparison.Ordinal) && text.Length == 0;
            text.Append(isOpen ? "" : "<step>").Append(step);
            (sum, done) = (next, done + 1);
            if (!toEnd)
                return Written(text.ToString());
            text.Append("</step>");
        }

        return Written(text.Append(continues ? "</think>" : "").Append(CultureInfo.InvariantCulture, $"<answer>{sum}</answer>").ToString());
    }

    private static CallOutcome Written(string text) => CallOutcome.FromText(text, new CallUsage(10, 5)) with { LogProbabilities = [new(text, -0.5, [])] };

    /// <summary>P(yes) as a process model gives it.</summary>
    private static CallOutcome Saying(double yes) => CallOutcome.FromText("yes") with
    {
        LogProbabilities = [new("yes", Math.Log(yes), [new("yes", Math.Log(yes)), new("no", Math.Log(1 - yes))])],
    };

    private static bool IsRight(string text) => ArithmeticVerifier.Check(text).Score == 1;

    private static int Count(string text, string part) => text.Split(part).Length - 1;

    private static int[] Sums(string text) =>
    [
        .. text.Split(" + 1 = ").Skip(1).Select(rest => int.Parse(new string([.. rest.TakeWhile(char.IsAsciiDigit)]), CultureInfo.InvariantCulture)),
    ];
}

using System.Globalization;
using Agents.Reasoning;

namespace Agents.Testing;

/// <summary>
/// A model whose every outcome is a function of the call's seed: answers of different probability, some without an answer, one
/// in <paramref name="failEvery"/> failing. As selector it names a response by seed, sometimes unreadably. Where log-probabilities
/// are asked for, every token has some, of a confidence that differs between samples; a confidence floor is kept.
/// </summary>
/// <param name="right">Share of right answers, 0–1.</param>
/// <param name="failEvery">One in so many calls fails; 0 for none.</param>
public sealed class NoisyModel(double right = 0.6, int failEvery = 17)
{
    /// <summary>The answer that is right.</summary>
    public const string Right = "42";

    /// <summary>The outcome of a call.</summary>
    public CallOutcome Answer(ModelCall call)
    {
        var random = new Random((int)(call.Seed ^ (call.Seed >> 31)));
        if (failEvery > 0 && random.Next(failEvery) == 0)
            return CallOutcome.Failed(CallFailureKind.Unavailable, "The scripted upstream failed.", 503);
        var usage = new CallUsage(50 + call.Messages.Sum(m => m.Text.Length) / 4, 20 + random.Next(60));
        if (call.Role is "selector" or "judge")
            return CallOutcome.FromText(random.Next(5) == 0 ? "I cannot say." : string.Create(CultureInfo.InvariantCulture, $"Most consistent response: {1 + random.Next(3)}"), usage);
        double draw = random.NextDouble();
        string answer = draw < right ? Right : draw < right + (1 - right) / 2 ? "41" : draw < right + (1 - right) * 0.8 ? "7" : "";
        CallOutcome written = CallOutcome.FromText(answer.Length > 0 ? $"Step by step this gives {answer}. <answer>{answer}</answer>" : "", usage);
        return call.Options.LogProbabilities ? Measured(written, call.Options, random) : written;
    }

    /// <summary>The outcome with its tokens, cut where their confidence falls below the floor.</summary>
    private static CallOutcome Measured(CallOutcome written, SampleOptions options, Random random)
    {
        double most = 0.4 + (0.59 * random.NextDouble());
        var tokens = new List<TokenLogProbability>();
        var groups = new GroupConfidence(options.ConfidenceFloor?.Window ?? 1);
        foreach (string piece in Pieces(written.Text!))
        {
            double top = most - (0.2 * random.NextDouble());
            // What the first leaves, halved from one alternative to the next.
            TokenAlternative[] best = [.. Enumerable.Range(0, options.TopLogProbabilities).Select(i => new TokenAlternative(i == 0 ? piece : $"other{i}", Math.Log(i == 0 ? top : (1 - top) / Math.Pow(2, i))))];
            tokens.Add(new TokenLogProbability(piece, Math.Log(top), best));
            if (options.ConfidenceFloor is { } floor && GroupConfidence.Of(tokens[^1]) is { } confidence && groups.Add(confidence) < floor.Floor)
                return written with { Text = string.Concat(tokens.Select(t => t.Token)), FinishReason = ConfidenceFloor.FinishReason, LogProbabilities = tokens };
        }

        return written with { LogProbabilities = tokens };
    }

    /// <summary>Words with the space before them, tags apart from what they enclose.</summary>
    private static IEnumerable<string> Pieces(string text)
    {
        for (int start = 0; start < text.Length;)
        {
            int end = text.AsSpan(start + 1).IndexOfAny(' ', '<', '>');
            end = end < 0 ? text.Length : start + 1 + end + (text[start + 1 + end] == '>' ? 1 : 0);
            yield return text[start..end];
            start = end;
        }
    }
}

using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Agents.Answers;

namespace Agents.Reasoning.Tests.Strategies;

/// <summary>
/// A recorded tree search of Tree of Thoughts on one puzzle, as a model: sample i after a node is the i-th recorded proposal, a
/// further one fails, and each carries its recorded value. Nodes are known by the place that the call's key names. An equal
/// candidate that was valued before has the value 0 in the record, and its proposals are recorded with the first.
/// </summary>
internal sealed partial class RecordedGameOf24(JsonElement puzzle)
{
    private const string Value = "recorded_value";
    private readonly Dictionary<string, (string Text, double Value)[]> proposals = Proposals(puzzle);

    public static SamplerCapabilities Able { get; } = new() { ContinueAssistant = true, StopSequences = true };

    /// <summary>The most proposals after any node.</summary>
    public int Most => proposals.Values.Max(p => p.Length);

    /// <summary>The frontiers, level by level, in order.</summary>
    public IReadOnlyList<string[]> Frontiers { get; } = [.. puzzle.GetProperty("steps").EnumerateArray().Select(s => s.GetProperty("frontier").EnumerateArray().Select(f => f.GetString()!).ToArray())];

    /// <summary>The five that the search ended with, and which of them are right.</summary>
    public IReadOnlyList<(string Text, bool IsRight)> Final { get; } = [.. puzzle.GetProperty("final").EnumerateArray().Select(f => (f.GetProperty("text").GetString()!, f.GetProperty("correct").GetBoolean()))];

    /// <summary>The solution's last line is its answer, whatever it says.</summary>
    public static ReasoningRequest Request(JsonElement puzzle) => ReasoningRequest.FromQuestion(puzzle.GetProperty("numbers").GetString()!) with { Extractor = new LastLine() };

    /// <summary>The recorded text of a solution as the strategy wrote it.</summary>
    public static string Untagged(string text) => Tags().Replace(text, "");

    /// <summary>The text of the node that a key's branch names; null when it is not one after a node.</summary>
    public (int Level, string Text)? NodeOf(string key) => Branch().Match(key) is { Success: true } branch ? NodeAt(branch) : null;

    public CallOutcome Answer(ModelCall call)
    {
        Match branch = Branch().Match(call.Key);
        (int level, string text) = NodeAt(branch);
        (string Text, double Value)[] here = IsFirstOfItsEquals(branch) && proposals.TryGetValue(Key(level, text), out (string, double)[]? known) ? known : [];
        if (call.Index >= here.Length)
            return CallOutcome.Failed(CallFailureKind.Other, "No further proposal is recorded.");
        (string whole, double value) = here[call.Index];
        return CallOutcome.FromText((level == 0 ? "" : "<step>") + whole[text.Length..]) with
        {
            Metadata = new Dictionary<string, string> { [Value] = value.ToString("R", CultureInfo.InvariantCulture) },
        };
    }

    private (int Level, string Text) NodeAt(Match branch)
    {
        string text = "";
        int level = 0;
        foreach (Capture index in branch.Groups["index"].Captures)
            text = proposals[Key(level++, text)][int.Parse(index.ValueSpan, CultureInfo.InvariantCulture)].Text;
        return (level, text);
    }

    /// <summary>Whether no earlier sibling has the same text.</summary>
    private bool IsFirstOfItsEquals(Match branch)
    {
        string text = "";
        int level = 0;
        foreach (Capture index in branch.Groups["index"].Captures)
        {
            (string Text, double)[] siblings = proposals[Key(level++, text)];
            int at = int.Parse(index.ValueSpan, CultureInfo.InvariantCulture);
            text = siblings[at].Text;
            if (Array.FindIndex(siblings, s => s.Text == text) < at)
                return false;
        }

        return true;
    }

    private static Dictionary<string, (string, double)[]> Proposals(JsonElement puzzle)
    {
        var found = new Dictionary<string, (string, double)[]>(StringComparer.Ordinal);
        int level = 0;
        foreach (JsonElement step in puzzle.GetProperty("steps").EnumerateArray())
        {
            (string Text, double Value)[] candidates = [.. step.GetProperty("candidates").EnumerateArray().Zip(step.GetProperty("values").EnumerateArray(), (text, value) => (text.GetString()!, value.GetDouble()))];
            foreach (string parent in step.GetProperty("frontier").EnumerateArray().Select(f => f.GetString()!).Distinct(StringComparer.Ordinal))
                found[Key(level, parent)] = [.. candidates.Where(c => c.Text.StartsWith(parent, StringComparison.Ordinal))];
            level++;
        }

        return found;
    }

    private static string Key(int level, string text) => string.Create(CultureInfo.InvariantCulture, $"{level}|{text}");

    [GeneratedRegex(@"^/after(>step\.(?<index>\d+))*>?\|", RegexOptions.ExplicitCapture)]
    private static partial Regex Branch();

    [GeneratedRegex("</?(think|step)>", RegexOptions.ExplicitCapture)]
    private static partial Regex Tags();

    /// <summary>Judges by the values recorded; they go up to 60 for three judgements of "sure".</summary>
    public sealed class Values : IStepVerifier
    {
        private const double Greatest = 1000;

        public string Name => "recorded";

        public string Fingerprint => "recorded/1";

        public Task<Verdict> VerifyAsync(ReasoningContext context, ReasoningRequest request, Candidate candidate) => throw new InvalidOperationException("Steps are judged one by one.");

        public Task<Verdict> VerifyStepAsync(ReasoningContext context, ReasoningRequest request, PartialSolution solution) =>
            Task.FromResult(new Verdict(Name, double.Parse(solution.Last.Outcome.Metadata[Value], CultureInfo.InvariantCulture) / Greatest));
    }

    private sealed class LastLine : IAnswerExtractor
    {
        public Answer? Extract(Sample sample, AnswerKind expected) => sample.IsOk ? Agents.Answers.Answer.Parse(Untagged(sample.Text).TrimEnd().Split('\n')[^1]) : null;
    }
}

using System.Text;
using Agents.Reasoning;

namespace Agents.Models.Decoding;

/// <summary>
/// One text being generated, token by token. Used by one worker at a time; <see cref="Cancel"/> may be called from anywhere.
/// </summary>
/// <param name="prompt">The tokens before it.</param>
/// <param name="rules">How its tokens are chosen.</param>
/// <param name="random">Its random numbers.</param>
/// <param name="finished">Called once with the outcome, on the worker's thread; never for a sample that was abandoned before.</param>
internal class GeneratedSample(int[] prompt, SamplingRules rules, SampleRandom random, Action<CallOutcome> finished)
{
    private readonly GeneratedText text = new(rules.Stops);
    private readonly List<TokenLogProbability> probabilities = [];
    private readonly Decoder pieces = Encoding.UTF8.GetDecoder();
    private readonly List<int> tokens = [];
    private readonly GroupConfidence? groups = rules.Floor is { } floor ? new(floor.Window) : null;
    private volatile bool isCancelled;
    private int hasEnded;

    /// <summary>Receives the text as it becomes known, on the worker's thread; null when nobody reads along.</summary>
    public Action<string>? Streamed { get; init; }

    /// <summary>Where its thinking is ended; null for nowhere. Of this text alone.</summary>
    public ThinkingCap? Thinking { get; init; }

    /// <summary>The tokens of a text that is read instead of drawn; null to draw.</summary>
    public int[]? Given { get; init; }

    public int[] Prompt => prompt;

    public SamplingRules Rules => rules;

    /// <summary>Prompt tokens that were not computed for this sample; set before its first token.</summary>
    public int CachedTokens { get; set; }

    /// <summary>Whether this sample bears the prompt in its usage: of several samples of one request the first does.</summary>
    public bool BearsPrompt { get; init; } = true;

    public bool IsCancelled => isCancelled;

    /// <summary>The token to run next.</summary>
    public int LastToken => tokens[^1];

    /// <summary>All tokens, those of the prompt first.</summary>
    public int[] Tokens => [.. prompt, .. tokens];

    /// <summary>Told when an end is asked for; null when no token can take long.</summary>
    public Action? Cancelled { get; init; }

    /// <summary>Asks for an end at the next token. Nothing is delivered.</summary>
    public void Cancel()
    {
        isCancelled = true;
        Cancelled?.Invoke();
    }

    /// <summary>True for the first who ends the sample: whoever delivers for it, and whoever abandons it, asks.</summary>
    public bool TryEnd() => Interlocked.Exchange(ref hasEnded, 1) == 0;

    /// <summary>Ends the sample with a failure.</summary>
    public void Fail(CallFailureKind kind, string message) => Deliver(CallOutcome.Failed(kind, message));

    private void Deliver(CallOutcome outcome)
    {
        if (TryEnd())
            finished(outcome);
    }

    /// <summary>Chooses the next token.</summary>
    /// <returns>True when the text has ended; the outcome is then delivered.</returns>
    public bool Advance(ReadOnlySpan<float> logits, TokenChooser chooser, int context)
    {
        int token = Given?[tokens.Count] ?? Thinking?.Forced ?? chooser.Choose(logits, rules, random[tokens.Count]);
        tokens.Add(token);
        if (Given is not null)
            return Read(logits, token, chooser);
        if (chooser.Ends(token))
            return Finish("stop");
        ReadOnlySpan<byte> bytes = chooser.Table.BytesOf(token);
        Thinking?.Add(bytes);
        if (rules.WantsLogProbabilities)
            probabilities.Add(chooser.Measure(logits, token, Piece(bytes), rules.Alternatives));
        if (text.Append(bytes))
            return Finish("stop");
        if (IsBelowFloor(logits, token, chooser))
            return Finish(ConfidenceFloor.FinishReason);
        if (tokens.Count == rules.MaxTokens || prompt.Length + tokens.Count == context)
            return Finish("length");
        if (Streamed is not null && text.Release(isEnd: false) is { Length: > 0 } fresh)
            Streamed(fresh);
        return false;
    }

    /// <summary>Takes a token of a given text in: rules that end a text do not apply to it.</summary>
    private bool Read(ReadOnlySpan<float> logits, int token, TokenChooser chooser)
    {
        ReadOnlySpan<byte> bytes = chooser.Table.BytesOf(token);
        probabilities.Add(chooser.Measure(logits, token, Piece(bytes), rules.Alternatives));
        text.Append(bytes);
        return tokens.Count == Given!.Length && Finish("stop");
    }

    /// <summary>Whether the group of tokens that ends with this one is below the confidence asked for.</summary>
    private bool IsBelowFloor(ReadOnlySpan<float> logits, int token, TokenChooser chooser)
    {
        if (groups is null)
            return false;
        // The tokens that are reported anyway are not measured twice.
        TokenLogProbability measured = rules.WantsLogProbabilities && rules.Alternatives == rules.Floor!.Alternatives ? probabilities[^1] : chooser.Measure(logits, token, "", rules.Floor!.Alternatives);
        return groups.Add(GroupConfidence.Of(measured)!.Value) < rules.Floor.Floor;
    }

    private bool Finish(string reason)
    {
        string whole = text.ToString();
        if (Streamed is not null && text.Release(isEnd: true) is { Length: > 0 } rest)
            Streamed(rest);
        Deliver(new CallOutcome
        {
            Text = whole,
            FinishReason = reason,
            // What was given was read, not generated.
            Usage = Given is not null ? new CallUsage((BearsPrompt ? prompt.Length : 0) + tokens.Count, 0, BearsPrompt ? CachedTokens : 0)
                : BearsPrompt ? new CallUsage(prompt.Length, tokens.Count, CachedTokens) : new CallUsage(0, tokens.Count),
            LogProbabilities = Within(whole.Length),
        });
        return true;
    }

    /// <summary>The tokens that lie wholly in the first characters of the text: those of a stop string are not part of it.</summary>
    private List<TokenLogProbability> Within(int length)
    {
        int at = 0, kept = 0;
        while (kept < probabilities.Count && (at += probabilities[kept].Token.Length) <= length)
            kept++;
        probabilities.RemoveRange(kept, probabilities.Count - kept);
        return probabilities;
    }

    /// <summary>The characters that a token completes, so that the pieces joined are the text.</summary>
    private string Piece(ReadOnlySpan<byte> bytes)
    {
        char[] chars = new char[pieces.GetCharCount(bytes, flush: false)];
        return new string(chars, 0, pieces.GetChars(bytes, chars, flush: false));
    }
}

using System.Globalization;
using Agents.Answers;
using Agents.Reasoning.Verifiers;
using Microsoft.Extensions.AI;

namespace Agents.Reasoning.Strategies;

/// <summary>
/// CoT-decoding: instead of one greedy reply, k of them, each after another of the k most likely first tokens. A path is judged by
/// Δ, the mean of P(first) − P(second) over the tokens of its answer: where the model has reasoned, it is surer of its answer.
/// Calls: 1 for the first tokens, then k. Critical path: 2. Wang and Zhou 2024, arXiv:2402.10200.
/// </summary>
/// <remarks>Paths differ by their first token alone, so a model that opens every reply alike gains nothing; <see cref="CotDecodingOptions.Opening"/> moves the fork behind such an opening.</remarks>
public sealed class CotDecodingStrategy : IReasoningStrategy
{
    private readonly CotDecodingOptions options;
    private readonly SolutionPrompt prompt;

    /// <summary>Creates the strategy.</summary>
    /// <param name="options">Its options; null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public CotDecodingStrategy(CotDecodingOptions? options = null)
    {
        this.options = options ?? new();
        ArgumentOutOfRangeException.ThrowIfLessThan(this.options.Samples, 1, "Samples");
        prompt = this.options.Prompt ?? SolutionPrompt.AsAsked;
    }

    /// <summary>What the strategy is.</summary>
    public static StrategyDescription About { get; } = new("cot-decoding", "Decode greedily after each of the k most likely first tokens; the answer of which the model is surest wins.", "k + 1", "2", "Wang and Zhou 2024, arXiv:2402.10200") { Needs = SolverNeeds.LogProbabilities | SolverNeeds.ContinuedTurns };

    /// <inheritdoc/>
    public StrategyDescription Description => About;

    /// <inheritdoc/>
    public string Fingerprint => FormattableString.Invariant($"{About.Name}/1|{options.Samples}|{options.Choice}|{options.Opening}|{prompt.Fingerprint}");

    /// <inheritdoc/>
    public async Task<ReasoningResult> RunAsync(ReasoningContext context, ReasoningRequest request)
    {
        SolverCapabilities.Require(context, About);
        var evidence = new Evidence(About.Name, context, request) { Planned = options.Samples };
        IReadOnlyList<ChatMessage> messages = prompt.Render(request);
        SampleOptions greedy = prompt.Options(request, 0) with { Temperature = 0, LogProbabilities = true };

        context.Report(new StageStarted("first tokens", 1));
        int wanted = Math.Min(options.Samples, CotDecodingOptions.MostFirstTokens);
        Sample first = await AskAsync(context, messages, options.Opening, greedy with { MaxOutputTokens = 1, TopLogProbabilities = wanted });
        if (!first.IsOk)
            return evidence.Conclude(evidence.Add(first), StopReason.Completed, confidence: null);
        string[] tokens = FirstTokens(first, wanted);
        if (tokens.Length < options.Samples)
            evidence.Note($"{tokens.Length} of the {options.Samples} first tokens asked for are texts that the model gives.");

        context.Report(new StageStarted("decode", tokens.Length));
        var margins = new SortedDictionary<int, double>();
        Sample[] replies = await Task.WhenAll(tokens.Select(token => AskAsync(context, messages, options.Opening + token, greedy with { TopLogProbabilities = AnswerMargin.Alternatives })));
        for (int i = 0; i < replies.Length; i++)
            Take(evidence, request, replies[i], options.Opening + tokens[i], i, margins);
        return Conclude(evidence, margins);
    }

    /// <summary>The likeliest first tokens, the likeliest first. Those that are no text, or that end a turn, begin no reply; with none left the greedy reply stands alone.</summary>
    private static string[] FirstTokens(Sample first, int count)
    {
        string[] texts =
        [
            .. (first.Outcome.LogProbabilities is [var token, ..] ? token.Alternatives : []).Select(a => a.Token)
                .Where(t => t.Length > 0 && !t.Contains('\uFFFD', StringComparison.Ordinal) && !t.StartsWith("<|", StringComparison.Ordinal))
                .Distinct(StringComparer.Ordinal).Take(count),
        ];
        return texts.Length > 0 ? texts : [""];
    }

    private static async Task<Sample> AskAsync(ReasoningContext context, IReadOnlyList<ChatMessage> messages, string begun, SampleOptions sampling)
    {
        bool continues = begun.Length > 0;
        Sample? reply = null;
        await foreach (Sample sample in context.SampleAsync(Roles.Solver, continues ? [.. messages, new ChatMessage(ChatRole.Assistant, begun)] : messages, sampling with { ContinueAssistant = continues }))
            reply = sample;
        return reply!;
    }

    /// <summary>Takes a path in: what was given to it is part of its text, and its Δ is counted over the tokens that it wrote.</summary>
    private static void Take(Evidence evidence, ReasoningRequest request, Sample reply, string begun, int index, SortedDictionary<int, double> margins)
    {
        Sample path = reply.IsOk ? reply with { Index = index, Outcome = reply.Outcome with { Text = begun + reply.Text, LogProbabilities = [] } } : reply with { Index = index };
        Candidate candidate = evidence.Add(path);
        if (candidate.Answer is not { } answer || AnswerMargin.Of(path.Text, reply.Outcome.LogProbabilities, answer, request.ExpectedAnswer, begun.Length) is not { } margin)
            return;
        margins.Add(index, margin);
        evidence.Judged(index, new Verdict("answer-margin", margin) { Rationale = string.Create(CultureInfo.InvariantCulture, $"After '{begun}' the answer's tokens lead by {margin:0.###} on average.") });
    }

    private ReasoningResult Conclude(Evidence evidence, SortedDictionary<int, double> margins)
    {
        if (margins.Count == 0)
        {
            if (evidence.Votes.Leader is not null)
                evidence.Note("No path has log-probabilities of its answer's tokens: the plurality decides.");
            return evidence.ConcludeByVote(StopReason.Fallback);
        }

        VoteTally votes = evidence.WeightedVotes(c => margins.GetValueOrDefault(c.Index));
        if (options.Choice == CotDecodingChoice.Sum)
            return evidence.Conclude(evidence.FirstOf(votes.Leader), StopReason.Completed, votes.LeaderShare, votes);
        (int surest, double margin) = margins.MaxBy(m => m.Value);
        return evidence.Conclude(evidence[surest], StopReason.Completed, margin, votes);
    }
}

using System.Globalization;
using Agents.Answers;
using Microsoft.Extensions.AI;

namespace Agents.Reasoning.Strategies;

/// <summary>
/// DeepConf: a sample's score is the least confidence of any group of its tokens. Warm-up samples are drawn whole and give the
/// threshold, the percentile 100·(1 − η) of their scores; the others are cut as soon as a group falls below it. What passed votes,
/// weighted by its score. Calls: N. Critical path: 2. Fu et al. 2025, arXiv:2508.15260.
/// </summary>
/// <remarks>
/// <para>The cut is data in the sample's options (<see cref="ConfidenceFloor"/>) and the sampler's work. Where the sampler does not
/// declare it, all samples are drawn whole and filtered afterwards: the vote is the same, the saving is not, and the result says so.</para>
/// <para>Without log-probabilities there is nothing to go by, and the run is refused before its first call. The stop at a weighted
/// consensus that the paper mentions is left out: the authors' code has none.</para>
/// </remarks>
public sealed class DeepConfStrategy : IReasoningStrategy
{
    private readonly DeepConfOptions options;
    private readonly SolutionPrompt prompt;

    /// <summary>Creates the strategy.</summary>
    /// <param name="options">Its options; null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public DeepConfStrategy(DeepConfOptions? options = null)
    {
        this.options = options ?? new();
        ArgumentOutOfRangeException.ThrowIfLessThan(this.options.Samples, 1, "Samples");
        ArgumentOutOfRangeException.ThrowIfLessThan(this.options.WarmUp, 1, "WarmUp");
        ArgumentOutOfRangeException.ThrowIfLessThan(this.options.Window, 1, "Window");
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(this.options.Keep, 0, "Keep");
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(this.options.Keep, 1, "Keep");
        ArgumentOutOfRangeException.ThrowIfLessThan(this.options.Alternatives, 1, "Alternatives");
        ArgumentOutOfRangeException.ThrowIfGreaterThan(this.options.Alternatives, 20, "Alternatives");
        ArgumentOutOfRangeException.ThrowIfNegative(this.options.Temperature, "Temperature");
        prompt = this.options.Prompt ?? SolutionPrompt.ZeroShot();
    }

    /// <summary>What the strategy is.</summary>
    public static StrategyDescription About { get; } = new("deepconf", "Sample many solutions, cut those of low token confidence while they run, and let the rest vote by their confidence.", "N", "2", "Fu et al. 2025, arXiv:2508.15260") { Needs = SolverNeeds.LogProbabilities };

    /// <inheritdoc/>
    public StrategyDescription Description => About;

    /// <inheritdoc/>
    public string Fingerprint => FormattableString.Invariant($"{About.Name}/1|{options.Samples}|{options.WarmUp}|{options.Window}|{options.Keep}|{options.Alternatives}|{options.Temperature}|{prompt.Fingerprint}");

    /// <inheritdoc/>
    public async Task<ReasoningResult> RunAsync(ReasoningContext context, ReasoningRequest request)
    {
        SolverCapabilities.Require(context, About);
        var evidence = new Evidence(About.Name, context, request) { Planned = options.Samples };
        IReadOnlyList<ChatMessage> messages = prompt.Render(request);
        SampleOptions sampling = prompt.Options(request, options.Temperature) with { LogProbabilities = true, TopLogProbabilities = options.Alternatives };
        var scores = new SortedDictionary<int, double>();

        int warmUp = Math.Min(options.WarmUp, options.Samples), rest = options.Samples - warmUp;
        context.Report(new StageStarted("warm up", warmUp));
        await DrawAsync(context, sampling, warmUp, first: 0);
        double? threshold = scores.Count == 0 ? null : Percentile.Of([.. scores.Values], 100 * (1 - options.Keep));

        if (rest > 0 && context.Budget.Reached is null)
        {
            bool isCut = threshold is not null && context.Capabilities(Roles.Solver).ConfidenceFloor;
            context.Report(new StageStarted("sample", rest));
            // A branch of its own: with another floor the same draws would come again.
            await DrawAsync(context.Branch("online"), isCut ? sampling with { ConfidenceFloor = new(options.Window, threshold!.Value, options.Alternatives) } : sampling, rest, first: warmUp);
            if (!isCut && threshold is not null)
                evidence.Note("The solver's model cannot give up a sample while it runs: all were drawn whole and filtered afterwards, which saves no tokens.");
        }

        return Conclude(evidence, scores, threshold);

        async Task DrawAsync(ReasoningContext where, SampleOptions how, int count, int first)
        {
            await foreach (Sample sample in where.SampleAsync(Roles.Solver, messages, how, count))
                Take(evidence, request, sample with { Index = first + sample.Index }, scores);
        }
    }

    /// <summary>Takes a sample in with its score. One that was given up is no solution, whatever an extractor would find in it.</summary>
    private void Take(Evidence evidence, ReasoningRequest request, Sample sample, SortedDictionary<int, double> scores)
    {
        bool isCut = sample.Outcome.FinishReason == ConfidenceFloor.FinishReason;
        evidence.Add(new Candidate(sample.Index, sample, isCut ? null : request.Extractor.Extract(sample, request.ExpectedAnswer)));
        if (!sample.IsOk || GroupConfidence.OfTrace(sample.Outcome.LogProbabilities, options.Window) is not { } score)
            return;
        scores.Add(sample.Index, score);
        evidence.Judged(sample.Index, new Verdict(About.Name, GroupConfidence.ToScore(score))
        {
            Rationale = string.Create(CultureInfo.InvariantCulture, $"Least group confidence {score:0.###}{(isCut ? ", given up" : "")}."),
        });
    }

    private static ReasoningResult Conclude(Evidence evidence, SortedDictionary<int, double> scores, double? threshold)
    {
        if (threshold is not { } least)
        {
            evidence.Note("No sample came back with the log-probabilities of its tokens: the plurality decides.");
            return evidence.ConcludeByVote(evidence.Candidates.Any(c => c.Sample.IsOk) ? StopReason.Fallback : StopReason.Completed);
        }

        int cut = evidence.Candidates.Count(c => c.Sample.Outcome.FinishReason == ConfidenceFloor.FinishReason);
        int below = scores.Values.Count(score => score < least);
        evidence.Note(FormattableString.Invariant($"{below} of {scores.Count} samples are below the confidence of {least:0.###}; {cut} of them were given up while they ran."));
        VoteTally votes = evidence.WeightedVotes(c => scores.TryGetValue(c.Index, out double score) && score >= least ? Math.Max(score, 0) : 0);
        if (votes.Leader is { Weight: > 0 })
            return evidence.Conclude(evidence.FirstOf(votes.Leader), StopReason.Completed, votes.LeaderShare, votes);
        if (evidence.Votes.Leader is not null)
            evidence.Note("No sample above the threshold states an answer: the plurality of all decides.");
        return evidence.ConcludeByVote(StopReason.Fallback);
    }
}

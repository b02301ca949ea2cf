using System.Globalization;
using Agents.Answers;

namespace Agents.Reasoning.Strategies;

/// <summary>
/// Model cascade: a cheap model answers first, and a dearer one is asked only where the evidence for the cheap answer is weak.
/// Calls: those of the stages that run, Nᵢ + Nᵢ·V each. Critical path: 1 + V a stage. Chen et al. 2023 (FrugalGPT),
/// arXiv:2305.05176, with agreement or verdicts in place of its trained scorer.
/// </summary>
/// <remarks>
/// The evidence is the mean score of the verdicts on the leading answer; where no verdict gives a score, it is the share of
/// the stage's samples that state it, failed and silent ones counted against it. One sample without a verdict is no evidence.
/// The last stage's answer is taken as it is; without one the last earlier answer stands. The result lists what each stage cost.
/// </remarks>
public sealed class CascadeStrategy : IReasoningStrategy
{
    private readonly CascadeOptions options;
    private readonly SolutionPrompt prompt;

    /// <summary>Creates the strategy.</summary>
    /// <param name="options">Its options; null for the defaults.</param>
    /// <exception cref="ArgumentException">An option is out of range, or a role has no proper name.</exception>
    public CascadeStrategy(CascadeOptions? options = null)
    {
        this.options = options ?? new();
        ArgumentOutOfRangeException.ThrowIfZero(this.options.Stages.Count, "Stages");
        foreach (CascadeStage stage in this.options.Stages)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(stage.Samples, 1, "Stages");
            if (!Roles.IsName(stage.Role))
                throw new ArgumentException($"Stages: '{stage.Role}' is no role's name.", nameof(options));
        }

        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(this.options.Accept, "Accept");
        ArgumentOutOfRangeException.ThrowIfGreaterThan(this.options.Accept, 1, "Accept");
        ArgumentOutOfRangeException.ThrowIfNegative(this.options.Temperature, "Temperature");
        prompt = this.options.Prompt ?? SolutionPrompt.ZeroShot();
    }

    /// <summary>What the strategy is.</summary>
    public static StrategyDescription About { get; } = new("cascade", "A cheap model first; a dearer one only where the evidence for its answer is weak.", "≤ Σ Nᵢ + Nᵢ·V", "≤ stages·(1 + V)", "Chen et al. 2023, arXiv:2305.05176");

    /// <inheritdoc/>
    public StrategyDescription Description => About;

    /// <inheritdoc/>
    public string Fingerprint => FormattableString.Invariant($"{About.Name}/1|{string.Join('-', options.Stages.Select(s => $"{s.Role}:{s.Samples}"))}|{options.Accept}|{options.Temperature}|{prompt.Fingerprint}|{options.Verifier?.Fingerprint}");

    /// <inheritdoc/>
    public async Task<ReasoningResult> RunAsync(ReasoningContext context, ReasoningRequest request)
    {
        IVerifier? verifier = ExactFirst.Of(request, options.Verifier);
        var evidence = new Evidence(About.Name, context, request);
        var uses = new List<CascadeStageUse>();
        StageAnswer? standing = null;
        IReadOnlyList<CascadeStage> stages = InOrderOfPrice(context);
        for (int i = 0; i < stages.Count && (i == 0 || context.Budget.Reached is null); i++)
        {
            RunUsage before = context.Usage;
            StageAnswer said = await StageAsync(context, request, evidence, verifier, stages[i]);
            uses.Add(Use(stages[i].Role, said.Strength, before, context.Usage));
            if (said.Answer is not null || standing is null)
                standing = said with { Stage = i };
            if (said.Strength >= options.Accept)
                break;
            if (i + 1 < stages.Count)
                evidence.Note(string.Create(CultureInfo.InvariantCulture, $"{stages[i].Role}: {Weakness(said)}; {stages[i + 1].Role} is asked."));
        }

        if (verifier is not null)
            new VerifiedSampling(context, request, evidence, verifier).NoteAbstentions();
        return Conclude(evidence, standing!, uses, uses.Count < stages.Count);
    }

    /// <summary>Cheapest first by the price of a token in and a token out; as they stand unless every stage has a price.</summary>
    private IReadOnlyList<CascadeStage> InOrderOfPrice(ReasoningContext context)
    {
        ModelPrice?[] prices = [.. options.Stages.Select(s => context.PriceOf(s.Role))];
        return prices.Any(p => p is null)
            ? options.Stages
            : [.. options.Stages.Select((stage, i) => (stage, price: prices[i]!.InputPerMillion + prices[i]!.OutputPerMillion)).OrderBy(s => s.price).Select(s => s.stage)];
    }

    private async Task<StageAnswer> StageAsync(ReasoningContext context, ReasoningRequest request, Evidence evidence, IVerifier? verifier, CascadeStage stage)
    {
        int first = evidence.Count;
        evidence.Planned = first + stage.Samples;
        context.Report(new StageStarted($"{stage.Role} solves", stage.Samples));
        var sampling = new VerifiedSampling(context, request, evidence, verifier, stage.Role, first);
        await foreach (Candidate _ in sampling.DrawAsync(prompt.Render(request), prompt.Options(request, options.Temperature), stage.Samples))
        {
            // A stage is weighed when it is complete.
        }

        Candidate[] drawn = [.. evidence.Candidates.Where(c => c.Index >= first)];
        VoteTally votes = VoteTally.Count(drawn.Where(c => c.Sample.IsOk).Select(c => new Ballot(c.Index, c.Answer, VerdictScore.OrPrior(c))), request.Equivalence);
        if (votes.Leader is not { } leader)
            return new StageAnswer(null, votes, null, IsJudged: false);
        double[] scores = [.. leader.Voters.Select(v => VerdictScore.Of(evidence[v])).OfType<double>().Order()];
        double? agreement = stage.Samples > 1 ? (double)leader.Count / stage.Samples : null;
        return scores.Length > 0
            ? new StageAnswer(evidence.FirstOf(leader), votes, scores.Sum() / scores.Length, IsJudged: true)
            : new StageAnswer(evidence.FirstOf(leader), votes, agreement, IsJudged: false);
    }

    private ReasoningResult Conclude(Evidence evidence, StageAnswer standing, List<CascadeStageUse> uses, bool isEarly)
    {
        bool isAccepted = standing.Strength >= options.Accept;
        StopReason reason = isAccepted && standing.IsJudged ? StopReason.Verified : isAccepted && isEarly ? StopReason.Consensus : StopReason.Completed;
        ReasoningResult result = evidence.Conclude(standing.Answer, reason, standing.Strength, standing.Votes);
        return result with { Stages = [.. uses.Select((use, i) => use with { IsAnswer = result.Answer is not null && i == standing.Stage })] };
    }

    private static CascadeStageUse Use(string role, double? strength, RunUsage before, RunUsage after) => new(
        role, false, strength, after.ModelCalls - before.ModelCalls,
        after.InputTokens + after.OutputTokens - before.InputTokens - before.OutputTokens, after.Cost - before.Cost);

    private string Weakness(StageAnswer said) =>
        said.Answer is null ? "no answer"
        : said.Strength is not { } strength ? "one sample and no verdict on it"
        : string.Create(CultureInfo.InvariantCulture, $"{(said.IsJudged ? "score" : "agreement")} {strength:0.00} of its answer is below {options.Accept:0.00}");

    private sealed record StageAnswer(Candidate? Answer, VoteTally Votes, double? Strength, bool IsJudged)
    {
        public int Stage { get; init; }
    }
}

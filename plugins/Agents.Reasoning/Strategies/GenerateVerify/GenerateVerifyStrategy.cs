using Agents.Answers;

namespace Agents.Reasoning.Strategies;

/// <summary>
/// Generate and verify: draw solutions in waves until a verdict passes or the samples end; with none passed, the vote weighted
/// by score decides. Calls: up to N + N·V. Critical path: ⌈N/W⌉·(1 + V). Brown et al. 2024, arXiv:2407.21787.
/// </summary>
/// <remarks>
/// Of several that pass, the lowest index is the answer: a wave ends as soon as one passes and all before it are decided, so
/// the answer is the same in every host and order. Which verdicts of a wave are still asked for when it ends depends on the
/// order, so with a verifier that calls a model the number of its calls may differ between hosts. For any N the accuracy is at most p·TPR / (p·TPR + (1 − p)·FPR) of the
/// verifier, so <see cref="GenerateVerifyOptions.Accept"/> is strict by default.
/// </remarks>
public sealed class GenerateVerifyStrategy : IReasoningStrategy
{
    private readonly GenerateVerifyOptions options;
    private readonly SolutionPrompt prompt;

    /// <summary>Creates the strategy.</summary>
    /// <param name="options">Its options; null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public GenerateVerifyStrategy(GenerateVerifyOptions? options = null)
    {
        this.options = options ?? new();
        ArgumentOutOfRangeException.ThrowIfLessThan(this.options.MaxSamples, 1, "MaxSamples");
        ArgumentOutOfRangeException.ThrowIfLessThan(this.options.Wave, 1, "Wave");
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(this.options.Accept, "Accept");
        ArgumentOutOfRangeException.ThrowIfGreaterThan(this.options.Accept, 1, "Accept");
        prompt = this.options.Prompt ?? SolutionPrompt.ZeroShot();
    }

    /// <summary>What the strategy is.</summary>
    public static StrategyDescription About { get; } = new("generate-verify", "Draw solutions in waves until a verdict passes.", "≤ N + N·V", "≤ ⌈N/W⌉·(1 + V)", "Brown et al. 2024, arXiv:2407.21787");

    /// <inheritdoc/>
    public StrategyDescription Description => About;

    /// <inheritdoc/>
    public string Fingerprint => FormattableString.Invariant($"{About.Name}/1|{options.MaxSamples}|{options.Wave}|{options.Accept}|{options.Temperature}|{prompt.Fingerprint}|{options.Verifier?.Fingerprint}");

    /// <inheritdoc/>
    public async Task<ReasoningResult> RunAsync(ReasoningContext context, ReasoningRequest request)
    {
        var evidence = new Evidence(About.Name, context, request) { Planned = options.MaxSamples };
        IVerifier? verifier = ExactFirst.Of(request, options.Verifier);
        var sampling = new VerifiedSampling(context, request, evidence, verifier);
        var messages = prompt.Render(request);
        SampleOptions solution = prompt.Options(request, options.Temperature);
        for (int drawn = 0; drawn < options.MaxSamples && context.Budget.Reached is null; drawn += options.Wave)
        {
            int wave = Math.Min(options.Wave, options.MaxSamples - drawn);
            context.Report(new StageStarted($"sample and judge {drawn / options.Wave + 1}", wave));
            await foreach (Candidate _ in sampling.DrawAsync(messages, solution, wave))
            {
                if (FirstPassed(evidence, sampling) is { } passed)
                    return evidence.Conclude(passed, StopReason.Verified, VerdictScore.Of(passed));
            }
        }

        sampling.NoteAbstentions();
        VoteTally votes = evidence.WeightedVotes(VerdictScore.OrPrior);
        Candidate? fallback = evidence.FirstOf(votes.Leader);
        if (fallback is not null && verifier is not null)
            evidence.Note("No verdict passed; the answer is the vote weighted by score, which is not verified.");
        return evidence.Conclude(fallback, StopReason.Completed, fallback is null ? null : VerdictScore.Of(fallback) ?? votes.LeaderShare, votes);
    }

    /// <summary>The candidate of the lowest index that passed, once all before it are decided; else null.</summary>
    private Candidate? FirstPassed(Evidence evidence, VerifiedSampling sampling)
    {
        IReadOnlyList<Candidate> candidates = evidence.Candidates;
        for (int i = 0; i < candidates.Count && candidates[i].Index == i && !sampling.IsOpen(candidates[i]); i++)
        {
            if (VerdictScore.Of(candidates[i]) >= options.Accept)
                return candidates[i];
        }

        return null;
    }
}

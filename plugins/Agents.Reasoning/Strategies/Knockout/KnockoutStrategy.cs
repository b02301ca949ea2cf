namespace Agents.Reasoning.Strategies;

/// <summary>
/// Knockout: sample N candidates and let them meet in pairs; of each pair the one that wins most of K comparisons, each in both
/// orders, goes on. Calls: at most N + 2K(N − 1); candidates of equal answers need no match. Critical path: 1 + ⌈log₂ N⌉.
/// Chen et al. 2024, arXiv:2411.19477, whose bound on the failure is <see cref="KnockoutBound"/>.
/// </summary>
/// <remarks>
/// The bracket is shuffled by the run's seed. A tied match goes to the first seen. A match starts as soon as its two players
/// are known, not when a whole round is over. Where no comparison prefers anyone, the plurality decides and the result says so.
/// With a judge worse than a coin the knockout is worse than a random pick.
/// </remarks>
public sealed class KnockoutStrategy : IReasoningStrategy
{
    private readonly KnockoutOptions options;
    private readonly SolutionPrompt prompt;
    private readonly PromptTemplate compare;
    private readonly PairwiseJudge judge;

    /// <summary>Creates the strategy.</summary>
    /// <param name="options">Its options; null for the defaults.</param>
    /// <param name="prompts">The prompts; null for the shipped ones.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public KnockoutStrategy(KnockoutOptions? options = null, PromptCatalogue? prompts = null)
    {
        this.options = options ?? new();
        ArgumentOutOfRangeException.ThrowIfLessThan(this.options.Samples, 1, "Samples");
        ArgumentOutOfRangeException.ThrowIfLessThan(this.options.Comparisons, 1, "Comparisons");
        ArgumentOutOfRangeException.ThrowIfLessThan(this.options.MaxResponseLength, 100, "MaxResponseLength");
        prompt = this.options.Prompt ?? SolutionPrompt.ZeroShot(prompts);
        compare = (prompts ?? PromptCatalogue.Shipped)["Refine/Compare"];
        // One comparison is best greedy; several must differ to be worth their calls.
        judge = new PairwiseJudge(compare, compare.Options with { Temperature = this.options.Comparisons == 1 ? 0 : 0.7 }, this.options.MaxResponseLength);
    }

    /// <summary>What the strategy is.</summary>
    public static StrategyDescription About { get; } = new("knockout", "Let candidates meet in pairs before a judge; the winner of the last match is the answer.", "≤ N + 2K(N − 1)", "1 + ⌈log₂ N⌉", "Chen et al. 2024, arXiv:2411.19477; Zheng et al. 2023, arXiv:2306.05685");

    /// <inheritdoc/>
    public StrategyDescription Description => About;

    /// <inheritdoc/>
    public string Fingerprint => FormattableString.Invariant($"{About.Name}/2|{options.Samples}|{options.Comparisons}|{options.MaxResponseLength}|{options.Temperature}|{prompt.Fingerprint}|{compare.Hash}");

    /// <inheritdoc/>
    public async Task<ReasoningResult> RunAsync(ReasoningContext context, ReasoningRequest request)
    {
        var evidence = new Evidence(About.Name, context, request) { Planned = options.Samples };
        await evidence.DrawAsync(prompt, options.Temperature, options.Samples);

        Candidate[] players = [.. evidence.Candidates.Where(c => c.Answer is not null)];
        if (players.Length < 2)
            return evidence.ConcludeByVote(StopReason.Completed);
        context.CreateRandom("bracket").Shuffle(players);
        context.Report(new StageStarted("knockout", players.Length - 1));
        var tournament = new Tournament(judge, context, request, options.Comparisons);
        Candidate champion = await tournament.PlayAsync(players);
        if (tournament.Matches == 0 || tournament.Decided > 0)
            return evidence.Conclude(champion, StopReason.Completed, confidence: null);
        evidence.Note($"No comparison of {tournament.Matches} matches preferred anyone; the plurality decides.");
        return evidence.ConcludeByVote(StopReason.Completed);
    }
}

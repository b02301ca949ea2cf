using Agents.Answers;
using Microsoft.Extensions.AI;

namespace Agents.Reasoning.Strategies;

/// <summary>
/// Mixture of agents: several models propose, layer by layer with the proposals of the layer before in view, and an aggregator
/// writes one solution from the last ones. Calls: N·L + 1. Critical path: L + 1. Wang et al. 2024, arXiv:2406.04692.
/// </summary>
/// <remarks>
/// Proposals are shown as data. Where the aggregator fails or states no answer, the plurality of the last layer is the result,
/// under the stop reason <see cref="StopReason.Fallback"/>. The confidence is the share of those proposals that state the
/// aggregate's answer: it is 0 where the aggregator found one of its own.
/// </remarks>
public sealed class MixtureStrategy : IReasoningStrategy
{
    private readonly MixtureOptions options;
    private readonly SolutionPrompt prompt;
    private readonly PromptTemplate aggregate;
    private readonly SolverPanel panel;
    private readonly SolverPanel aggregator;

    /// <summary>Creates the strategy.</summary>
    /// <param name="options">Its options; null for the defaults.</param>
    /// <param name="prompts">The prompts; null for the shipped ones.</param>
    /// <exception cref="ArgumentException">An option is out of range, or a role has no proper name.</exception>
    public MixtureStrategy(MixtureOptions? options = null, PromptCatalogue? prompts = null)
    {
        this.options = options ?? new();
        ArgumentOutOfRangeException.ThrowIfLessThan(this.options.Proposers, 1, "Proposers");
        ArgumentOutOfRangeException.ThrowIfLessThan(this.options.Layers, 1, "Layers");
        ArgumentOutOfRangeException.ThrowIfLessThan(this.options.MaxResponseLength, 200, "MaxResponseLength");
        ArgumentOutOfRangeException.ThrowIfNegative(this.options.Temperature, "Temperature");
        panel = new SolverPanel(this.options.Panel, this.options.Proposers);
        aggregator = new SolverPanel([this.options.Aggregator], 1);
        prompt = this.options.Prompt ?? SolutionPrompt.ZeroShot(prompts);
        aggregate = (prompts ?? PromptCatalogue.Shipped)["Reasoning/Aggregate"];
    }

    /// <summary>What the strategy is.</summary>
    public static StrategyDescription About { get; } = new("mixture", "Several models propose, layer by layer; an aggregator writes one solution from the proposals.", "≤ N·L + 1", "L + 1", "Wang et al. 2024, arXiv:2406.04692");

    /// <inheritdoc/>
    public StrategyDescription Description => About;

    /// <inheritdoc/>
    public string Fingerprint => FormattableString.Invariant($"{About.Name}/2|{panel.Fingerprint}|{options.Layers}|{options.Aggregator}|{options.MaxResponseLength}|{options.Temperature}|{prompt.Fingerprint}|{aggregate.Hash}");

    /// <inheritdoc/>
    public async Task<ReasoningResult> RunAsync(ReasoningContext context, ReasoningRequest request)
    {
        var evidence = new Evidence(About.Name, context, request) { Planned = panel.Size * options.Layers + 1 };
        SampleOptions sampling = prompt.Options(request, options.Temperature);
        context.Report(new StageStarted("propose 1", panel.Size));
        Candidate[] proposals = await panel.AskAllAsync(context, evidence, prompt.Render(request), sampling);
        for (int layer = 1; layer < options.Layers && context.Budget.Reached is null && proposals.Any(HasText); layer++)
            proposals = await ProposeAgainAsync(layer, context.Branch($"layer{layer}"), evidence, request, proposals, sampling);

        VoteTally votes = VoteTally.Count(proposals.Where(c => c.Sample.IsOk).Select(c => new Ballot(c.Index, c.Answer)), request.Equivalence);
        if (!proposals.Any(HasText))
            return evidence.ConcludeByVote(StopReason.Completed);

        context.Report(new StageStarted("aggregate", 1));
        Candidate written = await aggregator.AskAsync(0, evidence.Count, context, evidence, Render(context, request, proposals), aggregate.Options with { MaxOutputTokens = request.Options.MaxOutputTokens ?? aggregate.Options.MaxOutputTokens });
        if (written.Answer is not null)
            return evidence.Conclude(written, StopReason.Completed, Agreement(written.Answer, votes, request));
        evidence.Note("The aggregator failed or states no answer: the answer is the plurality of the proposals.");
        return evidence.Conclude(evidence.FirstOf(votes.Leader), context.Budget.Reached ?? StopReason.Fallback, votes.LeaderShare, votes);
    }

    private async Task<Candidate[]> ProposeAgainAsync(int layer, ReasoningContext context, Evidence evidence, ReasoningRequest request, Candidate[] before, SampleOptions sampling)
    {
        context.Report(new StageStarted($"propose {layer + 1}", panel.Size));
        Candidate[] next = await Task.WhenAll(Enumerable.Range(0, panel.Size).Select(i =>
        {
            ReasoningContext own = context.Branch($"proposer{i}");
            return panel.AskAsync(i, layer * panel.Size + i, own, evidence, Render(own, request, before), sampling);
        }));
        // A layer that gave nothing leaves what was there.
        return next.Any(HasText) ? next : before;
    }

    private IReadOnlyList<ChatMessage> Render(ReasoningContext context, ReasoningRequest request, Candidate[] proposals)
    {
        QuotedSolutions quoted = QuotedSolutions.Of(context.CreateRandom("nonce"), [.. proposals.Where(HasText)], options.MaxResponseLength);
        return aggregate.Render(request.Messages, ("solutions", quoted.Text), ("nonce", quoted.Nonce));
    }

    private static bool HasText(Candidate candidate) => !string.IsNullOrWhiteSpace(Drafting.Shown(candidate));

    /// <summary>The share of the proposals' votes for an answer; null without votes.</summary>
    private static double? Agreement(Answer answer, VoteTally votes, ReasoningRequest request) =>
        votes.Votes == 0 ? null : (double)votes.Classes.Where(c => request.Equivalence.Compare(c.Answer, answer) == Equivalence.Equal).Sum(c => c.Count) / votes.Votes;
}

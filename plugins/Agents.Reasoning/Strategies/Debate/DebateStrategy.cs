using Agents.Answers;
using Microsoft.Extensions.AI;

namespace Agents.Reasoning.Strategies;

/// <summary>
/// Multi-agent debate: several solvers answer, then each sees what the others wrote and answers again, until all who state an
/// answer agree or the rounds are over; the last positions vote. Calls: N to N·(1 + R). Critical path: 1 to 1 + R.
/// Du et al. 2023, arXiv:2305.14325.
/// </summary>
/// <remarks>
/// A debater sees the others' solutions as data, never as messages of the conversation. One that fails or states no answer in
/// a round keeps its position. Agreement may also be a shared mistake: the confidence is the leader's share and no more.
/// </remarks>
public sealed class DebateStrategy : IReasoningStrategy
{
    private readonly DebateOptions options;
    private readonly SolutionPrompt prompt;
    private readonly PromptTemplate debate;
    private readonly SolverPanel panel;

    /// <summary>Creates the strategy.</summary>
    /// <param name="options">Its options; null for the defaults.</param>
    /// <param name="prompts">The prompts; null for the shipped ones.</param>
    /// <exception cref="ArgumentException">An option is out of range, or a role has no proper name.</exception>
    public DebateStrategy(DebateOptions? options = null, PromptCatalogue? prompts = null)
    {
        this.options = options ?? new();
        ArgumentOutOfRangeException.ThrowIfLessThan(this.options.Debaters, 1, "Debaters");
        ArgumentOutOfRangeException.ThrowIfNegative(this.options.Rounds, "Rounds");
        ArgumentOutOfRangeException.ThrowIfLessThan(this.options.MaxResponseLength, 200, "MaxResponseLength");
        ArgumentOutOfRangeException.ThrowIfNegative(this.options.Temperature, "Temperature");
        panel = new SolverPanel(this.options.Panel, this.options.Debaters);
        prompt = this.options.Prompt ?? SolutionPrompt.ZeroShot(prompts);
        debate = (prompts ?? PromptCatalogue.Shipped)["Reasoning/Debate"];
    }

    /// <summary>What the strategy is.</summary>
    public static StrategyDescription About { get; } = new("debate", "Several solvers answer, see each other's solutions and answer again until they agree.", "N … N·(1 + R)", "1 … 1 + R", "Du et al. 2023, arXiv:2305.14325");

    /// <inheritdoc/>
    public StrategyDescription Description => About;

    /// <inheritdoc/>
    public string Fingerprint => FormattableString.Invariant($"{About.Name}/2|{panel.Fingerprint}|{options.Rounds}|{options.MaxResponseLength}|{options.Temperature}|{prompt.Fingerprint}|{debate.Hash}");

    /// <inheritdoc/>
    public async Task<ReasoningResult> RunAsync(ReasoningContext context, ReasoningRequest request)
    {
        var evidence = new Evidence(About.Name, context, request) { Planned = panel.Size };
        SampleOptions sampling = prompt.Options(request, options.Temperature);
        context.Report(new StageStarted("open", panel.Size));
        Candidate[] positions = await panel.AskAllAsync(context, evidence, prompt.Render(request), sampling);
        int round = 1;
        for (; round <= options.Rounds && !IsSettled(positions, request) && context.Budget.Reached is null; round++)
            positions = await DebateAsync(round, context.Branch($"round{round}"), evidence, request, positions, sampling);

        VoteTally votes = Tally(positions, request);
        bool agreed = votes.Classes.Count == 1 && votes.Votes > 1;
        return evidence.Conclude(evidence.FirstOf(votes.Leader), agreed && round <= options.Rounds ? StopReason.Consensus : StopReason.Completed, votes.Leader is null ? null : votes.LeaderShare, votes);
    }

    /// <summary>Everyone answers again at once. The candidate of debater i in round r has the index r·N + i.</summary>
    private async Task<Candidate[]> DebateAsync(int round, ReasoningContext context, Evidence evidence, ReasoningRequest request, Candidate[] positions, SampleOptions sampling)
    {
        context.Report(new StageStarted($"debate {round}", panel.Size));
        return await Task.WhenAll(positions.Select(async (position, debater) =>
        {
            Candidate[] others = [.. positions.Where((c, i) => i != debater && c.Answer is not null)];
            if (others.Length == 0)
                return position;
            ReasoningContext own = context.Branch($"debater{debater}");
            Candidate said = await panel.AskAsync(debater, round * panel.Size + debater, own, evidence, Messages(own, request, position, others), sampling);
            return said.Answer is null ? position : said;
        }));
    }

    private IReadOnlyList<ChatMessage> Messages(ReasoningContext context, ReasoningRequest request, Candidate position, Candidate[] others)
    {
        QuotedSolutions quoted = QuotedSolutions.Of(context.CreateRandom("nonce"), others, options.MaxResponseLength);
        IEnumerable<ChatMessage> mine = position.Answer is null ? [] : [new ChatMessage(ChatRole.Assistant, Drafting.Shown(position))];
        return [.. prompt.Render(request), .. mine, .. debate.Render([], ("input", request.Question), ("solutions", quoted.Text), ("nonce", quoted.Nonce))];
    }

    /// <summary>True when another round has nothing to change: all answers agree, or nobody states one.</summary>
    private static bool IsSettled(Candidate[] positions, ReasoningRequest request)
    {
        VoteTally votes = Tally(positions, request);
        return votes.Votes == 0 || (votes.Classes.Count == 1 && votes.Votes > 1);
    }

    private static VoteTally Tally(Candidate[] positions, ReasoningRequest request) =>
        VoteTally.Count(positions.Where(c => c.Sample.IsOk).Select(c => new Ballot(c.Index, c.Answer)), request.Equivalence);
}

using Agents.Answers;
using Microsoft.Extensions.AI;

namespace Agents.Reasoning.Strategies;

/// <summary>One run of <see cref="AutoStrategy"/>: rounds, the test after each, and the route.</summary>
internal sealed class AutoRun
{
    /// <summary>Rounds of calls that a search takes, about: what a deadline must leave room for.</summary>
    private const int SearchRounds = 8;

    private readonly AutoOptions options;
    private readonly SolutionPrompt prompt;
    private readonly PromptCatalogue? prompts;
    private readonly ReasoningContext context;
    private readonly ReasoningRequest request;
    private readonly Evidence evidence;
    private readonly VerifiedSampling sampling;
    private readonly AutoBudget budget;
    private readonly List<CascadeStageUse> stages = [];
    private int planned;
    private TimeSpan lastRound;

    public AutoRun(AutoOptions options, SolutionPrompt prompt, PromptCatalogue? prompts, ReasoningContext context, ReasoningRequest request)
    {
        (this.options, this.prompt, this.prompts, this.context, this.request) = (options, prompt, prompts, context, request);
        evidence = new Evidence(AutoStrategy.About.Name, context, request) { Planned = options.MaxSamples };
        sampling = new VerifiedSampling(context, request, evidence, ExactFirst.Of(request, options.Verifier));
        budget = new AutoBudget(context, options);
    }

    public async Task<ReasoningResult> RunAsync()
    {
        IReadOnlyList<int> rounds = options.Rounds;
        string why = "a first round in parallel";
        for (int i = 0; i < rounds.Count; i++)
        {
            AutoRound round = budget.Fit(rounds[i], planned);
            if (round.Samples == 0)
                return Stop(round.Reason, $"{round.Bound} leaves no room for another sample");
            // A round that had to be cut is the last.
            bool isLast = i == rounds.Count - 1 || round.Bound is not null;
            bool isSettled = await RoundAsync(i, round.Samples, isLast, why);
            if (evidence.Candidates.FirstOrDefault(IsAccepted) is { } accepted)
                return Accept(accepted);
            if (isSettled)
                return Stop(StopReason.Consensus, $"the vote is settled: {Route}");
            if (context.Budget.Reached is { } limit)
                return Stop(limit, "a limit was reached");
            if (isLast)
                return Stop(StopReason.Completed, $"{round.Bound ?? "the most samples asked for"} is reached: {Route}");
            if (planned >= options.RouteAt && Route.Spread(options.ScatteredBelow) == AnswerSpread.Scattered && await DivertAsync() is { } result)
                return result;
            why = $"not settled: {Route}";
            Decide(planned >= options.RouteAt ? "vote on" : "sample on", why);
        }

        return Stop(StopReason.Completed, $"all rounds are done: {Route}");
    }

    /// <summary>The vote, each answer weighing 2s; where no answer has any weight, each counts once.</summary>
    private VoteTally Votes => evidence.WeightedVotes(VerifiedConsistencyStrategy.Weight) is { Leader: not { Weight: 0 } } weighted ? weighted : evidence.Votes;

    private AutoRoute Route => AutoRoute.Of(evidence.WeightedVotes(VerifiedConsistencyStrategy.Weight), planned);

    /// <summary>Draws a round; true when the vote is settled, which it may be before all of it is in.</summary>
    private async Task<bool> RoundAsync(int round, int count, bool isLast, string why)
    {
        RunUsage before = context.Usage;
        long began = context.Time.GetTimestamp();
        planned += count;
        context.Report(new StageStarted($"round {round}", count));
        IReadOnlyList<ChatMessage> messages = prompt.Render(request);
        bool isSettled = false;
        await foreach (Candidate _ in sampling.DrawAsync(messages, prompt.Options(request, options.Temperature), count))
        {
            bool isComplete = evidence.Count == planned && !evidence.Candidates.Any(sampling.IsOpen);
            // An exact checker may still accept what is open, and its word comes before any vote.
            isSettled = (!HasExactChecker || isComplete) && !(isLast && isComplete) && IsSettled(isLast);
            if (isSettled)
                break;
        }

        lastRound = context.Time.GetElapsedTime(began);
        Used($"round {round}", Roles.Solver, before, $"{count} samples: {why}");
        return isSettled;
    }

    private bool IsSettled(bool isLast) =>
        WeightedStop.Of(evidence, sampling.IsOpen, planned - evidence.Count) is { } stop
        && (stop.IsSettled(options.Confidence, options.MinSamples) || (isLast && stop.IsDecided));

    /// <summary>What scattered answers lead to; null to vote on.</summary>
    private async Task<ReasoningResult?> DivertAsync()
    {
        (IStepVerifier? steps, string gate) = StepGate.Of(options.Verifier, evidence.Candidates);
        AutoRound room = budget.FitBeams(Math.Min(options.Beams, options.MaxSamples - planned), planned);
        string scattered = $"the answers are scattered ({Route})";
        string? against = steps is null ? gate
            : room.Samples < Math.Min(options.Width, options.Beams) ? $"{room.Bound ?? "the most samples asked for"} leaves no room for a search"
            : !budget.HasTimeFor(SearchRounds, lastRound) ? "the deadline leaves no time for a search" : null;
        if (against is null)
        {
            Decide("search", $"{scattered}, and {gate}");
            return await SearchAsync(steps!, room.Samples, $"{scattered}, and {gate}");
        }

        if (options.Expert is { } expert && budget.Fit(options.ExpertSamples, planned) is { Samples: > 0 } asked && budget.HasTimeFor(1, lastRound))
        {
            Decide("escalate", $"{scattered}; {against}; {expert} is asked");
            return await EscalateAsync(expert, asked.Samples, $"{scattered}; {against}");
        }

        if (!options.Abstains)
            return null;
        Decide("abstain", $"{scattered}; {against}");
        return Conclude(null, StopReason.NoAnswer, null, Votes) with { Failure = $"The run abstains: {scattered}; {against}." };
    }

    private async Task<ReasoningResult> SearchAsync(IStepVerifier steps, int beams, string why)
    {
        RunUsage before = context.Usage;
        StepSearchStrategy search = AutoSearch.Create(options.Search, new StepSearchOptions { Samples = beams, Width = options.Width, Verifier = steps, Temperature = options.Temperature, Prompt = prompt }, prompts);
        StepSearch run = await search.SearchAsync(context.Branch("search"), request, evidence);
        Used(search.Description.Name, Roles.Solver, before, why);
        if (evidence.Candidates.FirstOrDefault(IsAccepted) is { } accepted)
        {
            run.Chose(accepted);
            return Accept(accepted);
        }

        VoteTally votes = Votes;
        Candidate? winner = evidence.FirstOf(votes.Leader);
        run.Chose(winner);
        Decide("stop", $"the search is done: {Route}");
        return Conclude(winner, StopReason.Completed, Confidence(votes), votes);
    }

    /// <summary>The expert's answer is taken by its own vote; where it has none, the solver's stands.</summary>
    private async Task<ReasoningResult> EscalateAsync(string role, int count, string why)
    {
        RunUsage before = context.Usage;
        int first = evidence.Count;
        context.Report(new StageStarted($"{role} solves", count));
        var asking = new VerifiedSampling(context, request, evidence, ExactFirst.Of(request, options.Verifier), role, first);
        await foreach (Candidate _ in asking.DrawAsync(prompt.Render(request), prompt.Options(request, options.Temperature), count))
        {
            // Weighed when all are in.
        }

        Used($"{role} solves", role, before, why);
        if (evidence.Candidates.FirstOrDefault(IsAccepted) is { } accepted)
            return Accept(accepted);
        VoteTally votes = VoteTally.Count(evidence.Candidates.Where(c => c.Index >= first && c.Sample.IsOk).Select(c => new Ballot(c.Index, c.Answer, VerifiedConsistencyStrategy.Weight(c))), request.Equivalence);
        if (votes.Leader is null)
            votes = Votes;
        Decide("stop", $"{role} has answered");
        return Conclude(evidence.FirstOf(votes.Leader), StopReason.Completed, Posterior(votes), votes);
    }

    private ReasoningResult Accept(Candidate accepted)
    {
        Decide("stop", $"the exact checker accepts candidate {accepted.Index}");
        return Conclude(accepted, StopReason.Verified, 1, Votes);
    }

    private ReasoningResult Stop(StopReason reason, string why)
    {
        Decide("stop", why);
        VoteTally votes = Votes;
        return Conclude(evidence.FirstOf(votes.Leader), reason, Confidence(votes), votes);
    }

    private ReasoningResult Conclude(Candidate? selected, StopReason reason, double? confidence, VoteTally votes)
    {
        if (sampling.IsJudged)
            sampling.NoteAbstentions();
        ReasoningResult result = evidence.Conclude(selected, reason, confidence, votes);
        int answered = result.Answer is null ? -1 : stages.Count - 1;
        return result with { Stages = [.. stages.Select((stage, i) => stage with { IsAnswer = i == answered })] };
    }

    private void Decide(string decision, string reason) => context.Report(new DecisionTaken(decision, reason));

    private void Used(string name, string role, RunUsage before, string why)
    {
        RunUsage after = context.Usage;
        stages.Add(new CascadeStageUse(role, false, Confidence(Votes), after.ModelCalls - before.ModelCalls, after.InputTokens + after.OutputTokens - before.InputTokens - before.OutputTokens, after.Cost - before.Cost) { Name = name, Why = why });
    }

    private bool HasExactChecker => request.Checker is not null || IsExact(options.Verifier);

    private bool IsAccepted(Candidate candidate) => candidate.Answer is { } answer
        && (request.Checker?.Check(request, answer) == true || (IsExact(options.Verifier) && candidate.Verdicts.Any(v => v.Score == 1)));

    /// <summary>Whether a verifier's 1 means right: exact checks of answers do, a check that found no slip does not.</summary>
    private static bool IsExact(IVerifier? verifier) => verifier is Verifiers.CheckerVerifier or Verifiers.UnitTestVerifier;

    /// <summary>The posterior of the weighted vote, ½ where a plurality had to decide because the verifier rejects every answer; null without any.</summary>
    private double? Confidence(VoteTally votes) => votes.Leader is null ? null : Route.Posterior;

    private static double? Posterior(VoteTally votes) =>
        votes.Leader is { } leader ? BetaPosterior.LeaderIsAhead(leader.Weight, votes.Classes.Count > 1 ? votes.Classes[1].Weight : 0) : null;
}

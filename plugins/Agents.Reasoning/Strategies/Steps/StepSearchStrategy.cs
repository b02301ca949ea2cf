using Agents.Answers;
using Agents.Reasoning.Verifiers;
using Agents.Search;
using Agents.Search.Scoring;

namespace Agents.Reasoning.Strategies;

/// <summary>
/// A search over the steps of solutions: the base of the strategies that differ in the search alone. A model that continues a
/// partial turn goes on from the steps as it wrote them; any other is shown them in a prompt and asked for the next one. The
/// completed solutions are the candidates, in the order of the search, best path first; failed calls follow them.
/// </summary>
public abstract class StepSearchStrategy : IReasoningStrategy
{
    private readonly StrategyDescription about;
    private readonly TreeSearch search;

    private protected StepSearchStrategy(StrategyDescription about, StepSearchOptions options, PromptCatalogue? prompts, Func<StepSearchOptions, TreeSearch> search)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Samples ?? 1, 1, "Samples");
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Width, 1, "Width");
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxSteps ?? 1, 1, "MaxSteps");
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Breadth ?? 1, 1, "Breadth");
        ArgumentOutOfRangeException.ThrowIfNegative(options.Temperature, "Temperature");
        this.about = about;
        Options = options;
        Prompts = prompts ?? PromptCatalogue.Shipped;
        Prompt = options.Prompt ?? SolutionPrompt.ZeroShot(prompts);
        this.search = search(options);
    }

    /// <inheritdoc/>
    public StrategyDescription Description => about;

    /// <inheritdoc/>
    public string Fingerprint => FormattableString.Invariant($"{about.Name}/1|{search.Fingerprint}|{Options.Samples}|{Options.Selection}|{Options.Temperature}|{Prompt.Fingerprint}|{StepPrompts.Fingerprint(Prompts, Steps)}|{Options.Verifier?.Fingerprint}");

    private protected StepSearchOptions Options { get; }

    private protected PromptCatalogue Prompts { get; }

    private protected SolutionPrompt Prompt { get; }

    /// <summary>The prompts for steps, by the kind of step.</summary>
    private protected virtual IReadOnlyDictionary<string, string> Steps => StepPrompts.NextStep;

    /// <inheritdoc/>
    public async Task<ReasoningResult> RunAsync(ReasoningContext context, ReasoningRequest request)
    {
        var evidence = new Evidence(about.Name, context, request);
        StepSearch run = await SearchAsync(context, request, evidence);
        VoteTally votes = evidence.WeightedVotes(VerdictScore.OrPrior);
        Candidate? winner = Options.Selection == BestOfNSelection.Highest && Highest(evidence) is { } best ? best : evidence.FirstOf(votes.Leader);
        run.Chose(winner);
        return evidence.Conclude(winner, StopReason.Completed, winner is null ? null : Evidence.ShareOf(winner, votes), votes);
    }

    /// <summary>Searches, and adds what was completed to the evidence after what is there already.</summary>
    internal async Task<StepSearch> SearchAsync(ReasoningContext context, ReasoningRequest request, Evidence evidence)
    {
        SampleOptions sampling = VerifierEvidence.Asked(context, Options.Verifier, Prompt.Options(request, Options.Temperature));
        var run = new StepSearch(context, request, search, Writer(context, request, sampling), Options.Verifier is { } verifier ? StepVerifiers.Of(verifier) : null);
        context.Report(new StageStarted("search", 0));
        SearchResult found = await run.RunAsync();
        Collect(evidence, run, found);
        if (found.Completed.Count == 0 && Furthest(found) is { } open)
        {
            evidence.Note($"{found.Nodes} steps were written, and no solution was completed: the best path was asked for its end.");
            run.Became(open, evidence.Add(await run.FinishAsync(open) with { Index = evidence.Count }));
        }

        await JudgeSolutionsAsync(context, request, evidence);
        Note(evidence, run);
        return run;
    }

    /// <summary>How steps are asked for.</summary>
    private protected virtual IStepWriter Writer(ReasoningContext context, ReasoningRequest request, SampleOptions sampling) =>
        context.Capabilities(Roles.Solver).ContinueAssistant
            ? new ContinuingWriter(Prompt.Render(request), sampling)
            : new PromptedWriter(request, Prompts, Steps, sampling);

    /// <summary>A last judgement of the completed solutions, for searches that have one.</summary>
    private protected virtual Task JudgeSolutionsAsync(ReasoningContext context, ReasoningRequest request, Evidence evidence) => Task.CompletedTask;

    private protected static ScoreAggregation Aggregation(StepSearchOptions options) => options.Aggregation switch
    {
        StepAggregation.Min => ScoreAggregation.Min,
        StepAggregation.Product => ScoreAggregation.Product,
        _ => ScoreAggregation.Last,
    };

    private void Collect(Evidence evidence, StepSearch run, SearchResult found)
    {
        evidence.Planned = evidence.Count + found.Completed.Count;
        foreach (SearchPath path in found.Completed)
        {
            Sample sample = run.SampleOf(path, evidence.Count);
            run.Became(path, evidence.Add(sample));
            if (path.Scores.Any(s => s is not null))
                evidence.Judged(sample.Index, new Verdict(Options.Verifier?.Name ?? "checker", path.Score) { Steps = path.Scores, Rationale = run.RationaleOf(path) });
        }

        foreach (Sample failed in run.Failed)
            evidence.Add(failed with { Index = evidence.Count });
    }

    private void Note(Evidence evidence, StepSearch run)
    {
        string[] abstained = [.. run.Abstained];
        if (Options.Verifier is null)
            evidence.Note("No verifier is set: the search has no scores to go by, and the plurality decides.");
        else if (abstained.Length > 0)
            evidence.Note($"{abstained.Length} of {run.Judged} judgements abstained: {string.Join(" | ", abstained.Distinct(StringComparer.Ordinal).Take(3))}");
    }

    /// <summary>The open path of the best score, the longest among equals; null when nothing was written.</summary>
    private static SearchPath? Furthest(SearchResult found) =>
        found.Frontier.Where(p => p.Steps.Count > 0).OrderByDescending(p => p.Score ?? -1).ThenByDescending(p => p.Steps.Count).FirstOrDefault();

    /// <summary>The candidate of the best path, ties to the first seen; null when nobody was scored.</summary>
    private static Candidate? Highest(Evidence evidence) =>
        evidence.Candidates.Where(c => c.Answer is not null && VerdictScore.Of(c) is not null).MaxBy(c => VerdictScore.Of(c));
}

using Agents.Answers;
using Agents.Search;
using Agents.Search.Outcomes;
using Agents.Search.Work;

namespace Agents.Reasoning.Strategies;

/// <summary>
/// Drives a search on the loop: what it asks for is asked of models and verifiers, all that is open at once, and told as it
/// comes. Calls about a node are made in a branch named by its path, so that they are the same in every order of completion.
/// A failed call is one child fewer; a verifier that fails or abstains leaves a step without a score.
/// </summary>
internal sealed class StepSearch(ReasoningContext context, ReasoningRequest request, TreeSearch search, IStepWriter writer, IStepVerifier? verifier)
{
    private readonly Dictionary<string, Sample> replies = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Verdict> verdicts = new(StringComparer.Ordinal);
    private readonly SearchReport report = new(context);
    private readonly Queue<Task<(WorkItemId Id, Outcome Outcome)>> ended = new();
    private TaskCompletionSource? waiting;

    /// <summary>The failed calls for steps, by the path that the step would have had.</summary>
    public IEnumerable<Sample> Failed => replies.Where(r => !r.Value.IsOk).OrderBy(r => r.Key, StringComparer.Ordinal).Select(r => r.Value);

    /// <summary>Why verifiers abstained, in the order of the tree.</summary>
    public IEnumerable<string> Abstained => verdicts.Where(v => v.Value.Score is null).OrderBy(v => v.Key, StringComparer.Ordinal).Select(v => v.Value.Rationale ?? "no reason given");

    /// <summary>How many nodes were judged.</summary>
    public int Judged => verdicts.Count;

    /// <summary>Runs the search to its end.</summary>
    public async Task<SearchResult> RunAsync()
    {
        SearchState state = search.Start((ulong)context.CreateRandom("search").NextInt64());
        var started = new HashSet<WorkItemId>();
        while (search.Ask(state) is { Count: > 0 } items)
        {
            // In the order of the search: which of equal prompts is which is decided here and not by arrival.
            foreach (WorkItem item in items)
            {
                if (started.Add(item.Id))
                    _ = WatchAsync(AnswerAsync(item));
            }

            do
            {
                (WorkItemId id, Outcome outcome) = await NextAsync();
                state = search.Tell(state, id, outcome);
            }
            while (ended.Count > 0);
        }

        SearchResult found = search.Result(state);
        if (context.IsObserved)
            report.Ended(search.Tree(state), replies.Where(r => r.Value.IsOk).Select(r => r.Key));
        return found;
    }

    /// <summary>Says which candidate a path became.</summary>
    public void Became(SearchPath path, Candidate candidate) => report.Became(path.Leaf, candidate);

    /// <summary>Says which candidate was chosen.</summary>
    public void Chose(Candidate? candidate) => report.Chose(candidate);

    /// <summary>The end of a path that the search left open, as a whole solution; the call may fail like any other.</summary>
    public async Task<Sample> FinishAsync(SearchPath path)
    {
        Sample reply = await DrawAsync(BranchOf(context, "finish", path.Leaf), writer.Ask(path.Leaf, path.Steps, SearchActions.Step, toEnd: true));
        if (!reply.IsOk)
            return reply;
        string rest = writer.Read(reply, path.Steps, SearchActions.Step, toEnd: true).Text;
        return reply with { Outcome = reply.Outcome with { Text = writer.Whole([.. path.Steps, rest]), LogProbabilities = [] } };
    }

    /// <summary>A path as the sample that it would be had it been drawn at once, with the log-probabilities of all its tokens.</summary>
    public Sample SampleOf(SearchPath path, int index)
    {
        Sample[] calls = [.. path.Leaf.FromRoot().Select(node => replies[node.Path])];
        CallOutcome last = calls[^1].Outcome;
        bool isWhole = calls.All(c => c.Outcome.LogProbabilities.Count > 0);
        return new Sample(index, calls[^1].Key, last with
        {
            Text = writer.Whole(path.Steps),
            Thinking = calls.Length == 1 ? last.Thinking : null,
            LogProbabilities = isWhole ? [.. calls.SelectMany(c => c.Outcome.LogProbabilities)] : [],
        });
    }

    /// <summary>What the verifier said at the end of a path.</summary>
    public string? RationaleOf(SearchPath path) => verdicts.GetValueOrDefault(path.Leaf.Path)?.Rationale;

    private async Task<(WorkItemId Id, Outcome Outcome)> NextAsync()
    {
        while (ended.Count == 0)
        {
            waiting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await waiting.Task;
            waiting = null;
        }

        return await ended.Dequeue();
    }

    private async Task WatchAsync(Task<(WorkItemId, Outcome)> task)
    {
        // Faults surface when the ended task is awaited by the search.
        await Task.WhenAny(task);
        ended.Enqueue(task);
        waiting?.TrySetResult();
    }

    private async Task<(WorkItemId Id, Outcome Outcome)> AnswerAsync(WorkItem item) => (item.Id, item switch
    {
        ExpandItem expand => await WriteAsync(item.Id.Path, expand.Node, [.. TextsTo(expand.Node)], expand.Action, expand.ToEnd),
        RolloutItem rollout => await LookAheadAsync(rollout),
        ScoreItem score => await JudgeAsync(score),
        _ => throw new InvalidOperationException($"{item.Id} is of no kind known here."),
    });

    private async Task<Outcome> WriteAsync(string path, SearchNode node, IReadOnlyList<string> written, string action, bool toEnd)
    {
        StepRequest ask = writer.Ask(node, written, action, toEnd);
        report.Expanding(node);
        long asked = context.Time.GetTimestamp();
        Sample reply = await DrawAsync(BranchOf(context, "after", node), ask);
        replies[path] = reply;
        Step? step = reply.IsOk ? writer.Read(reply, written, action, toEnd) : null;
        report.Written(path, node, action, reply, step, asked);
        return step is null ? new Failure(reply.Failure!.Message) : new Expansion(step);
    }

    /// <summary>Some steps, or all of the rest, as one text.</summary>
    private async Task<Outcome> LookAheadAsync(RolloutItem item)
    {
        List<string> written = [.. TextsTo(item.Node)];
        int known = written.Count;
        ReasoningContext branch = BranchOf(context, "ahead", item.Node);
        for (int step = 0; step < (item.MaxSteps ?? 1); step++)
        {
            bool toEnd = item.MaxSteps is null;
            if (toEnd)
                report.Expanding(item.Node);
            string path = $"{item.Node.Path}/{SearchActions.Rollout}#0";
            long asked = context.Time.GetTimestamp();
            Sample reply = await DrawAsync(branch, writer.Ask(item.Node, written, SearchActions.Step, toEnd));
            replies[path] = reply;
            Step? next = reply.IsOk ? writer.Read(reply, written, SearchActions.Step, toEnd) : null;
            if (toEnd)
                report.Written(path, item.Node, SearchActions.Rollout, reply, next, asked);
            if (next is null)
                return new Failure(reply.Failure!.Message);
            written.Add(next.Text);
            if (next.IsTerminal || next.Text.Length == 0)
                break;
        }

        return new Expansion(new Step(string.Concat(written.Skip(known))));
    }

    private async Task<Outcome> JudgeAsync(ScoreItem item)
    {
        SearchNode node = item.Node;
        IReadOnlyList<string> written = [.. TextsTo(node), .. item.Continuation is { } ahead ? [ahead] : Array.Empty<string>()];
        Verdict verdict = await VerdictAsync(node, written);
        verdicts[node.Path] = verdict;
        report.Scored(node, verdict);
        return verdict.Score is { } score ? new Score(score) : new Abstention(verdict.Rationale);
    }

    private async Task<Verdict> VerdictAsync(SearchNode node, IReadOnlyList<string> written)
    {
        string text = writer.Whole(written);
        Sample last = replies[node.Path];
        Answer? answer = node.IsTerminal ? request.Extractor.Extract(last with { Outcome = last.Outcome with { Text = text } }, request.ExpectedAnswer) : null;
        if (node.IsTerminal && answer is null)
            return Verdict.Abstain(verifier?.Name ?? "none", "The solution ends without an answer.");
        if (answer is not null && request.Checker?.Check(request, answer) is { } isRight)
            return new Verdict("checker", isRight ? 1 : 0);
        if (verifier is null)
            return Verdict.Abstain("none", "There is no verifier.");
        var solution = new PartialSolution([.. written.Select(StepText.Plain).Where(s => s.Length > 0)], text, last, node.IsTerminal, answer);
        try
        {
            Verdict verdict = await verifier.VerifyStepAsync(BranchOf(context, "judge", node), request, solution);
            return verdict.Score is null or (>= 0 and <= 1)
                ? verdict
                : verdict with { Score = null, Rationale = FormattableString.Invariant($"The score {verdict.Score} is outside 0 to 1.") };
        }
        catch (ModelCallException e)
        {
            return Verdict.Abstain(verifier.Name, e.Message);
        }
    }

    private static async Task<Sample> DrawAsync(ReasoningContext branch, StepRequest ask)
    {
        Sample? drawn = null;
        await foreach (Sample sample in branch.SampleAsync(ask.Role, ask.Messages, ask.Options))
            drawn = sample;
        return drawn!;
    }

    private static IEnumerable<string> TextsTo(SearchNode node) => node.FromRoot().Select(n => n.Text);

    /// <summary>Equal texts at different nodes are different draws; the label is the path, in signs that a label may have.</summary>
    private static ReasoningContext BranchOf(ReasoningContext context, string what, SearchNode node) =>
        context.Branch(what + node.Path.Replace('/', '>').Replace('#', '.').Replace('|', '!'));
}

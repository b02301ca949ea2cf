using Agents.Search.Outcomes;
using Agents.Search.Scoring;
using Agents.Search.Work;

namespace Agents.Search.Running;

/// <summary>
/// A search under way: the tree, and the routine that grows it. An algorithm writes <see cref="Run"/> as straight-line code that pauses for
/// outcomes. The rule that makes the tree independent of the order of tells: a branch of a fork touches only what is its own; what is shared
/// is changed by the routine that waits for the fork, branch by branch.
/// </summary>
internal abstract class Exploration(ScoreAggregation aggregation)
{
    private readonly List<SearchNode> _nodes = [];
    private Scheduler? _scheduler;

    public int Failures { get; private set; }

    public int Abstentions { get; private set; }

    /// <summary>All nodes without the root, in any order.</summary>
    public IReadOnlyList<SearchNode> Nodes => _nodes;

    /// <summary>The complete solutions, in an order that does not depend on the order of tells.</summary>
    public abstract IEnumerable<SearchNode> Completed { get; }

    /// <summary>Where the search goes on from, likewise.</summary>
    public abstract IEnumerable<SearchNode> Frontier { get; }

    /// <summary>The routine; it starts on first use, when the constructors are through.</summary>
    public Scheduler Scheduler => _scheduler ??= new Scheduler(Run());

    protected abstract IEnumerable<Pause> Run();

    protected virtual SearchNode NewNode(SearchNode? parent, string action, string path, string text, bool isTerminal) => new(parent, action, path, text, isTerminal);

    protected SearchNode NewRoot() => NewNode(null, "", "", "", false);

    /// <summary>Takes a node into the tree.</summary>
    protected void Adopt(SearchNode node) => _nodes.Add(node);

    /// <summary>Samples siblings side by side and scores them. With <paramref name="distinct"/>, a step equal to an earlier sibling's is dropped before it is scored.</summary>
    protected IEnumerable<Pause> Grow(IReadOnlyList<Trial> siblings, bool distinct, int lookahead)
    {
        if (!distinct)
        {
            yield return new Fork(siblings.Select(trial => SampleAndScore(trial, lookahead)));
            yield break;
        }

        yield return new Fork(siblings.Select(Sample));
        var texts = new HashSet<string>(StringComparer.Ordinal);
        foreach (Trial trial in siblings)
        {
            if (trial.Node is { } node && !texts.Add(node.Text)) trial.Node = null;
        }

        yield return new Fork(siblings.Where(trial => trial.Node is not null).Select(trial => ScoreWithLookahead(trial.Node!, lookahead)));
    }

    protected IEnumerable<Pause> SampleAndScore(Trial trial, int lookahead)
    {
        foreach (Pause pause in Sample(trial)) yield return pause;
        if (trial.Node is not { } node) yield break;
        foreach (Pause pause in ScoreWithLookahead(node, lookahead)) yield return pause;
    }

    protected IEnumerable<Pause> Sample(Trial trial)
    {
        var question = new Question(new ExpandItem(trial.Parent, trial.Action, trial.Occurrence, trial.ToEnd));
        yield return question;
        CountFailure(question.Outcome);
        if (question.FirstStep is { } step) trial.Node = Child(trial.Parent, trial.Action, question.Item.Id.Path, step, trial.ToEnd);
    }

    /// <summary>A child that is not yet in the tree, with the score that its step brought.</summary>
    protected SearchNode Child(SearchNode parent, string action, string path, Step step, bool toEnd)
    {
        SearchNode node = NewNode(parent, action, path, step.Text, toEnd || step.IsTerminal || step.Text.Length == 0);
        SetScore(node, step.Score);
        return node;
    }

    /// <summary>Scores a node whose step brought no score, after looking ahead when the search does.</summary>
    protected IEnumerable<Pause> ScoreWithLookahead(SearchNode node, int lookahead)
    {
        if (node.Score is not null) yield break;
        string? continuation = null;
        if (lookahead > 0 && !node.IsTerminal)
        {
            var rollout = new Question(new RolloutItem(node, lookahead));
            yield return rollout;
            CountFailure(rollout.Outcome);
            continuation = rollout.FirstStep?.Text;
        }

        var question = new Question(new ScoreItem(node, continuation));
        yield return question;
        SetScore(node, (question.Outcome as Score)?.Value);
        if (node.Score is null) Abstentions++;
    }

    protected void CountFailure(Outcome? outcome)
    {
        if (outcome is Failure) Failures++;
    }

    private void SetScore(SearchNode node, double? score)
    {
        node.Score = score;
        node.PathScore = StepScores.Append(node.Parent?.PathScore, score, aggregation);
    }
}

using Agents.Search.Outcomes;
using Agents.Search.Running;
using Agents.Search.Work;

namespace Agents.Search;

/// <summary>
/// A tree search by ask and tell. The search is immutable configuration; the state is a value that the caller holds, saves and resumes.
/// <para>The laws. <see cref="Ask"/> marks nothing: asked twice, it gives the same items, so whoever resumes a saved state is asked exactly what is still
/// missing. <see cref="Tell"/> changes no state: it returns a new one. Telling is idempotent (the first outcome of an id stands) and free of order: the same
/// outcomes give the same state and the same tree, even when one is told before its item was asked for. Nothing here calls a model, reads a clock
/// or draws ambient randomness.</para>
/// <para>A driver asks for as many items as it may have in flight, starts those that are not, and tells each as it ends.</para>
/// Thread-safe.
/// </summary>
public abstract class TreeSearch
{
    private protected TreeSearch(string name, FormattableString settings)
    {
        Name = name;
        Fingerprint = $"{name}({FormattableString.Invariant(settings)})";
    }

    /// <summary>The name of the algorithm, such as <c>beam</c>.</summary>
    public string Name { get; }

    /// <summary>The name and all settings that decide what is asked. A state under another fingerprint is refused.</summary>
    public string Fingerprint { get; }

    /// <summary>Whether scores must be probabilities; checked on every tell.</summary>
    internal virtual bool TakesProbabilities => false;

    /// <summary>Whether one expansion may propose several steps.</summary>
    internal virtual bool TakesProposals => false;

    /// <summary>The state before anything was told.</summary>
    /// <param name="seed">The seed of every draw; equal seeds and outcomes give equal trees.</param>
    public SearchState Start(ulong seed) => new(Fingerprint, seed, null, null);

    /// <summary>Up to <paramref name="count"/> items whose outcome is missing, in a fixed order. Empty when the search is finished, never otherwise. Items in flight are among them.</summary>
    /// <exception cref="ArgumentException">The state belongs to another search.</exception>
    public IReadOnlyList<WorkItem> Ask(SearchState state, int count = int.MaxValue)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return Read(state, exploration => exploration.Scheduler.Open(count));
    }

    /// <summary>The state after an outcome; the same state when the id was told before.</summary>
    /// <exception cref="ArgumentException">The state belongs to another search, or the outcome does not fit the item: the message names it.</exception>
    public SearchState Tell(SearchState state, WorkItemId id, Outcome outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        Check(id, outcome);
        Exploration exploration = Take(state);
        if (!exploration.Scheduler.Tell(id, outcome))
        {
            state.Keep(exploration);
            return state;
        }

        return new SearchState(Fingerprint, state.Seed, new Told(id, outcome, state.LastTold), exploration);
    }

    /// <summary>What was found so far.</summary>
    /// <exception cref="ArgumentException">The state belongs to another search.</exception>
    public SearchResult Result(SearchState state) => Read(state, exploration => new SearchResult
    {
        IsFinished = exploration.Scheduler.IsFinished,
        Completed = [.. exploration.Completed.Ranked().Select(node => new SearchPath(node))],
        Frontier = [.. exploration.Frontier.Select(node => new SearchPath(node))],
        Nodes = exploration.Nodes.Count,
        Failures = exploration.Failures,
        Abstentions = exploration.Abstentions,
        Unmatched = exploration.Scheduler.Unmatched,
    });

    /// <summary>All nodes but the root, in ordinal order of their paths.</summary>
    /// <exception cref="ArgumentException">The state belongs to another search.</exception>
    public IReadOnlyList<SearchNode> Tree(SearchState state) => Read(state, exploration =>
    {
        _ = exploration.Scheduler;
        return exploration.Nodes.OrderBy(node => node.Path, StringComparer.Ordinal).ToArray();
    });

    internal abstract Exploration Explore(ulong seed);

    private T Read<T>(SearchState state, Func<Exploration, T> read)
    {
        Exploration exploration = Take(state);
        T value = read(exploration);
        state.Keep(exploration);
        return value;
    }

    private Exploration Take(SearchState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (state.Search != Fingerprint) throw new ArgumentException($"The state belongs to the search {state.Search}, not to {Fingerprint}.", nameof(state));
        if (state.Take() is { } kept) return kept;

        // The tree went on with a later state, or was never here: what was told makes it again.
        Exploration exploration = Explore(state.Seed);
        foreach (Told told in Told.All(state.LastTold))
        {
            Check(told.Id, told.Outcome);
            exploration.Scheduler.Tell(told.Id, told.Outcome);
        }

        return exploration;
    }

    private void Check(WorkItemId id, Outcome outcome)
    {
        ArgumentNullException.ThrowIfNull(id.Path, nameof(id));
        bool fits = outcome is Failure || (id.Kind == WorkKind.Score ? outcome is Score or Abstention : outcome is Expansion);
        if (!fits) throw new ArgumentException($"{id} was told {outcome.GetType().Name}, which is no outcome of such an item.", nameof(outcome));
        if (outcome is Expansion { Steps: { Count: > 1 } steps } && !(TakesProposals && id.Kind == WorkKind.Expand)) throw new ArgumentException($"{id} asks for one step and was told {steps.Count}.", nameof(outcome));
        if (!TakesProbabilities) return;
        double? outside = outcome switch
        {
            Score score when score.Value is < 0 or > 1 => score.Value,
            Expansion { Steps: [{ Score: < 0 or > 1 } step] } => step.Score,
            _ => null,
        };
        if (outside is { } value) throw new ArgumentException(FormattableString.Invariant($"{id} was told a score of {value}; {Name} takes probabilities, 0–1."), nameof(outcome));
    }
}

using Agents.Search.Outcomes;
using Agents.Search.Work;

namespace Agents.Search.Running;

/// <summary>
/// Runs routines as far as the outcomes reach. An outcome that comes before its question waits for it; so the routines end in the same
/// place whatever the order in which outcomes came.
/// </summary>
internal sealed class Scheduler
{
    // The routine that waits for the outcome; null once it is told.
    private readonly Dictionary<WorkItemId, Routine?> _asked = [];
    private readonly Dictionary<WorkItemId, Outcome> _early = [];
    private readonly Routine _main;

    public Scheduler(IEnumerable<Pause> main)
    {
        _main = new Routine(main, null);
        Run(_main);
    }

    public bool IsFinished => _main.IsDone;

    public int Unmatched => _early.Count;

    /// <summary>Delivers an outcome; false when one was told under this id before, which stands.</summary>
    public bool Tell(WorkItemId id, Outcome outcome)
    {
        if (!_asked.TryGetValue(id, out Routine? routine)) return _early.TryAdd(id, outcome);
        if (routine is null) return false;
        _asked[id] = null;
        routine.Waiting!.Outcome = outcome;
        routine.Waiting = null;
        Run(routine);
        return true;
    }

    /// <summary>The open items, in the order of their routines: the same for the same outcomes.</summary>
    public IReadOnlyList<WorkItem> Open(int count)
    {
        var items = new List<WorkItem>();
        Collect(_main, count, items);
        return items;
    }

    private static void Collect(Routine routine, int count, List<WorkItem> items)
    {
        if (routine.Waiting is { } question) items.Add(question.Item);
        foreach (Routine child in routine.Children)
        {
            if (items.Count >= count) return;
            Collect(child, count, items);
        }
    }

    private void Run(Routine start)
    {
        Routine? routine = start;
        while (routine is not null)
        {
            if (Advance(routine)) return;
            routine.IsDone = true;
            routine.Body.Dispose();
            Routine? parent = routine.Parent;
            parent?.Remove(routine);

            // The last branch to end wakes its parent, here in the loop, so that the stack stays flat.
            routine = parent is { HasChildren: false, Starting: false } ? parent : null;
        }
    }

    /// <summary>Goes on until the routine waits (true) or ends (false).</summary>
    private bool Advance(Routine routine)
    {
        while (routine.Body.MoveNext())
        {
            if (routine.Body.Current is Question question ? Waits(routine, question) : Waits(routine, (Fork)routine.Body.Current)) return true;
        }

        return false;
    }

    private bool Waits(Routine routine, Question question)
    {
        WorkItemId id = question.Item.Id;
        if (_early.Remove(id, out Outcome? outcome))
        {
            _asked.Add(id, null);
            question.Outcome = outcome;
            return false;
        }

        _asked.Add(id, routine);
        routine.Waiting = question;
        return true;
    }

    private bool Waits(Routine routine, Fork fork)
    {
        routine.Starting = true;
        foreach (IEnumerable<Pause> branch in fork.Branches)
        {
            var child = new Routine(branch, routine);
            routine.Add(child);
            Run(child);
        }

        routine.Starting = false;
        return routine.HasChildren;
    }
}

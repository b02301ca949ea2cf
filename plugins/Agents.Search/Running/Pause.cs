using Agents.Search.Outcomes;
using Agents.Search.Work;

namespace Agents.Search.Running;

/// <summary>Where a routine waits: for one outcome, or for routines of its own.</summary>
internal abstract class Pause;

/// <summary>Waits for the outcome of one item, which is there when the routine goes on.</summary>
internal sealed class Question(WorkItem item) : Pause
{
    public WorkItem Item { get; } = item;

    public Outcome? Outcome { get; set; }

    /// <summary>The first proposed step; null after a failure and when nothing was proposed.</summary>
    public Step? FirstStep => Outcome is Expansion { Steps: [var first, ..] } ? first : null;
}

/// <summary>Runs several routines side by side and waits for all. What they do to shared data is applied by the waiting routine, in order.</summary>
internal sealed class Fork(IReadOnlyList<IEnumerable<Pause>> branches) : Pause
{
    public Fork(IEnumerable<IEnumerable<Pause>> branches)
        : this([.. branches])
    {
    }

    public IReadOnlyList<IEnumerable<Pause>> Branches { get; } = branches;
}

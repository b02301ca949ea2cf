using Agents.Search.Outcomes;
using Agents.Search.Work;

namespace Agents.Search.Running;

/// <summary>What was told, latest first: a list that states share, one entry a tell.</summary>
internal sealed class Told(WorkItemId id, Outcome outcome, Told? before)
{
    public WorkItemId Id { get; } = id;

    public Outcome Outcome { get; } = outcome;

    public Told? Before { get; } = before;

    public int Count { get; } = 1 + (before?.Count ?? 0);

    public static IEnumerable<Told> All(Told? last)
    {
        for (Told? told = last; told is not null; told = told.Before) yield return told;
    }
}

using Agents.Search.Outcomes;
using Agents.Search.Work;

namespace Agents.Search.Tests;

/// <summary>Outcomes written down by id. An item that is not in the script fails the test.</summary>
internal sealed class Script : Dictionary<string, Outcome>
{
    public List<string> Asked { get; } = [];

    public Outcome Answer(WorkItem item)
    {
        Asked.Add(item.Id.ToString());
        return TryGetValue(item.Id.ToString(), out Outcome? outcome) ? outcome : throw new InvalidOperationException($"{item.Id} is not in the script.");
    }

    /// <summary>A step that brings its score.</summary>
    public static Expansion Step(string text, double? score = null, bool ends = false) => new(new Step(text, ends, score));
}

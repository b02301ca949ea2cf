using Agents.Search;
using Agents.Search.Outcomes;

namespace Agents.Reasoning.Strategies;

/// <summary>How the steps of a search are asked of a model, and read from what it says. Holds no state.</summary>
internal interface IStepWriter
{
    /// <summary>The call that asks for what follows.</summary>
    /// <param name="node">The node to go on from.</param>
    /// <param name="written">The texts from the first step on: those of the node, and those looked ahead after it.</param>
    /// <param name="action">The kind of step.</param>
    /// <param name="toEnd">Whether all of the rest is asked for.</param>
    StepRequest Ask(SearchNode node, IReadOnlyList<string> written, string action, bool toEnd);

    /// <summary>The step that a reply is; an empty one when it says nothing.</summary>
    Step Read(Sample reply, IReadOnlyList<string> written, string action, bool toEnd);

    /// <summary>The solution that the texts of a path make.</summary>
    string Whole(IReadOnlyList<string> written);
}

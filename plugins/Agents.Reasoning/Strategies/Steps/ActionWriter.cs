using Agents.Search;
using Agents.Search.Outcomes;

namespace Agents.Reasoning.Strategies;

/// <summary>Asks for some kinds of step by continuing and for the others by a prompt.</summary>
internal sealed class ActionWriter(IStepWriter continuing, IStepWriter prompted, IReadOnlySet<string> continued) : IStepWriter
{
    public StepRequest Ask(SearchNode node, IReadOnlyList<string> written, string action, bool toEnd) => For(action, toEnd).Ask(node, written, action, toEnd);

    public Step Read(Sample reply, IReadOnlyList<string> written, string action, bool toEnd) => For(action, toEnd).Read(reply, written, action, toEnd);

    public string Whole(IReadOnlyList<string> written) => continuing.Whole(written);

    private IStepWriter For(string action, bool toEnd) => toEnd || continued.Contains(action) ? continuing : prompted;
}

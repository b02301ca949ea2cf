using Agents.Reasoning.Verifiers;
using Agents.Search;
using Agents.Search.Outcomes;
using Microsoft.Extensions.AI;

namespace Agents.Reasoning.Strategies;

/// <summary>
/// Continues a partial assistant turn: the question once, then the steps as the model wrote them, up to the next closing tag.
/// Calls for steps after the same ones have equal prompts, and those of deeper steps begin with them, so that a backend that
/// keeps prefixes reads each step once. The turn is opened with the tags, which shows any model the form.
/// </summary>
internal sealed class ContinuingWriter(IReadOnlyList<ChatMessage> question, SampleOptions sampling, string role = Roles.Solver) : IStepWriter
{
    /// <summary>How a solution opens.</summary>
    public const string Opening = "<think>" + SolutionSteps.Open;

    private readonly SampleOptions step = sampling with { ContinueAssistant = true, StopSequences = [StepText.End] };
    private readonly SampleOptions rest = sampling with { ContinueAssistant = true };

    public StepRequest Ask(SearchNode node, IReadOnlyList<string> written, string action, bool toEnd) =>
        new(role, [.. question, new ChatMessage(ChatRole.Assistant, written.Count == 0 ? Opening : Whole(written))], toEnd ? rest : step);

    public Step Read(Sample reply, IReadOnlyList<string> written, string action, bool toEnd)
    {
        string opening = written.Count == 0 ? Opening : "";
        if (toEnd)
            return StepText.Last(opening + reply.Text);
        (string said, bool isClosed) = StepText.FirstOf(reply.Text);
        string text = opening + said;
        // Cut by its length, or written outside the tags of a step: nothing can follow it.
        bool isStep = isClosed || (reply.Outcome.FinishReason != "length" && SolutionSteps.AreMarked(text));
        if (StepText.StatesAnswer(text) || !isStep)
            return StepText.Last(isClosed ? text + StepText.End : text);
        return StepText.Plain(text).Length == 0 ? new Step("") : new Step(text + StepText.End);
    }

    public string Whole(IReadOnlyList<string> written) => string.Concat(written);
}

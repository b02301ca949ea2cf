using Agents.Search;
using Agents.Search.Outcomes;

namespace Agents.Reasoning.Strategies;

/// <summary>Writes whole solutions: from the question at the root, else anew from a solution and its score. The action is the role that writes.</summary>
internal sealed class RevisingWriter(ReasoningRequest request, SolutionPrompt prompt, PromptTemplate revision, SampleOptions sampling) : IStepWriter
{
    public StepRequest Ask(SearchNode node, IReadOnlyList<string> written, string action, bool toEnd)
    {
        if (written.Count == 0)
            return new StepRequest(action, prompt.Render(request), sampling);
        string findings = node.Score is { } score
            ? FormattableString.Invariant($"A verifier gives this solution {score:0.00}, where 0 is surely wrong and 1 is surely right.")
            : "Nothing is known of it; check it yourself.";
        return new StepRequest(action, revision.Render(request.Messages, ("draft", Shown(written[^1])), ("findings", findings)), sampling);
    }

    public Step Read(Sample reply, IReadOnlyList<string> written, string action, bool toEnd) => StepText.Last(reply.Text);

    /// <summary>Every node is a whole solution: the last one counts.</summary>
    public string Whole(IReadOnlyList<string> written) => written.Count == 0 ? "" : written[^1];

    private string Shown(string solution)
    {
        var sample = new Sample(0, "", CallOutcome.FromText(solution));
        return Drafting.Shown(new Candidate(0, sample, request.Extractor.Extract(sample, request.ExpectedAnswer)));
    }
}

using System.Text;
using Agents.Reasoning.Verifiers;
using Agents.Search;
using Agents.Search.Outcomes;

namespace Agents.Reasoning.Strategies;

/// <summary>Shows the steps so far in a prompt and asks for the next one: for models that cannot continue a partial turn, and for kinds of step that need words of their own.</summary>
internal sealed class PromptedWriter : IStepWriter
{
    private readonly ReasoningRequest request;
    private readonly PromptTemplate rest;
    private readonly Dictionary<string, PromptTemplate> steps;
    private readonly SampleOptions sampling;
    private readonly SampleOptions untilStep;

    /// <param name="request">The question.</param>
    /// <param name="prompts">The prompts.</param>
    /// <param name="steps">The names of the prompts, by the kind of step.</param>
    /// <param name="sampling">How to sample.</param>
    public PromptedWriter(ReasoningRequest request, PromptCatalogue prompts, IReadOnlyDictionary<string, string> steps, SampleOptions sampling)
    {
        this.request = request;
        this.sampling = sampling;
        untilStep = sampling with { StopSequences = [StepText.End] };
        rest = prompts[StepPrompts.Rest];
        this.steps = steps.ToDictionary(s => s.Key, s => prompts[s.Value], StringComparer.Ordinal);
    }

    public StepRequest Ask(SearchNode node, IReadOnlyList<string> written, string action, bool toEnd) =>
        new(Roles.Solver, (toEnd ? rest : steps[action]).Render(request.Messages, ("steps", Numbered(written))), toEnd ? sampling : untilStep);

    public Step Read(Sample reply, IReadOnlyList<string> written, string action, bool toEnd)
    {
        string text = ThinkingText.SetAside(reply.Text).Trim();
        if (toEnd)
            return StepText.Last(text);
        (string said, _) = StepText.FirstOf(text);
        if (StepText.StatesAnswer(said))
            return StepText.Last(said);
        string step = StepText.Plain(said);
        return new Step(step.Length == 0 ? "" : SolutionSteps.Tagged([step]));
    }

    public string Whole(IReadOnlyList<string> written) => string.Concat(written);

    /// <summary>The steps as a prompt shows them.</summary>
    public static string Numbered(IReadOnlyList<string> written)
    {
        if (written.Count == 0)
            return "(none yet)";
        var text = new StringBuilder();
        for (int i = 0; i < written.Count; i++)
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{(i > 0 ? "\n" : "")}{i + 1}. {StepText.Plain(written[i])}");
        return text.ToString();
    }
}

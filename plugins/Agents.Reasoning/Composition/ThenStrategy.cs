using Microsoft.Extensions.AI;

namespace Agents.Reasoning.Composition;

/// <summary>
/// Two strategies in sequence: the second sees the first one's solution as a draft in the conversation and answers the question
/// again. Without a draft the second answers alone; without a second answer the draft stands. Calls and critical path add up.
/// </summary>
public sealed class ThenStrategy : IReasoningStrategy
{
    private readonly IReasoningStrategy first;
    private readonly IReasoningStrategy second;
    private readonly PromptTemplate reconsider;

    /// <summary>Creates the sequence.</summary>
    /// <param name="first">Writes the draft.</param>
    /// <param name="second">Answers with the draft in view.</param>
    /// <param name="prompts">The prompts; null for the shipped ones.</param>
    public ThenStrategy(IReasoningStrategy first, IReasoningStrategy second, PromptCatalogue? prompts = null)
    {
        this.first = first;
        this.second = second;
        reconsider = (prompts ?? PromptCatalogue.Shipped)["Reasoning/Reconsider"];
        Description = new StrategyDescription(
            $"{first.Description.Name}+{second.Description.Name}",
            $"{first.Description.Name} drafts, {second.Description.Name} answers with the draft in view.",
            $"{first.Description.Calls} + {second.Description.Calls}",
            $"{first.Description.CriticalPath} + {second.Description.CriticalPath}",
            $"{first.Description.Source}; {second.Description.Source}");
    }

    /// <inheritdoc/>
    public StrategyDescription Description { get; }

    /// <inheritdoc/>
    public string Fingerprint => $"then({first.Fingerprint}|{second.Fingerprint}|{reconsider.Hash})";

    /// <inheritdoc/>
    public async Task<ReasoningResult> RunAsync(ReasoningContext context, ReasoningRequest request)
    {
        ReasoningResult draft = await first.RunAsync(context, request);
        if (draft.Selected is not { } solution)
            return await second.RunAsync(context.Branch("then"), request) with { Strategy = Description.Name };
        IReadOnlyList<ChatMessage> again = [.. request.Messages, new ChatMessage(ChatRole.Assistant, solution.Sample.Text), .. reconsider.Render([], ("input", request.Question))];
        ReasoningResult final = await second.RunAsync(context.Branch("then"), request with { Messages = again });
        return final.Answer is not null
            ? final with { Strategy = Description.Name }
            : draft with { Strategy = Description.Name, Notes = [.. draft.Notes, $"{second.Description.Name} gave no answer; the draft stands."] };
    }
}

namespace Agents.Reasoning.Strategies;

/// <summary>One prompt, one sample, its answer. The base of the plain prompting strategies.</summary>
/// <param name="description">What the strategy is.</param>
/// <param name="prompt">How the model is asked.</param>
public abstract class SingleSampleStrategy(StrategyDescription description, SolutionPrompt prompt) : IReasoningStrategy
{
    /// <inheritdoc/>
    public StrategyDescription Description => description;

    /// <inheritdoc/>
    public string Fingerprint => $"{description.Name}/1|{prompt.Fingerprint}";

    /// <inheritdoc/>
    public async Task<ReasoningResult> RunAsync(ReasoningContext context, ReasoningRequest request)
    {
        var evidence = new Evidence(description.Name, context, request) { Planned = 1 };
        await evidence.DrawAsync(prompt, null, 1);
        return evidence.Conclude(evidence.Candidates[0], StopReason.Completed, confidence: null);
    }
}

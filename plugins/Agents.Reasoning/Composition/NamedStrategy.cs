namespace Agents.Reasoning.Composition;

/// <summary>A strategy under another name: a composition that people ask for as a whole.</summary>
/// <param name="inner">The strategy.</param>
/// <param name="name">Its name in results and lists.</param>
/// <param name="idea">One sentence; null for the strategy's own.</param>
public sealed class NamedStrategy(IReasoningStrategy inner, string name, string? idea = null) : IReasoningStrategy
{
    /// <inheritdoc/>
    public StrategyDescription Description { get; } = inner.Description with { Name = name, Idea = idea ?? inner.Description.Idea };

    /// <summary>That of the strategy: a name decides nothing that is asked.</summary>
    public string Fingerprint => inner.Fingerprint;

    /// <inheritdoc/>
    public async Task<ReasoningResult> RunAsync(ReasoningContext context, ReasoningRequest request) =>
        await inner.RunAsync(context, request) with { Strategy = name };
}

namespace Agents.Reasoning;

/// <summary>What a model costs, in money per million tokens.</summary>
/// <param name="InputPerMillion">Price of a million prompt tokens.</param>
/// <param name="OutputPerMillion">Price of a million generated tokens.</param>
/// <param name="CachedInputPerMillion">Price of a million cached prompt tokens; null when there is no discount.</param>
public sealed record ModelPrice(decimal InputPerMillion, decimal OutputPerMillion, decimal? CachedInputPerMillion = null)
{
    /// <summary>The cost of one call.</summary>
    public decimal Of(CallUsage usage) =>
        ((usage.InputTokens - usage.CachedInputTokens) * InputPerMillion
            + usage.CachedInputTokens * (CachedInputPerMillion ?? InputPerMillion)
            + usage.OutputTokens * OutputPerMillion) / 1_000_000m;
}

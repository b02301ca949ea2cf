namespace Agents.Reasoning;

/// <summary>Sums what the calls of a run used.</summary>
internal sealed class UsageMeter
{
    public RunUsage Total { get; private set; } = RunUsage.Zero;

    // An admitted call counts as made: between admission and dispatch lies nothing but the host.
    public void Admitted() => Total = Total with { ModelCalls = Total.ModelCalls + 1 };

    public void Abandoned() => Total = Total with { AbandonedCalls = Total.AbandonedCalls + 1, UnreportedCalls = Total.UnreportedCalls + 1 };

    public void Finished(CallOutcome outcome, ModelPrice? price)
    {
        CallUsage? usage = outcome.Usage;
        Total = Total with
        {
            InputTokens = Total.InputTokens + (usage?.InputTokens ?? 0),
            OutputTokens = Total.OutputTokens + (usage?.OutputTokens ?? 0),
            CachedInputTokens = Total.CachedInputTokens + (usage?.CachedInputTokens ?? 0),
            ReasoningTokens = Total.ReasoningTokens + (usage?.ReasoningTokens ?? 0),
            UnreportedCalls = Total.UnreportedCalls + (usage is null ? 1 : 0),
            FailedCalls = Total.FailedCalls + (outcome.Failure is null ? 0 : 1),
            Cost = Total.Cost + (usage is not null && price is not null ? price.Of(usage) : 0),
        };
    }
}

namespace Agents.Reasoning.Composition;

/// <summary>
/// A cheap strategy first, and a stronger one only where the first is not sure enough. Calls: those of the first, and of the
/// second where it is needed. Of two answers the stronger strategy's counts; without one the first answer stands.
/// </summary>
/// <param name="first">The cheap strategy.</param>
/// <param name="second">The stronger one.</param>
/// <param name="confidence">The confidence of the first at which it is enough, 0–1. No confidence counts as none.</param>
public sealed class EscalateToStrategy(IReasoningStrategy first, IReasoningStrategy second, double confidence) : IReasoningStrategy
{
    /// <inheritdoc/>
    public StrategyDescription Description { get; } = new(
        $"{first.Description.Name}>{second.Description.Name}",
        $"{first.Description.Name}; where its confidence stays below {confidence:0.##}, {second.Description.Name}.",
        $"{first.Description.Calls} … + {second.Description.Calls}",
        $"{first.Description.CriticalPath} … + {second.Description.CriticalPath}",
        $"{first.Description.Source}; {second.Description.Source}");

    /// <inheritdoc/>
    public string Fingerprint => FormattableString.Invariant($"escalate({first.Fingerprint}|{second.Fingerprint}|{confidence})");

    /// <inheritdoc/>
    public async Task<ReasoningResult> RunAsync(ReasoningContext context, ReasoningRequest request)
    {
        ReasoningResult cheap = await first.RunAsync(context, request);
        if (cheap.Answer is not null && cheap.Confidence >= confidence)
            return cheap with { Strategy = Description.Name };
        context.Report(new StageStarted("escalate", 0));
        ReasoningResult strong = await second.RunAsync(context.Branch("escalated"), request);
        ReasoningResult chosen = strong.Answer is not null || cheap.Answer is null ? strong : cheap;
        string why = cheap.Answer is null ? "gave no answer" : FormattableString.Invariant($"was not sure enough ({cheap.Confidence ?? 0:0.00} < {confidence:0.00})");
        return chosen with { Strategy = Description.Name, Notes = [.. chosen.Notes, $"Escalated: {first.Description.Name} {why}."] };
    }
}

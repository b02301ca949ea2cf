using System.Globalization;

namespace Agents.Reasoning.Strategies;

/// <summary>How many more samples fit into the limits and the aims of a run, by the mean of those drawn so far.</summary>
internal sealed class AutoBudget(ReasoningContext context, AutoOptions options)
{
    private const int SamplesPerBeam = 2;

    /// <summary>Samples that fit, at most <paramref name="wanted"/>, and what bounds them where that is fewer.</summary>
    /// <param name="wanted">Samples that the schedule has next.</param>
    /// <param name="drawn">Samples drawn so far; with none only the limit on calls is known to bind.</param>
    public AutoRound Fit(int wanted, int drawn)
    {
        RunUsage used = context.Usage;
        Budget budget = context.Budget;
        double calls = drawn == 0 ? 1 : Math.Max(1, (double)used.ModelCalls / drawn);
        var fits = new AutoRound(wanted, null, StopReason.Completed);
        fits = fits.Within(budget.Calls / calls, "the limit on calls", StopReason.BudgetCalls);
        // The first sample is asked for in any case: where not even it fits, the ledger refuses it and says which limit it was.
        if (drawn == 0)
            return fits with { Samples = Math.Max(1, fits.Samples) };
        double tokens = (double)(used.InputTokens + used.OutputTokens) / drawn, cost = (double)used.Cost / drawn;
        if (tokens > 0)
        {
            fits = fits.Within(budget.Tokens / tokens, "the limit on tokens", StopReason.BudgetTokens);
            fits = fits.Within((options.TargetTokens - used.InputTokens - used.OutputTokens) / tokens, "the aim for tokens", StopReason.Completed);
        }

        if (cost > 0)
        {
            fits = fits.Within((double?)budget.Cost / cost, "the limit on cost", StopReason.BudgetCost);
            fits = fits.Within((options.TargetCost - (double)used.Cost) / cost, "the aim for cost", StopReason.Completed);
        }

        return fits;
    }

    /// <summary>Beams of a search that fit: each reads its beginning again at every step, so it is counted as <see cref="SamplesPerBeam"/> samples.</summary>
    public AutoRound FitBeams(int wanted, int drawn)
    {
        AutoRound samples = Fit(wanted * SamplesPerBeam, drawn);
        return samples with { Samples = samples.Samples / SamplesPerBeam };
    }

    /// <summary>Whether there is time for something that takes so many rounds, each as long as the last one.</summary>
    public bool HasTimeFor(int rounds, TimeSpan last) => context.Budget.Deadline is not { } deadline || context.Time.GetUtcNow() + rounds * last <= deadline;
}

/// <summary>A round as it fits.</summary>
/// <param name="Samples">Samples of it; 0 for none.</param>
/// <param name="Bound">What bounds it, in words; null where the schedule does.</param>
/// <param name="Reason">The stop reason where that leaves nothing.</param>
internal readonly record struct AutoRound(int Samples, string? Bound, StopReason Reason)
{
    /// <summary>The round within a further bound; null for none.</summary>
    public AutoRound Within(double? most, string bound, StopReason reason) =>
        most < Samples ? new AutoRound(Math.Max(0, (int)Math.Floor(most.Value)), bound, reason) : this;

    /// <summary>The round in words.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Samples} samples{(Bound is null ? "" : $", as many as {Bound} leaves")}");
}

namespace Agents.Reasoning;

/// <summary>
/// The books of one budget, linked to those of the budgets around it: a call must fit into all of them. Decisions are taken
/// on the loop's turn from delivered outcomes alone, so they are the same in every replay.
/// A call is admitted when its upper bound fits; what was reserved is replaced by what was used when the call ends.
/// </summary>
internal sealed class BudgetLedger(BudgetLedger? parent, BudgetLimits limits)
{
    private int calls;
    private long tokens;
    private decimal cost;
    private long reservedTokens;
    private decimal reservedCost;

    public BudgetLimits Limits { get; } = limits;

    /// <summary>True when any budget in the chain limits tokens or money, so that calls need reservations.</summary>
    public bool Meters { get; } = limits.Tokens is not null || limits.Cost is not null || parent is { Meters: true };

    public bool MetersCost { get; } = limits.Cost is not null || parent is { MetersCost: true };

    private bool IsLimited { get; } = limits.Calls is not null || limits.Tokens is not null || limits.Cost is not null || limits.Time is not null || parent is { IsLimited: true };

    private bool TimeIsUp { get; set; }

    /// <summary>When the first time limit of the chain ends; null for none.</summary>
    public DateTimeOffset? Deadline => ends is not { } own ? Parent?.Deadline : Parent?.Deadline is { } outer && outer < own ? outer : own;

    private DateTimeOffset? ends;

    public void EndsAt(DateTimeOffset end) => ends = end;

    /// <summary>The first limit of the chain that was reached, or null.</summary>
    public StopReason? Reached => reached ?? Parent?.Reached;

    private StopReason? reached;

    public int? CallsLeft => Least(Limits.Calls - calls, Parent?.CallsLeft);

    public long? TokensLeft => Least(Limits.Tokens - tokens - reservedTokens, Parent?.TokensLeft);

    public decimal? CostLeft => Least(Limits.Cost - cost - reservedCost, Parent?.CostLeft);

    /// <summary>Settled tokens alone: what would be left if everything outstanding turned out to use nothing.</summary>
    public long? TokensUnspent => Least(Limits.Tokens - tokens, Parent?.TokensUnspent);

    public bool Within(BudgetLedger ledger) => ReferenceEquals(this, ledger) || (Parent?.Within(ledger) ?? false);

    public void EndTime()
    {
        TimeIsUp = true;
        reached ??= StopReason.BudgetTime;
    }

    /// <summary>Admits the call, tells it to wait for outstanding calls to settle, or denies it for good.</summary>
    public Admission Decide(in Reservation need)
    {
        if (!IsLimited)
            return Admission.Admit;
        var decision = Admission.Admit;
        for (BudgetLedger? ledger = this; ledger is not null; ledger = ledger.Parent)
        {
            switch (ledger.DecideAlone(need))
            {
                case Admission.Deny:
                    return Admission.Deny;
                case Admission.Wait:
                    decision = Admission.Wait;
                    break;
            }
        }

        return decision;
    }

    private BudgetLedger? Parent { get; } = parent;

    private Admission DecideAlone(in Reservation need)
    {
        if (TimeIsUp)
            return Deny(StopReason.BudgetTime);
        if (calls >= Limits.Calls)
            return Deny(StopReason.BudgetCalls);
        if (tokens + need.Tokens > Limits.Tokens)
            return Deny(StopReason.BudgetTokens);
        if (cost + need.Cost > Limits.Cost)
            return Deny(StopReason.BudgetCost);
        return tokens + reservedTokens + need.Tokens > Limits.Tokens || cost + reservedCost + need.Cost > Limits.Cost
            ? Admission.Wait
            : Admission.Admit;
    }

    private Admission Deny(StopReason reason)
    {
        reached ??= reason;
        return Admission.Deny;
    }

    public void Reserve(in Reservation reservation)
    {
        calls++;
        reservedTokens += reservation.Tokens;
        reservedCost += reservation.Cost;
        Parent?.Reserve(reservation);
    }

    public void Settle(in Reservation reservation, long usedTokens, decimal usedCost)
    {
        reservedTokens -= reservation.Tokens;
        reservedCost -= reservation.Cost;
        tokens += usedTokens;
        cost += usedCost;
        Parent?.Settle(reservation, usedTokens, usedCost);
    }

    private static T? Least<T>(T? a, T? b) where T : struct, IComparable<T> =>
        a is not { } x ? b : b is not { } y ? a : x.CompareTo(y) <= 0 ? a : b;
}

internal enum Admission
{
    Admit,
    Wait,
    Deny,
}

namespace Agents.Reasoning;

/// <summary>What a strategy may still spend in its branch. A view: the numbers change as calls settle.</summary>
public sealed class Budget
{
    private readonly BudgetLedger ledger;

    internal Budget(BudgetLedger ledger) => this.ledger = ledger;

    /// <summary>The limit that was reached, or null while none was. Samples beyond it come back as failed items.</summary>
    public StopReason? Reached => ledger.Reached;

    /// <summary>Calls left, or null for no limit.</summary>
    public int? Calls => ledger.CallsLeft;

    /// <summary>Tokens left, what is reserved for running calls taken off, or null for no limit.</summary>
    public long? Tokens => ledger.TokensLeft;

    /// <summary>When time runs out on the run's clock, or null for no limit. Two hosts may differ in what they reach before it.</summary>
    public DateTimeOffset? Deadline => ledger.Deadline;

    /// <summary>Money left, what is reserved for running calls taken off, or null for no limit.</summary>
    public decimal? Cost => ledger.CostLeft;
}

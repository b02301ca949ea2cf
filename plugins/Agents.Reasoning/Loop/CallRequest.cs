using Microsoft.Extensions.AI;

namespace Agents.Reasoning;

/// <summary>Receives the outcome of a call on the loop's turn. Implementations only record it and wake a waiter.</summary>
internal interface ICallSink
{
    void Completed(CallRequest request, CallOutcome outcome);
}

/// <summary>A call inside the loop, from request to outcome or abandonment.</summary>
internal sealed class CallRequest(ModelCall call, ICallSink sink, BudgetLedger ledger)
{
    public ModelCall Call { get; set; } = call;

    public ICallSink Sink { get; } = sink;

    public BudgetLedger Ledger { get; } = ledger;

    public CallState State { get; set; } = CallState.Waiting;

    /// <summary>Calls in the longest chain that ends with this one.</summary>
    public int Depth { get; set; }

    /// <summary>Tokens and money held back for this call until it ends.</summary>
    public Reservation Reserved { get; set; }

    public bool IsTimer => Call.Due is not null;

    /// <summary>Set for the timer of a time limit: it does not count as work the strategy waits for.</summary>
    public bool IsDeadline { get; init; }

    public static IReadOnlyList<ChatMessage> NoMessages { get; } = [];
}

internal enum CallState
{
    /// <summary>Requested; the budget has not admitted it yet.</summary>
    Waiting,
    /// <summary>Admitted; the host has not taken it yet.</summary>
    Pending,
    /// <summary>Taken by the host.</summary>
    InFlight,
    /// <summary>Its outcome was delivered, or the budget denied it.</summary>
    Done,
    /// <summary>The strategy no longer wants it.</summary>
    Abandoned,
}

/// <summary>What a call may use at most, held back until its usage is known.</summary>
internal readonly record struct Reservation(long Tokens, decimal Cost);

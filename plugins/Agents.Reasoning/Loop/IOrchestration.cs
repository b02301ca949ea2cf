namespace Agents.Reasoning;

/// <summary>
/// What a durable orchestrator offers to a run: activities, timers, a status that others can see. Everything here replays: an
/// orchestrator starts from its beginning after each event and is given again what its history holds. Its tasks complete on the
/// orchestrator's own thread, one at a time.
/// </summary>
public interface IOrchestration
{
    /// <summary>The orchestrator's time: that of the event it handles, the same in every replay.</summary>
    DateTimeOffset Now { get; }

    /// <summary>
    /// Makes a model call as an activity. The delivery repeats the key that the activity was given. An activity that cannot be
    /// carried out is a failed outcome, never an exception.
    /// </summary>
    /// <param name="call">The call.</param>
    /// <param name="attempt">Which attempt at it this is, from 1.</param>
    Task<SampleDelivery> CallAsync(ModelCall call, int attempt);

    /// <summary>Waits until an instant by a durable timer.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; the timer then keeps the orchestration open no longer.</exception>
    Task DelayAsync(DateTimeOffset due, CancellationToken cancellationToken);

    /// <summary>Tells running activities, by an activity, that nobody waits for them.</summary>
    /// <param name="keys">The keys of their calls, in ordinal order.</param>
    Task CancelAsync(IReadOnlyList<string> keys);

    /// <summary>Shows where the run stands; the latest counts. Called again in a replay.</summary>
    void Show(OrchestrationStatus status);
}

/// <summary>Where an orchestrated run stands.</summary>
/// <param name="Phase"><c>running</c>; <c>decided</c> once the answer is there, though activities may still be open.</param>
public sealed record OrchestrationStatus(string Phase)
{
    /// <summary>Model calls that have ended.</summary>
    public int Calls { get; init; }

    /// <summary>The last progress in words, or null.</summary>
    public string? Progress { get; init; }

    /// <summary>The answer, once decided; null before, and where there is none.</summary>
    public string? Answer { get; init; }

    /// <summary>The confidence of the answer, 0–1, or null.</summary>
    public double? Confidence { get; init; }

    /// <summary>Why the run ended, once decided.</summary>
    public StopReason? StopReason { get; init; }
}

/// <summary>How an orchestrated run treats its activities.</summary>
public sealed record OrchestrationOptions
{
    /// <summary>Attempts at a call that fails for a reason that may pass (no reply, an overloaded upstream), at least 1. Default 3. Retries stay below the key: to the strategy it is one call.</summary>
    public int MaxAttempts { get; init; } = 3;

    /// <summary>The wait before the second attempt; it doubles with each. Default 2 s.</summary>
    public TimeSpan FirstRetryAfter { get; init; } = TimeSpan.FromSeconds(2);
}

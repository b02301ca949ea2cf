namespace Agents.Reasoning;

/// <summary>
/// A reasoning strategy: straight-line async code against a context. One instance may serve many runs at once, so it holds
/// configuration and no state. It obeys the strategy rules of <c>docs/reasoning-loop.md</c>: it awaits only what the context
/// gives it, and is portable (its answer does not depend on the order of completions) unless marked <see cref="OrderSensitiveAttribute"/>.
/// </summary>
public interface IReasoningStrategy
{
    /// <summary>What the strategy is: its name, idea, cost and source.</summary>
    StrategyDescription Description { get; }

    /// <summary>
    /// Everything that decides what the strategy asks: version, options, prompt hashes. A journal written under another
    /// fingerprint is refused instead of being replayed wrongly.
    /// </summary>
    string Fingerprint { get; }

    /// <summary>Answers the request. Model failures are data, not exceptions; no evidence at all is a result without an answer.</summary>
    Task<ReasoningResult> RunAsync(ReasoningContext context, ReasoningRequest request);
}

/// <summary>The strategy's answer may depend on the order in which calls complete: it replays exactly, but hosts may differ.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class OrderSensitiveAttribute : Attribute;

namespace Agents.Reasoning;

/// <summary>
/// A strategy broke the rules of the loop (<c>docs/reasoning-loop.md</c>): it left its thread, awaited a foreign task, or asked
/// something else on replay than its journal holds. The run fails; nothing hangs.
/// </summary>
public sealed class StrategyContractException(string message) : Exception(message);

/// <summary>A judge's call failed. The strategy decides what that means: usually an abstention.</summary>
/// <param name="key">The call's key.</param>
/// <param name="failure">Why it failed.</param>
public sealed class ModelCallException(string key, CallFailure failure) : Exception($"{key}: {failure.Message}")
{
    /// <summary>The call's key.</summary>
    public string Key { get; } = key;

    /// <summary>Why it failed.</summary>
    public CallFailure Failure { get; } = failure;
}

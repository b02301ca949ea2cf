using Agents.Reasoning;

namespace Agents.Models.OpenAI;

/// <summary>A call of <see cref="OpenAIReasoningClient"/> failed, after its retries. The message is the upstream's own reason, without secrets.</summary>
/// <param name="failure">Why it failed.</param>
public sealed class OpenAICallException(CallFailure failure) : Exception(failure.Message)
{
    /// <summary>Why the call failed.</summary>
    public CallFailure Failure { get; } = failure;
}

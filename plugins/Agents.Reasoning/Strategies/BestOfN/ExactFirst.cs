using Agents.Reasoning.Verifiers;

namespace Agents.Reasoning.Strategies;

/// <summary>The caller's exact check in front of a strategy's verifier: it costs nothing, and its word is final.</summary>
internal static class ExactFirst
{
    /// <summary>
    /// The verifier to ask on this request: the strategy's own; with a checker of the caller's that check alone where the strategy
    /// has none, else the check first and the verifier only where the check does not apply.
    /// </summary>
    public static IVerifier? Of(ReasoningRequest request, IVerifier? verifier) =>
        request.Checker is null ? verifier
        : verifier is null ? new CheckerVerifier()
        : EnsembleVerifier.Escalating(new CheckerVerifier(), verifier);
}

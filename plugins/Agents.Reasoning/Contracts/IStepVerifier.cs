namespace Agents.Reasoning;

/// <summary>
/// Judges solutions while they are written. The score of a step says how right the solution is up to it and with it. The same
/// rules hold as for <see cref="IVerifier"/>; any verifier becomes a step verifier by <see cref="Verifiers.StepVerifiers.Of"/>.
/// </summary>
public interface IStepVerifier : IVerifier
{
    /// <summary>Whether a step that it calls wrong is wrong: an exact check and no opinion. Default false.</summary>
    bool IsExact => false;

    /// <summary>Judges the last step of a solution that may go on. What cannot be judged is an abstention.</summary>
    /// <exception cref="ModelCallException">A call of the verifier's failed; callers take it for an abstention.</exception>
    Task<Verdict> VerifyStepAsync(ReasoningContext context, ReasoningRequest request, PartialSolution solution);
}

namespace Agents.Reasoning.Strategies;

/// <summary>What a verifier needs of the samples it is to judge, asked of the model that draws them.</summary>
internal static class VerifierEvidence
{
    /// <summary>The options with which solutions are drawn for a verifier.</summary>
    /// <exception cref="ArgumentException">The verifier cannot judge what the solver gives; nothing was asked yet.</exception>
    public static SampleOptions Asked(ReasoningContext context, IVerifier? verifier, SampleOptions options, string role = Roles.Solver)
    {
        if (verifier is null || verifier.LogProbabilities == EvidenceNeed.None || (options.LogProbabilities && options.TopLogProbabilities >= verifier.Alternatives))
            return options;
        if (context.Capabilities(role).LogProbabilities)
            return options with { LogProbabilities = true, TopLogProbabilities = Math.Max(options.TopLogProbabilities, verifier.Alternatives) };
        return verifier.LogProbabilities == EvidenceNeed.Useful ? options
            : throw new ArgumentException($"The verifier {verifier.Name} judges by token log-probabilities, which the solver's model does not declare. Use another verifier, or a model that gives them.");
    }
}

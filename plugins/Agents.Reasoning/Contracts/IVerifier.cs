namespace Agents.Reasoning;

/// <summary>Judges candidates. Obeys the strategy rules: it awaits only what the context gives it and keeps no state.</summary>
public interface IVerifier
{
    /// <summary>The verifier's name, as it stands in verdicts.</summary>
    string Name { get; }

    /// <summary>Everything that decides what the verifier asks; part of the strategy's fingerprint.</summary>
    string Fingerprint { get; }

    /// <summary>
    /// How much it depends on the token log-probabilities of the samples it judges. Strategies that verify ask the solver for
    /// them accordingly, where the solver declares them. A verifier that wraps others repeats what they say. Default: not at all.
    /// </summary>
    EvidenceNeed LogProbabilities => EvidenceNeed.None;

    /// <summary>How many of the most likely tokens it needs with each token, 0–20. A verifier that wraps others needs the most of theirs. Default: none.</summary>
    int Alternatives => 0;

    /// <summary>Judges one candidate. What cannot be judged is an abstention.</summary>
    Task<Verdict> VerifyAsync(ReasoningContext context, ReasoningRequest request, Candidate candidate);
}

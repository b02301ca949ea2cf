namespace Agents.Reasoning;

/// <summary>How much a verifier depends on something that not every model gives.</summary>
public enum EvidenceNeed
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>Its verdicts are better with it.</summary>
    Useful,

    /// <summary>Without it, it can only abstain: a run that could never be verified is refused before its first call.</summary>
    Required,
}

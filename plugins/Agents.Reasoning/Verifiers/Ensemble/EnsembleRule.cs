namespace Agents.Reasoning.Verifiers;

/// <summary>How an ensemble makes one verdict of several. Abstentions count for nothing in any of them.</summary>
public enum EnsembleRule
{
    /// <summary>The weighted mean of the scores.</summary>
    Weighted,

    /// <summary>The highest score: one that accepts is enough.</summary>
    Any,

    /// <summary>The lowest score: one that rejects is enough.</summary>
    All,

    /// <summary>One after the other, cheap ones first: the first that is sure decides, else the last that did not abstain.</summary>
    Escalating,
}

using Agents.Reasoning;

namespace Agents.Models.OpenAI;

/// <summary>What a model turned out to do when it was tried.</summary>
/// <param name="ModelId">The model.</param>
/// <param name="Capabilities">What works; what replies do not tell counts as not working.</param>
/// <param name="Findings">One line a capability.</param>
/// <param name="Failure">Why the model could not be tried at all, or null.</param>
public sealed record ProbeReport(string ModelId, SamplerCapabilities Capabilities, IReadOnlyList<ProbeFinding> Findings, CallFailure? Failure = null)
{
    /// <summary>The report for people, one line a capability.</summary>
    public override string ToString() =>
        Failure is { } failure ? $"{ModelId}{Environment.NewLine}could not be tried: {failure.Message}"
        : string.Join(Environment.NewLine, [ModelId, .. Findings.Select(f => f.ToString())]);
}

namespace Agents.Reasoning;

/// <summary>A finished run as its journal keeps it.</summary>
/// <param name="RunId">Its identity.</param>
/// <param name="Strategy">The strategy's name.</param>
/// <param name="Subject">What it was about; null where the journal was written before subjects were kept.</param>
/// <param name="Result">What it came to.</param>
public sealed record RecordedRun(string RunId, string Strategy, RunSubject? Subject, ReasoningResult Result);

namespace Agents.Evaluation;

/// <summary>A sentence of a thought with what it does.</summary>
/// <param name="Text">The sentence without tags.</param>
/// <param name="Start">Where it begins in the text.</param>
/// <param name="Behaviours">What it does, in the order of the enumeration; empty for most.</param>
public sealed record ThoughtSentence(string Text, int Start, IReadOnlyList<ThoughtBehaviour> Behaviours);

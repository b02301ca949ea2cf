namespace Agents.Reasoning.Verifiers;

/// <summary>An equality that was checked exactly.</summary>
/// <param name="Start">Where its left side starts in the text.</param>
/// <param name="Text">The equality as it was written.</param>
/// <param name="IsRight">Whether it holds.</param>
public sealed record Calculation(int Start, string Text, bool IsRight);

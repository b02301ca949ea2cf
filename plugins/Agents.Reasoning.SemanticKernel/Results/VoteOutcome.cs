namespace Agents.Reasoning.SemanticKernel;

/// <summary>A vote over answers.</summary>
/// <param name="Answer">The answer with the most votes, ties to the first seen; null when nothing could be read as an answer.</param>
/// <param name="Share">Its share of the votes, 0–1.</param>
/// <param name="Classes">Equal answers together, most votes first.</param>
/// <param name="Abstentions">Texts that state no answer.</param>
public sealed record VoteOutcome(string? Answer, double Share, IReadOnlyList<VoteCount> Classes, int Abstentions);

/// <summary>The votes of one answer.</summary>
/// <param name="Answer">The answer as it was written first.</param>
/// <param name="Votes">How many.</param>
/// <param name="Voters">Which of the texts, from 0, ascending.</param>
public sealed record VoteCount(string Answer, int Votes, IReadOnlyList<int> Voters);

namespace Agents.Answers;

/// <summary>One voter's answer. A null answer abstains.</summary>
/// <param name="Voter">The voter's index; "first seen" means the lowest index, never the order of arrival.</param>
/// <param name="Answer">The answer, or null to abstain.</param>
/// <param name="Weight">The vote's weight, at least 0.</param>
public readonly record struct Ballot(int Voter, Answer? Answer, double Weight = 1);

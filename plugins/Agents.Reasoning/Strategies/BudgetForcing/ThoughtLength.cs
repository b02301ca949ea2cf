namespace Agents.Reasoning.Strategies;

/// <summary>What a stretch of thinking took of its budget.</summary>
internal static class ThoughtLength
{
    private const int CharactersPerToken = 4;

    /// <summary>The tokens reported, at least 1; where none were, four characters are taken for one.</summary>
    public static long Usage(this Sample thought) => Math.Max(1, thought.Outcome.Usage?.OutputTokens ?? thought.Text.Length / CharactersPerToken);
}

using System.Globalization;
using System.Text;
using Agents.Reasoning.Verifiers;

namespace Agents.Reasoning.Strategies;

/// <summary>
/// Solutions of several writers as data for one reader: each without its thinking, defused, numbered from 1, and between tags
/// whose nonce none of them can know.
/// </summary>
/// <param name="Nonce">What ends every tag.</param>
/// <param name="Text">The tagged solutions.</param>
internal sealed record QuotedSolutions(string Nonce, string Text)
{
    /// <summary>Quotes solutions in the order given.</summary>
    /// <param name="random">The run's randomness for this call.</param>
    /// <param name="solutions">The candidates.</param>
    /// <param name="maxLength">Characters of each that are shown; the middle of longer ones is left out.</param>
    public static QuotedSolutions Of(Random random, IReadOnlyList<Candidate> solutions, int maxLength)
    {
        string[] texts = [.. solutions.Select(c => JudgedText.Neutralise(Drafting.Shown(c), maxLength))];
        string nonce = JudgedText.Nonce(random, string.Join('\n', texts));
        var quoted = new StringBuilder();
        for (int i = 0; i < texts.Length; i++)
            quoted.Append(CultureInfo.InvariantCulture, $"{(i > 0 ? "\n\n" : "")}<solution-{i + 1}-{nonce}>\n{texts[i]}\n</solution-{i + 1}-{nonce}>");
        return new QuotedSolutions(nonce, quoted.ToString());
    }
}

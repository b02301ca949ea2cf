namespace Agents.Search.Outcomes;

/// <summary>A step that a generator proposes. An empty text ends its path: the generator has nothing to add.</summary>
public sealed record Step
{
    /// <summary>A step.</summary>
    /// <param name="text">Its text. Halves of surrogate pairs become U+FFFD, because no JSON carries them.</param>
    /// <param name="isTerminal">Whether the solution ends with it.</param>
    /// <param name="score">Its score, when the generator brings one: then none is asked for. Finite.</param>
    public Step(string text, bool isTerminal = false, double? score = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (score is { } value && !double.IsFinite(value)) throw new ArgumentOutOfRangeException(nameof(score), $"The score of a step must be finite, not {value}; leave it out to have it asked for.");
        Text = WellFormed(text);
        IsTerminal = isTerminal;
        Score = score;
    }

    /// <summary>The text.</summary>
    public string Text { get; }

    /// <summary>Whether the solution ends here.</summary>
    public bool IsTerminal { get; }

    /// <summary>The score, or null when it is to be asked for.</summary>
    public double? Score { get; }

    internal static string WellFormed(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1])) i++;
            else return string.Concat(text.EnumerateRunes().Select(rune => rune.ToString()));
        }

        return text;
    }
}

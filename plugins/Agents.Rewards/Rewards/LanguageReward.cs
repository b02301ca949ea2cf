namespace Agents.Rewards;

/// <summary>
/// The share of words in the target language's script, 0–1: the language-consistency reward of DeepSeek-R1 (arXiv:2501.12948).
/// Code, formulas, tags, links, numbers and single letters (variables) do not count. Abstains where no word is left.
/// </summary>
/// <remarks>
/// Languages are told apart by script, so English mixed with Chinese is seen and English mixed with German is not. In scripts
/// written without spaces (Chinese, Japanese, Thai) every character counts as a word.
/// </remarks>
public sealed class LanguageReward : IReward
{
    private readonly WordScript[] target;

    /// <summary>A reward for a language.</summary>
    /// <param name="language">Its ISO 639-1 code: en, de, fr, es, it, pt, nl, pl, zh, ja, ko, ru, uk, bg, el, ar, fa, he, hi, th.</param>
    /// <exception cref="ArgumentException">The language is not known; the message names those that are.</exception>
    public LanguageReward(string language)
    {
        ArgumentNullException.ThrowIfNull(language);
        target = ScriptWords.ScriptsOf(language)
            ?? throw new ArgumentException($"There is no script known for the language '{language}'. Known are: {string.Join(", ", ScriptWords.Languages)}.", nameof(language));
        Language = language;
    }

    /// <summary>The target language.</summary>
    public string Language { get; }

    /// <inheritdoc/>
    public string Name => "language";

    /// <inheritdoc/>
    public ValueTask<RewardScore> ScoreAsync(RewardItem item, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(item);
        int counted = 0, inTarget = 0;
        foreach (WordScript script in ScriptWords.Of(item.Completion))
        {
            counted++;
            inTarget += Array.IndexOf(target, script) >= 0 ? 1 : 0;
        }

        return ValueTask.FromResult(counted == 0
            ? RewardScore.Abstain("no words")
            : new RewardScore((double)inTarget / counted, FormattableString.Invariant($"{inTarget} of {counted} words in {Language}")));
    }
}

namespace Agents.Rewards;

/// <summary>The script of a word, as far as languages are told apart by it.</summary>
internal enum WordScript
{
    Other,
    Latin,
    Greek,
    Cyrillic,
    Hebrew,
    Arabic,
    Devanagari,
    Thai,
    Hangul,
    Kana,
    Han,
}

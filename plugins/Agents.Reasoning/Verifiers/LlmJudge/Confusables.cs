namespace Agents.Reasoning.Verifiers;

/// <summary>Cyrillic and Greek letters that look like Latin ones (Unicode TR 39), as far as our tags and marks can be written with them.</summary>
internal static class Confusables
{
    private const string Look = "асеіојрѕухνԁցһԛտьвнмкгτΑΒΕΖΗΙΚΜΝΟΡΤΥΧАВЕЅІЈКМНОРСТУХιοςαρυ";
    private const string Like = "aceiojpsyxvdghqunbhmkrtABEZHIKMNOPTYXABESIJKMHOPCTYXiocapu";

    /// <summary>The text with look-alikes in place; the same length, for finding things only.</summary>
    public static string Fold(string text) => string.Create(text.Length, text, static (folded, original) =>
    {
        for (int i = 0; i < folded.Length; i++)
            folded[i] = original[i] > 0x7F && Look.IndexOf(original[i], StringComparison.Ordinal) is >= 0 and var at ? Like[at] : original[i];
    });
}

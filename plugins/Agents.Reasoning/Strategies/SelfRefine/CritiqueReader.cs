namespace Agents.Reasoning.Strategies;

/// <summary>Reads what a critique concludes. What cannot be read is null: an abstention, never a fault.</summary>
internal static class CritiqueReader
{
    private const string Marker = "faults:";

    /// <summary>True when faults were found, false when none were, null when the critique does not say.</summary>
    public static bool? FindsFaults(string critique)
    {
        int at = critique.LastIndexOf(Marker, StringComparison.OrdinalIgnoreCase);
        if (at < 0)
            return null;
        ReadOnlySpan<char> after = critique.AsSpan(at + Marker.Length).TrimStart(" \t*_`");
        return after.StartsWith("none", StringComparison.OrdinalIgnoreCase) ? false
            : after.StartsWith("found", StringComparison.OrdinalIgnoreCase) ? true
            : null;
    }
}

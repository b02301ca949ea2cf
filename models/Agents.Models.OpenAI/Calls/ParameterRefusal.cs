using System.Text.RegularExpressions;

namespace Agents.Models.OpenAI;

/// <summary>Finds out which parameter a 400 refuses to know, as opposed to a value or a conversation that is wrong.</summary>
internal static partial class ParameterRefusal
{
    /// <summary>The refused parameter among those sent, or null when the refusal is about something else.</summary>
    public static string? Find(Attempt attempt, IReadOnlySet<string> sent)
    {
        if (attempt.Failure is not { Status: 400 or 422, Message: var message } || !SpeaksOfSupport().IsMatch(message))
            return null;
        if (attempt.Parameter is { } named && sent.Contains(named))
            return named;

        // The name that comes first is the one refused: "'max_tokens' is not supported … Use 'max_completion_tokens'".
        return sent
            .Select(name => (Name: name, At: Position(message, name)))
            .Where(found => found.At >= 0)
            .OrderBy(found => found.At).ThenByDescending(found => found.Name.Length)
            .Select(found => found.Name)
            .FirstOrDefault();
    }

    // The letter n counts only where it is meant as a name, or in the words servers have for it; others as whole words.
    private static int Position(string message, string name)
    {
        Match match = name == "n" ? RefusesChoices().Match(message) : Regex.Match(message, $@"(?<![A-Za-z0-9_]){Regex.Escape(name)}(?![A-Za-z0-9_])", RegexOptions.CultureInvariant);
        return match.Success ? match.Index : -1;
    }

    [GeneratedRegex(@"['""`]n['""`]|\bn\s*(?:=|>|!|must|should|is)|\b(?:completion choice|multiple (?:choices|completions|samples))", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex RefusesChoices();

    [GeneratedRegex(@"support|unrecogni|unknown|not permitted|not allowed|unexpected|not implemented|not available|unsupported|must be 1\b|only .* allowed", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SpeaksOfSupport();
}

using System.Collections.ObjectModel;
using System.Text.Json;
using Agents.Reasoning;

namespace Agents.Models.OpenAI;

/// <summary>What an outcome's metadata says about how it was obtained.</summary>
internal static class OutcomeNotes
{
    /// <summary>Names the capabilities that were emulated, separated by commas.</summary>
    public const string EmulatedKey = OutcomeMetadata.Emulated;

    /// <summary>Names the parameters that the upstream refused and that were left out, separated by commas.</summary>
    public const string OmittedKey = OutcomeMetadata.Omitted;

    public static IReadOnlyDictionary<string, string> None => ReadOnlyDictionary<string, string>.Empty;

    public static IReadOnlyDictionary<string, string> Emulated(string capability) => new SortedDictionary<string, string>(StringComparer.Ordinal) { [EmulatedKey] = capability };

    /// <summary>Calls of tools, as they came.</summary>
    public static IReadOnlyDictionary<string, string> ToolCalls(JsonElement calls) => new SortedDictionary<string, string>(StringComparer.Ordinal) { [OutcomeMetadata.ToolCalls] = calls.GetRawText() };

    /// <summary>The outcome with one more note under <paramref name="key"/>.</summary>
    public static CallOutcome With(CallOutcome outcome, string key, string value)
    {
        var metadata = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach ((string name, string present) in outcome.Metadata)
            metadata[name] = present;
        metadata[key] = metadata.TryGetValue(key, out string? before) ? $"{before},{value}" : value;
        return outcome with { Metadata = metadata };
    }
}

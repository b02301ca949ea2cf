using System.Text.Json;
using System.Text.Json.Serialization;
using Agents.Search.Running;
using Agents.Search.Serialization;

namespace Agents.Search;

/// <summary>
/// The state of a search, a value: which search, which seed, and what was told. The tree is a function of these and is kept beside
/// them, so that going on from the latest state costs no more than the step itself, while an older state is still valid: its tree is built
/// anew when asked for. Immutable and thread-safe. JSON through <see cref="JsonSerializer"/>: version 1, outcomes in order of their ids, so that
/// equal states have equal bytes whatever the order they were told in.
/// </summary>
[JsonConverter(typeof(SearchStateConverter))]
public sealed class SearchState
{
    private Exploration? _exploration;

    internal SearchState(string search, ulong seed, Told? told, Exploration? exploration)
    {
        Search = search;
        Seed = seed;
        LastTold = told;
        _exploration = exploration;
    }

    /// <summary>The fingerprint of the search that the state belongs to.</summary>
    public string Search { get; }

    /// <summary>The seed of all its draws.</summary>
    public ulong Seed { get; }

    /// <summary>The number of outcomes told.</summary>
    public int Count => LastTold?.Count ?? 0;

    internal Told? LastTold { get; }

    /// <summary>Reads what <see cref="ToJson"/> writes.</summary>
    /// <exception cref="JsonException">The text is no state of this version; the message says where.</exception>
    public static SearchState FromJson(string json) => SearchStateConverter.Parse(json);

    /// <summary>The state as JSON text.</summary>
    public string ToJson() => SearchStateConverter.Format(this);

    /// <summary>Takes the tree out; null when another state has it or it was never built.</summary>
    internal Exploration? Take() => Interlocked.Exchange(ref _exploration, null);

    internal void Keep(Exploration exploration) => Volatile.Write(ref _exploration, exploration);
}

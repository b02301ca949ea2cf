using System.Collections.Concurrent;

namespace Agents.Hosting.Texts;

/// <summary>Texts and marks of this process, for its life: for development, where the engine's history does not outlive it either.</summary>
public sealed class MemoryRunStore : IRunStore
{
    private readonly ConcurrentDictionary<string, string> texts = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> marks = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public bool IsShared => false;

    /// <inheritdoc/>
    public string Put(string text)
    {
        string id = TextId.Of(text);
        texts.TryAdd(id, text);
        return id;
    }

    /// <inheritdoc/>
    public string Get(string id) => texts.GetValueOrDefault(TextId.Checked(id)) ?? throw new RunTextMissingException(id);

    /// <inheritdoc/>
    public void Mark(string name) => marks[TextId.Checked(name)] = true;

    /// <inheritdoc/>
    public bool IsMarked(string name) => marks.ContainsKey(TextId.Checked(name));
}

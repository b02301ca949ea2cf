namespace Agents.Hosting.Texts;

/// <summary>
/// What durable runs keep beside their history: texts by the hash of their content, and marks. A text never changes once it is
/// there, so reading one is as deterministic as computing it; the methods are synchronous because an orchestrator may await
/// nothing but its own engine. Thread-safe.
/// </summary>
public interface IRunStore
{
    /// <summary>Whether other processes see what is put here.</summary>
    bool IsShared { get; }

    /// <summary>Keeps a text.</summary>
    /// <returns>Its id, <see cref="TextId.Of"/>.</returns>
    string Put(string text);

    /// <summary>The text of an id.</summary>
    /// <exception cref="RunTextMissingException">There is none: it was deleted, or this store is another one.</exception>
    string Get(string id);

    /// <summary>Sets a mark; it stays.</summary>
    /// <param name="name">Its name, such as from <see cref="TextId.Of"/>: 64 hexadecimal digits.</param>
    void Mark(string name);

    /// <summary>Whether a mark is set.</summary>
    bool IsMarked(string name);
}

/// <summary>A text of a run is not in the store.</summary>
public sealed class RunTextMissingException(string id) : InvalidOperationException($"The text {id} of this run is not in the store any more: it was deleted, or the app was given another store.");

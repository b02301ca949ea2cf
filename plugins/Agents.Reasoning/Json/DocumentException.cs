namespace Agents.Reasoning;

/// <summary>A document or a row of data cannot be read. The message is one line: where, and what is wrong.</summary>
public sealed class DocumentException : Exception
{
    /// <summary>Something cannot be read.</summary>
    /// <param name="place">Where: a JSON path, or a line of a file.</param>
    /// <param name="problem">What is wrong, in one clause.</param>
    /// <param name="inner">The cause, or null.</param>
    public DocumentException(string place, string problem, Exception? inner = null)
        : base($"{place}: {problem}", inner) => Place = place;

    /// <summary>Where.</summary>
    public string Place { get; }
}

namespace Agents.Models.Embedded;

/// <summary>Files that are not a model this engine can run. The message names the file and what is wrong with it.</summary>
/// <param name="message">One line that names the file.</param>
/// <param name="inner">What the reader met, where there is something.</param>
public sealed class EmbeddedModelException(string message, Exception? inner = null) : Exception(message, inner);

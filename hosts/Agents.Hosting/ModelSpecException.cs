namespace Agents.Hosting;

/// <summary>A model spec that cannot be served. The message is one line that says why and what to do; it never repeats what may be a secret.</summary>
public sealed class ModelSpecException(string message, Exception? inner = null) : Exception(message, inner);

namespace Agents.Models.Onnx;

/// <summary>A model folder or a provider that cannot be used. The message names the file or the provider, what is wrong, and what to do.</summary>
/// <param name="message">One line.</param>
/// <param name="inner">What the runtime or the reader said, where there is something.</param>
public sealed class OnnxModelException(string message, Exception? inner = null) : Exception(message, inner);

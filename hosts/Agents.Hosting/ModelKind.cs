using Agents.Models.Embedded;

namespace Agents.Hosting;

/// <summary>A kind of model that a spec can name.</summary>
/// <param name="Scheme">What the spec begins with.</param>
/// <param name="Form">How the spec is written.</param>
/// <param name="Idea">What it is.</param>
/// <param name="Needs">What it needs on this machine.</param>
/// <param name="Missing">Why it cannot be used in this build, or null when it can.</param>
public sealed record ModelKind(string Scheme, string Form, string Idea, string Needs, string? Missing = null)
{
    /// <summary>Every kind, the default first.</summary>
    public static IReadOnlyList<ModelKind> All { get; } =
    [
        new("embedded", "embedded[:DIR][?threads=N]", "the small model that ships inside, or one in a folder", "nothing", EmbeddedModel.IsShipped ? null : "only with a folder: this build carries no model"),
        new("replay", "replay", "the recorded samples inside the evaluation data", "data with samples; `eval` only"),
        new("openai", "openai:MODEL[@URL][?n=on|off|auto…]", "OpenAI, or any server that speaks its API", "OPENAI_API_KEY, except for addresses on this machine"),
        new("azure", "azure:DEPLOYMENT@URL", "Azure OpenAI, v1 API", "AZURE_OPENAI_API_KEY, or an Entra identity"),
        new("ollama", "ollama:MODEL[@URL]", "a local Ollama server", "the server at localhost:11434"),
        new("onnx", "onnx:DIR[?provider=cuda&fallback=cpu…]", "a local ONNX GenAI model folder", "for CUDA a build with -p:OnnxVariant=Cuda", OnnxModels.Missing),
    ];
}

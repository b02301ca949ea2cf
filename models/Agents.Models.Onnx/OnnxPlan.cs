namespace Agents.Models.Onnx;

/// <summary>How several samples of one prompt are computed. The texts are the same as far as the runtime's last bits are.</summary>
public enum OnnxPlan
{
    /// <summary>By provider, prompt length and cap on new tokens: see <c>docs/onnx.md</c>.</summary>
    Automatic,

    /// <summary>The repeated prompt as a batch, in waves: every step computes one token of every sample.</summary>
    Batch,

    /// <summary>One sample after the other; the prompt is run once, and the cache is taken back to it.</summary>
    Rewind,
}

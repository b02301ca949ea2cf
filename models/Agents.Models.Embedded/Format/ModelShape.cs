using System.Globalization;

namespace Agents.Models.Embedded;

/// <summary>The numbers that fix a model of the Llama family: rotary positions, grouped-query attention, SwiGLU, RMSNorm, tied embedding.</summary>
/// <param name="Width">d, numbers of the residual stream.</param>
/// <param name="Layers">Blocks.</param>
/// <param name="Heads">Query heads.</param>
/// <param name="KeyValueHeads">Key/value heads; a divisor of <paramref name="Heads"/>.</param>
/// <param name="HeadWidth">Numbers of one head; even.</param>
/// <param name="HiddenWidth">Numbers inside the feed-forward block.</param>
/// <param name="Vocabulary">Tokens.</param>
/// <param name="Context">The most positions.</param>
/// <param name="NormEpsilon">ε of RMSNorm.</param>
/// <param name="RotaryBase">θ of the rotary positions.</param>
internal sealed record ModelShape(int Width, int Layers, int Heads, int KeyValueHeads, int HeadWidth, int HiddenWidth, int Vocabulary, int Context, float NormEpsilon, float RotaryBase)
{
    public int QueryWidth => Heads * HeadWidth;

    public int KeyWidth => KeyValueHeads * HeadWidth;

    /// <summary>Reads the shape from a model's metadata.</summary>
    /// <exception cref="FormatException">A value is missing, not a number, or impossible.</exception>
    public static ModelShape From(IReadOnlyDictionary<string, string> metadata)
    {
        var shape = new ModelShape(
            Whole("d_model"), Whole("n_layers"), Whole("n_heads"), Whole("n_kv_heads"), Whole("head_dim"),
            Whole("d_ff"), Whole("vocab_size"), Whole("context_length"), Number("rms_eps"), Number("rope_theta"));
        if (shape.Heads % shape.KeyValueHeads != 0)
            throw new FormatException($"agents.n_heads ({shape.Heads}) is not a multiple of agents.n_kv_heads ({shape.KeyValueHeads}).");
        return shape.HeadWidth % 2 == 0 ? shape : throw new FormatException($"agents.head_dim ({shape.HeadWidth}) is odd.");

        string Text(string name) => metadata.TryGetValue("agents." + name, out string? text) ? text
            : throw new FormatException($"the metadata lacks agents.{name}; this is not a model of this project.");

        int Whole(string name) => int.TryParse(Text(name), NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value is > 0 and <= 1 << 20 ? value
            : throw new FormatException($"agents.{name} is '{Text(name)}', not a number from 1 to 1048576.");

        float Number(string name) => float.TryParse(Text(name), NumberStyles.Float, CultureInfo.InvariantCulture, out float value) && float.IsFinite(value) && value > 0 ? value
            : throw new FormatException($"agents.{name} is '{Text(name)}', not a number above 0.");
    }
}

namespace Agents.Models.Embedded;

/// <summary>The weights of a model, ready for the kernels. Immutable, thread-safe.</summary>
internal sealed class Transformer
{
    /// <param name="shape">The model's numbers.</param>
    /// <param name="tensors">Its weights by name.</param>
    /// <param name="expand">Whether INT8 weights are held as numbers: four times the memory traffic, no conversion.</param>
    /// <exception cref="FormatException">A weight is missing or has other dimensions than the metadata says.</exception>
    public Transformer(ModelShape shape, IReadOnlyDictionary<string, OnnxTensor> tensors, bool expand = false)
    {
        var reader = new WeightReader(tensors);
        Shape = shape;
        Embedding = WeightMatrix.Stack(expand, reader.Matrix("embed.weight", shape.Vocabulary, shape.Width));
        Tokens = new EmbeddingTable(Embedding);
        Layers = [.. Enumerable.Range(0, shape.Layers).Select(i => new TransformerLayer(shape, reader, $"layers.{i}.", expand))];
        Norm = reader.Vector("norm.weight", shape.Width);
        Rotary = new RotaryTable(shape);
    }

    public ModelShape Shape { get; }

    /// <summary>[vocabulary, d]: the output head, which is the embedding.</summary>
    public WeightMatrix Embedding { get; }

    /// <summary>The embedding once more, row by row.</summary>
    public EmbeddingTable Tokens { get; }

    public IReadOnlyList<TransformerLayer> Layers { get; }

    public AlignedFloats Norm { get; }

    public RotaryTable Rotary { get; }

    /// <summary>Bytes of weights that one step reads.</summary>
    public long Size => Embedding.Size + Layers.Sum(l => l.AttentionIn.Size + l.AttentionOut.Size + l.HiddenIn.Size + l.HiddenOut.Size);

    /// <summary>Multiplications and additions of one token, attention to earlier positions aside.</summary>
    public long OperationsPerToken => 2 * (Operations(Embedding) + Layers.Sum(l => Operations(l.AttentionIn) + Operations(l.AttentionOut) + Operations(l.HiddenIn) + Operations(l.HiddenOut)));

    private static long Operations(WeightMatrix matrix) => (long)matrix.Outputs * matrix.Inputs;
}

/// <summary>The weights of one block.</summary>
internal sealed class TransformerLayer(ModelShape shape, WeightReader reader, string prefix, bool expand)
{
    public AlignedFloats AttentionNorm { get; } = reader.Vector(prefix + "attn_norm.weight", shape.Width);

    /// <summary>Queries, keys, values, one below the other: [(heads + 2 · key/value heads) · head width, d].</summary>
    public WeightMatrix AttentionIn { get; } = WeightMatrix.Stack(
        expand,
        reader.Matrix(prefix + "wq.weight", shape.QueryWidth, shape.Width),
        reader.Matrix(prefix + "wk.weight", shape.KeyWidth, shape.Width),
        reader.Matrix(prefix + "wv.weight", shape.KeyWidth, shape.Width));

    /// <summary>[d, heads · head width].</summary>
    public WeightMatrix AttentionOut { get; } = WeightMatrix.Stack(expand, reader.Matrix(prefix + "wo.weight", shape.Width, shape.QueryWidth));

    public AlignedFloats HiddenNorm { get; } = reader.Vector(prefix + "ffn_norm.weight", shape.Width);

    /// <summary>Gate above up: [2 · hidden width, d].</summary>
    public WeightMatrix HiddenIn { get; } = WeightMatrix.Stack(
        expand,
        reader.Matrix(prefix + "w_gate.weight", shape.HiddenWidth, shape.Width),
        reader.Matrix(prefix + "w_up.weight", shape.HiddenWidth, shape.Width));

    /// <summary>[d, hidden width].</summary>
    public WeightMatrix HiddenOut { get; } = WeightMatrix.Stack(expand, reader.Matrix(prefix + "w_down.weight", shape.Width, shape.HiddenWidth));
}

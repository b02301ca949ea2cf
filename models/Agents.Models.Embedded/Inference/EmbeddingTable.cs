namespace Agents.Models.Embedded;

/// <summary>
/// The vectors of the tokens, one after the other. The output head's panels hold the same numbers, but there each number of a
/// vector lies on a cache line of its own.
/// </summary>
internal sealed unsafe class EmbeddingTable
{
    private readonly AlignedFloats rows;
    private readonly int width;

    public EmbeddingTable(WeightMatrix embedding)
    {
        width = embedding.Inputs;
        rows = new AlignedFloats(embedding.Outputs * width);
        for (int token = 0; token < embedding.Outputs; token++)
            embedding.CopyRow(token, rows.Pointer + token * width);
    }

    /// <summary>The vector of a token, [d].</summary>
    public ReadOnlySpan<float> this[int token] => new(rows.Pointer + token * width, width);
}

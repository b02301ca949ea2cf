namespace Agents.Models.Embedded;

/// <summary>
/// Runs rows through the model. A row is one token of one text: decoding gives a row for each text, a prompt gives a row for
/// each of its tokens. The two are the same arithmetic, and no row's numbers depend on the others, so logits are equal to the
/// last bit for any batch, any cutting of a prompt and any reuse of its beginning. Not thread-safe: one for each thread.
/// </summary>
internal sealed unsafe class ForwardPass
{
    private readonly Transformer model;
    private readonly ModelShape shape;
    private readonly KeyValuePool pool;
    private readonly int width, fusedWidth, queryWidth, hiddenWidth, logitsWidth;
    private readonly AlignedFloats stream, normed, fused, attended, hidden, update, scores, headsOut, logits;

    /// <param name="model">The weights.</param>
    /// <param name="pool">The layout of the sequences' blocks.</param>
    /// <param name="maxRows">The most rows of one call.</param>
    public ForwardPass(Transformer model, KeyValuePool pool, int maxRows)
    {
        this.model = model;
        this.pool = pool;
        shape = model.Shape;
        MaxRows = maxRows;
        TransformerLayer layer = model.Layers[0];
        width = Lanes.Padded(shape.Width, WeightMatrix.PanelWidth);
        fusedWidth = layer.AttentionIn.PaddedOutputs;
        queryWidth = Lanes.Padded(shape.QueryWidth);
        // Rows a multiple of 4 KiB apart would share their places in the first cache.
        hiddenWidth = layer.HiddenIn.PaddedOutputs + Lanes.Count;
        logitsWidth = model.Embedding.PaddedOutputs;
        stream = new AlignedFloats(maxRows * width, isCleared: true);
        normed = new AlignedFloats(maxRows * width, isCleared: true);
        fused = new AlignedFloats(maxRows * fusedWidth);
        attended = new AlignedFloats(maxRows * queryWidth, isCleared: true);
        hidden = new AlignedFloats(maxRows * hiddenWidth);
        update = new AlignedFloats(maxRows * width, isCleared: true);
        scores = new AlignedFloats(AttentionKernel.ScoreRoom(shape.Context));
        headsOut = new AlignedFloats(shape.Heads * pool.ValueWidth);
        logits = new AlignedFloats(maxRows * logitsWidth);
    }

    public int MaxRows { get; }

    /// <summary>Logits of the i-th row that wanted them, [vocabulary]; good until the next call.</summary>
    public ReadOnlySpan<float> Logits(int i) => new(logits.Pointer + (long)i * logitsWidth, shape.Vocabulary);

    /// <summary>Runs the rows. Rows of one text may come together, in the order of their positions.</summary>
    public void Run(ReadOnlySpan<ForwardRow> rows)
    {
        for (int r = 0; r < rows.Length; r++)
            model.Tokens[rows[r].Token].CopyTo(new Span<float>(stream.Pointer + r * width, shape.Width));
        for (int l = 0; l < shape.Layers; l++)
        {
            TransformerLayer layer = model.Layers[l];
            Normalize(layer.AttentionNorm, rows.Length);
            layer.AttentionIn.Multiply(normed.Pointer, width, rows.Length, fused.Pointer, fusedWidth);
            Remember(rows, l);
            for (int r = 0; r < rows.Length; r++)
                Attend(rows[r], l, fused.Pointer + r * fusedWidth, attended.Pointer + r * queryWidth);
            layer.AttentionOut.Multiply(attended.Pointer, queryWidth, rows.Length, update.Pointer, width);
            Elementwise.Add(stream.Pointer, update.Pointer, rows.Length * width);

            Normalize(layer.HiddenNorm, rows.Length);
            layer.HiddenIn.Multiply(normed.Pointer, width, rows.Length, hidden.Pointer, hiddenWidth);
            for (int r = 0; r < rows.Length; r++)
                Elementwise.SwiGlu(hidden.Pointer + r * hiddenWidth, hidden.Pointer + r * hiddenWidth + shape.HiddenWidth, shape.HiddenWidth);
            layer.HiddenOut.Multiply(hidden.Pointer, hiddenWidth, rows.Length, update.Pointer, width);
            Elementwise.Add(stream.Pointer, update.Pointer, rows.Length * width);
        }

        Predict(rows);
    }

    private void Normalize(AlignedFloats weight, int rows)
    {
        for (int r = 0; r < rows; r++)
            Elementwise.RmsNorm(stream.Pointer + r * width, weight.Pointer, shape.Width, shape.NormEpsilon, normed.Pointer + r * width);
    }

    /// <summary>Turns queries and keys by their positions, and stores keys and values.</summary>
    private void Remember(ReadOnlySpan<ForwardRow> rows, int layer)
    {
        float scale = 1 / MathF.Sqrt(shape.HeadWidth);
        for (int r = 0; r < rows.Length; r++)
        {
            int position = rows[r].Position;
            float* cosines = model.Rotary.Cosines(position), sines = model.Rotary.Sines(position);
            float* head = fused.Pointer + r * fusedWidth;
            for (int h = 0; h < shape.Heads; h++, head += shape.HeadWidth)
                Elementwise.Rotate(head, cosines, sines, model.Rotary.Half, scale);
            float* block = (float*)rows[r].Sequence.Addresses[position / KeyValueBlock.Positions];
            int lane = position % KeyValueBlock.Positions;
            for (int h = 0; h < shape.KeyValueHeads; h++, head += shape.HeadWidth)
            {
                Elementwise.Rotate(head, cosines, sines, model.Rotary.Half, 1);
                float* keys = block + pool.KeyAt(layer, h) + lane;
                for (int i = 0; i < shape.HeadWidth; i++)
                    keys[i * KeyValueBlock.Positions] = head[i];
                new ReadOnlySpan<float>(head + shape.KeyWidth, shape.HeadWidth)
                    .CopyTo(new Span<float>(block + pool.ValueAt(layer, h) + lane * pool.ValueWidth, shape.HeadWidth));
            }
        }
    }

    private void Attend(in ForwardRow row, int layer, float* queries, float* output)
    {
        bool isPadded = pool.ValueWidth != shape.HeadWidth;
        fixed (nint* blocks = row.Sequence.Addresses)
            AttentionKernel.Attend(queries, shape, pool, layer, blocks, row.Position + 1, scores.Pointer, isPadded ? headsOut.Pointer : output);
        for (int h = 0; isPadded && h < shape.Heads; h++)
            headsOut.Span.Slice(h * pool.ValueWidth, shape.HeadWidth).CopyTo(new Span<float>(output + h * shape.HeadWidth, shape.HeadWidth));
    }

    private void Predict(ReadOnlySpan<ForwardRow> rows)
    {
        int wanted = 0;
        for (int r = 0; r < rows.Length; r++)
        {
            if (rows[r].WantsLogits)
                Elementwise.RmsNorm(stream.Pointer + r * width, model.Norm.Pointer, shape.Width, shape.NormEpsilon, normed.Pointer + wanted++ * width);
        }

        if (wanted > 0)
            model.Embedding.Multiply(normed.Pointer, width, wanted, logits.Pointer, logitsWidth);
    }
}

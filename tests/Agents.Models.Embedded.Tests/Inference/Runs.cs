using Agents.Models.Embedded.Tests.Models;

namespace Agents.Models.Embedded.Tests.Inference;

/// <summary>Running tokens through the engine's own forward pass.</summary>
internal static class Runs
{
    public static Transformer Transformer(TinyModel model, bool expand = false)
    {
        OnnxFile file = OnnxFile.Parse(File.ReadAllBytes(model.PathOf("model.onnx")));
        return new Transformer(ModelShape.From(file.Metadata), file.Tensors, expand);
    }

    /// <summary>Logits after each token, the tokens run in portions of this size.</summary>
    public static float[][] Logits(Transformer model, int[] tokens, int portion)
    {
        var pool = new KeyValuePool(model.Shape);
        var pass = new ForwardPass(model, pool, portion);
        using var sequence = new KeyValueSequence(pool, model.Shape.Context);
        var logits = new List<float[]>();
        for (int at = 0; at < tokens.Length; at += portion)
        {
            int count = Math.Min(portion, tokens.Length - at);
            sequence.Extend(count);
            pass.Run([.. Enumerable.Range(at, count).Select(p => new ForwardRow(tokens[p], p, sequence, true))]);
            logits.AddRange(Enumerable.Range(0, count).Select(i => pass.Logits(i).ToArray()));
        }

        return [.. logits];
    }

    public static int[] Tokens(ModelShape shape, int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.Next(shape.Vocabulary))];
    }
}

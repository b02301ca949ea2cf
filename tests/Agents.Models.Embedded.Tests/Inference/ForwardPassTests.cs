using Agents.Models.Embedded.Tests.Models;

namespace Agents.Models.Embedded.Tests.Inference;

public sealed class ForwardPassTests
{
    public static TheoryData<string, WeightKind, bool> Cases => new()
    {
        { "small", WeightKind.Int8, false },
        { "small", WeightKind.Int8, true },
        { "small", WeightKind.Half, false },
        { "small", WeightKind.Single, false },
        { "small", WeightKind.Mixed, false },
        { "odd", WeightKind.Int8, false },
        { "odd", WeightKind.Mixed, false },
        { "full", WeightKind.Int8, false },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Run_AnyWeights_EqualsTheNaiveTwin(string size, WeightKind kind, bool expand)
    {
        using var model = new TinyModel(size switch { "small" => TinyModel.Small, "odd" => TinyModel.Odd, _ => TinyModel.Full }, kind);
        int[] tokens = Runs.Tokens(model.Shape, size == "full" ? 40 : 75, 3);

        float[][] fast = Runs.Logits(Runs.Transformer(model, expand), tokens, 13);
        double[][] naive = new NaiveTransformer(model.Shape, model.Weights).Run(tokens);

        for (int p = 0; p < tokens.Length; p++)
        {
            for (int id = 0; id < model.Shape.Vocabulary; id++)
                Assert.True(Math.Abs(fast[p][id] - naive[p][id]) <= 1e-4, $"Position {p}, token {id}: {fast[p][id]} instead of {naive[p][id]}.");
        }
    }

    [Theory]
    [InlineData(WeightKind.Int8)]
    [InlineData(WeightKind.Mixed)]
    public void Run_PromptCutAnyWay_GivesTheSameBits(WeightKind kind)
    {
        using var model = new TinyModel(kind: kind);
        Transformer transformer = Runs.Transformer(model);
        int[] tokens = Runs.Tokens(model.Shape, 70, 5);
        float[][] single = Runs.Logits(transformer, tokens, 1);

        foreach (int portion in new[] { 2, 3, 5, 7, 8, 15, 31, 64, 70 })
            Assert.Equal(single, Runs.Logits(transformer, tokens, portion));
    }

    [Fact]
    public void Run_RowsOf64Texts_HaveTheBitsOfEachAlone()
    {
        using var model = new TinyModel();
        Transformer transformer = Runs.Transformer(model);
        int[][] texts = [.. Enumerable.Range(0, 64).Select(i => Runs.Tokens(model.Shape, 1 + i % 37, i))];
        var pool = new KeyValuePool(model.Shape);
        var pass = new ForwardPass(transformer, pool, 64);
        KeyValueSequence[] sequences = [.. texts.Select(_ => new KeyValueSequence(pool, model.Shape.Context))];
        var last = new float[64][];

        for (int p = 0; p < 37; p++)
        {
            int[] running = [.. Enumerable.Range(0, 64).Where(i => p < texts[i].Length)];
            foreach (int i in running)
                sequences[i].Extend(1);
            pass.Run([.. running.Select(i => new ForwardRow(texts[i][p], p, sequences[i], true))]);
            for (int r = 0; r < running.Length; r++)
                last[running[r]] = pass.Logits(r).ToArray();
        }

        for (int i = 0; i < 64; i++)
            Assert.Equal(Runs.Logits(transformer, texts[i], 1)[^1], last[i]);
    }

    [Theory]
    [InlineData(WeightKind.Int8, 1)]
    [InlineData(WeightKind.Int8, 4)]
    [InlineData(WeightKind.Int8, 7)]
    [InlineData(WeightKind.Int8, 16)]
    [InlineData(WeightKind.Single, 11)]
    public unsafe void Multiply_RegistersOf8And16_GiveTheSameBits(WeightKind kind, int rows)
    {
        using var model = new TinyModel(kind: kind);
        WeightMatrix matrix = Runs.Transformer(model).Layers[0].HiddenIn;
        var x = new AlignedFloats(rows * matrix.Inputs);
        var random = new Random(1);
        foreach (ref float value in x.Span)
            value = (float)(random.NextDouble() - 0.5);
        var wide = new AlignedFloats(rows * matrix.PaddedOutputs, isCleared: true);
        var narrow = new AlignedFloats(rows * matrix.PaddedOutputs, isCleared: true);

        matrix.Multiply(x.Pointer, matrix.Inputs, rows, wide.Pointer, matrix.PaddedOutputs);
        matrix.MultiplyHalves(x.Pointer, matrix.Inputs, rows, narrow.Pointer, matrix.PaddedOutputs);

        Assert.Equal(wide.Span.ToArray(), narrow.Span.ToArray());
        Assert.Contains(wide.Span.ToArray(), value => value != 0);
    }
}

using System.Globalization;
using System.Runtime.InteropServices;
using Google.Protobuf;

namespace Agents.Models.Embedded.Tests.Models;

/// <summary>
/// A model folder with random weights of a fixed seed, written as the trainer writes one: an ONNX model with inline
/// initializers and metadata, a Hugging Face tokenizer, a generation config. Keeps the weights as numbers for the naive twin.
/// </summary>
internal sealed class TinyModel : IDisposable
{
    private readonly Random random;
    private readonly WeightKind kind;
    private int matrices;

    public TinyModel(ModelShape? shape = null, WeightKind kind = WeightKind.Int8, int seed = 7)
    {
        random = new Random(seed);
        this.kind = kind;
        Shape = shape ?? Small;
        Folder = Directory.CreateTempSubdirectory("embedded-model").FullName;
        File.WriteAllBytes(PathOf("model.onnx"), Onnx());
        File.WriteAllText(PathOf("tokenizer.json"), TinyVocabulary.Json(Shape.Vocabulary));
        File.WriteAllText(PathOf("genai_config.json"), """{"model":{"eos_token_id":[258],"context_length":128},"search":{"do_sample":true,"temperature":1.0}}""");
    }

    /// <summary>Heads of 16, so that whole registers are used; three query heads to one of keys.</summary>
    public static ModelShape Small { get; } = new(48, 2, 6, 2, 16, 80, 300, 128, 1e-5f, 10000);

    /// <summary>Nothing is a multiple of a register.</summary>
    public static ModelShape Odd { get; } = new(20, 2, 2, 1, 10, 23, 281, 96, 1e-5f, 500);

    /// <summary>The size that ships.</summary>
    public static ModelShape Full { get; } = new(192, 6, 6, 2, 32, 512, 640, 512, 1e-5f, 10000);

    public ModelShape Shape { get; }

    public string Folder { get; }

    /// <summary>The weights by name, as numbers after storage.</summary>
    public Dictionary<string, float[]> Weights { get; } = new(StringComparer.Ordinal);

    public string PathOf(string file) => Path.Combine(Folder, file);

    public EmbeddedModel Load(int threads = 2, int rows = 16, int cacheTokens = 8192) =>
        EmbeddedModel.Load(Folder, new EmbeddedModelOptions { Threads = threads, RowsPerThread = rows, PrefixCacheTokens = cacheTokens });

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private byte[] Onnx()
    {
        byte[] graph = Message(output =>
        {
            // Small, so that the layers and not the last token alone decide what follows.
            Matrix(output, "embed.weight", Shape.Vocabulary, Shape.Width, 0.25);
            Vector(output, "norm.weight");
            for (int i = 0; i < Shape.Layers; i++)
            {
                string layer = $"layers.{i}.";
                Vector(output, layer + "attn_norm.weight");
                Vector(output, layer + "ffn_norm.weight");
                Matrix(output, layer + "wq.weight", Shape.QueryWidth, Shape.Width);
                Matrix(output, layer + "wk.weight", Shape.KeyWidth, Shape.Width);
                Matrix(output, layer + "wv.weight", Shape.KeyWidth, Shape.Width);
                Matrix(output, layer + "wo.weight", Shape.Width, Shape.QueryWidth);
                Matrix(output, layer + "w_gate.weight", Shape.HiddenWidth, Shape.Width);
                Matrix(output, layer + "w_up.weight", Shape.HiddenWidth, Shape.Width);
                Matrix(output, layer + "w_down.weight", Shape.Width, Shape.HiddenWidth);
            }
        });
        return Message(output =>
        {
            Field(output, 1, 8L);
            Field(output, 7, graph);
            foreach ((string name, object value) in new (string, object)[]
            {
                ("d_model", Shape.Width), ("n_layers", Shape.Layers), ("n_heads", Shape.Heads), ("n_kv_heads", Shape.KeyValueHeads), ("head_dim", Shape.HeadWidth),
                ("d_ff", Shape.HiddenWidth), ("vocab_size", Shape.Vocabulary), ("context_length", Shape.Context), ("rms_eps", Shape.NormEpsilon), ("rope_theta", Shape.RotaryBase),
            })
            {
                Field(output, 14, Message(entry =>
                {
                    Field(entry, 1, "agents." + name);
                    Field(entry, 2, Convert.ToString(value, CultureInfo.InvariantCulture)!);
                }));
            }
        });
    }

    private void Vector(CodedOutputStream graph, string name)
    {
        float[] numbers = [.. Enumerable.Range(0, Shape.Width).Select(_ => 1 + 0.2f * (float)(random.NextDouble() - 0.5))];
        Weights[name] = numbers;
        Tensor(graph, name, [Shape.Width], OnnxTensor.Single, MemoryMarshal.AsBytes<float>(numbers).ToArray());
    }

    private void Matrix(CodedOutputStream graph, string name, int rows, int columns, double scale = 0)
    {
        double size = scale > 0 ? scale : 1.5 / Math.Sqrt(columns);
        float[] numbers = [.. Enumerable.Range(0, rows * columns).Select(_ => (float)((random.NextDouble() * 2 - 1) * size))];
        WeightKind stored = kind == WeightKind.Mixed ? (WeightKind)(matrices++ % 3) : kind;
        switch (stored)
        {
            case WeightKind.Int8:
                (sbyte[] bytes, float[] scales) = Quantized(numbers, rows, columns);
                Tensor(graph, name, [rows, columns], OnnxTensor.Int8, MemoryMarshal.AsBytes<sbyte>(bytes).ToArray());
                Tensor(graph, name + ".scale", [rows, 1], OnnxTensor.Single, MemoryMarshal.AsBytes<float>(scales).ToArray());
                break;
            case WeightKind.Half:
                Half[] halves = [.. numbers.Select(n => (Half)n)];
                numbers = [.. halves.Select(h => (float)h)];
                Tensor(graph, name, [rows, columns], OnnxTensor.Half, MemoryMarshal.AsBytes<Half>(halves).ToArray());
                break;
            default:
                Tensor(graph, name, [rows, columns], OnnxTensor.Single, MemoryMarshal.AsBytes<float>(numbers).ToArray());
                break;
        }

        Weights[name] = numbers;
    }

    /// <summary>Rounds to 127 steps a row, in place.</summary>
    private static (sbyte[] Bytes, float[] Scales) Quantized(float[] numbers, int rows, int columns)
    {
        var bytes = new sbyte[numbers.Length];
        var scales = new float[rows];
        for (int r = 0; r < rows; r++)
        {
            Span<float> row = numbers.AsSpan(r * columns, columns);
            float scale = scales[r] = row.ToArray().Max(MathF.Abs) / 127;
            for (int i = 0; i < columns; i++)
            {
                bytes[r * columns + i] = (sbyte)MathF.Round(row[i] / scale);
                row[i] = bytes[r * columns + i] * scale;
            }
        }

        return (bytes, scales);
    }

    private static void Tensor(CodedOutputStream graph, string name, int[] dimensions, int type, byte[] raw) => Field(graph, 5, Message(tensor =>
    {
        foreach (int dimension in dimensions)
            Field(tensor, 1, (long)dimension);
        Field(tensor, 2, (long)type);
        Field(tensor, 8, name);
        Field(tensor, 9, raw);
    }));

    private static byte[] Message(Action<CodedOutputStream> write)
    {
        using var memory = new MemoryStream();
        using var output = new CodedOutputStream(memory);
        write(output);
        output.Flush();
        return memory.ToArray();
    }

    private static void Field(CodedOutputStream output, int number, long value)
    {
        output.WriteTag(number, WireFormat.WireType.Varint);
        output.WriteInt64(value);
    }

    private static void Field(CodedOutputStream output, int number, string value) => Field(output, number, System.Text.Encoding.UTF8.GetBytes(value));

    private static void Field(CodedOutputStream output, int number, byte[] value)
    {
        output.WriteTag(number, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(ByteString.CopyFrom(value));
    }
}

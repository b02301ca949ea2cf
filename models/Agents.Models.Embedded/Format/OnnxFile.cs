using Google.Protobuf;

namespace Agents.Models.Embedded;

/// <summary>
/// What the engine needs of an ONNX model: initializers and metadata. The graph itself is not run; its meaning is fixed by the
/// metadata. Read by field number (onnx.proto of IR version 8), so that no generated code is needed. Does not know external data.
/// </summary>
internal sealed class OnnxFile
{
    private const uint ModelGraph = 7 << 3 | 2, ModelMetadata = 14 << 3 | 2;
    private const uint GraphInitializer = 5 << 3 | 2;
    private const uint EntryKey = 1 << 3 | 2, EntryValue = 2 << 3 | 2;

    private OnnxFile(Dictionary<string, OnnxTensor> tensors, Dictionary<string, string> metadata) => (Tensors, Metadata) = (tensors, metadata);

    /// <summary>Initializers by name.</summary>
    public IReadOnlyDictionary<string, OnnxTensor> Tensors { get; }

    /// <summary>The model's <c>metadata_props</c>.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <exception cref="InvalidProtocolBufferException">The bytes are not a protocol buffer message.</exception>
    /// <exception cref="FormatException">They are one, but not a model.</exception>
    public static OnnxFile Parse(byte[] content)
    {
        var tensors = new Dictionary<string, OnnxTensor>(StringComparer.Ordinal);
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        bool hasGraph = false;
        Each(content, (tag, input) =>
        {
            if (tag == ModelGraph)
            {
                hasGraph = true;
                Each(input.ReadBytes(), (inner, graph) =>
                {
                    if (inner != GraphInitializer)
                        return false;
                    OnnxTensor tensor = OnnxTensor.Parse(graph.ReadBytes());
                    tensors[tensor.Name] = tensor;
                    return true;
                });
                return true;
            }

            if (tag != ModelMetadata)
                return false;
            (string key, string value) = Entry(input.ReadBytes());
            metadata[key] = value;
            return true;
        });
        return hasGraph ? new OnnxFile(tensors, metadata) : throw new FormatException("not an ONNX model: it holds no graph.");
    }

    /// <summary>Hands every field to <paramref name="take"/>, and skips those it leaves.</summary>
    internal static void Each(ByteString content, Func<uint, CodedInputStream, bool> take)
    {
        // The bytes are only read, and only while this runs.
        System.Runtime.InteropServices.MemoryMarshal.TryGetArray(content.Memory, out ArraySegment<byte> bytes);
        using var input = new CodedInputStream(bytes.Array ?? [], bytes.Offset, bytes.Count);
        Each(input, take);
    }

    private static void Each(byte[] content, Func<uint, CodedInputStream, bool> take)
    {
        using var input = new CodedInputStream(content);
        Each(input, take);
    }

    private static void Each(CodedInputStream input, Func<uint, CodedInputStream, bool> take)
    {
        for (uint tag = input.ReadTag(); tag != 0; tag = input.ReadTag())
        {
            if (!take(tag, input))
                input.SkipLastField();
        }
    }

    private static (string Key, string Value) Entry(ByteString content)
    {
        string key = "", value = "";
        Each(content, (tag, input) =>
        {
            if (tag == EntryKey)
                key = input.ReadString();
            else if (tag == EntryValue)
                value = input.ReadString();
            else
                return false;
            return true;
        });
        return (key, value);
    }
}

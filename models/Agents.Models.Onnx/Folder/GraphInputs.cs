using System.Text;

namespace Agents.Models.Onnx;

/// <summary>
/// Reads one thing of a graph: the number type of its cache, on which the memory depends. Walks the protocol buffer's fields and
/// skips weights without reading them. Field numbers are those of <c>onnx.proto3</c>: ModelProto.graph 7, GraphProto.input 11,
/// ValueInfoProto.name 1 and .type 2, TypeProto.tensor_type 1, Tensor.elem_type 1.
/// </summary>
internal static class GraphInputs
{
    private const int Varint = 0, Fixed64 = 1, Bytes = 2, Fixed32 = 5;

    /// <summary>Bytes of one number of the input.</summary>
    /// <exception cref="FormatException">Not a graph, or it has no such input.</exception>
    public static int BytesPerNumber(Stream file, string input)
    {
        int? type = null;
        Walk(file, file.Length, (field, length) =>
        {
            if (field != 7)
                return false;
            Walk(file, file.Position + length, (inner, size) =>
            {
                if (inner != 11)
                    return false;
                byte[] value = new byte[size];
                file.ReadExactly(value);
                if (TypeOf(value, input) is { } found)
                    type = found;
                return true;
            });
            return true;
        });
        return type switch
        {
            1 => sizeof(float),
            10 or 16 => sizeof(ushort),
            2 or 3 or 17 or 18 or 19 or 20 => sizeof(byte),
            null => throw new FormatException($"the graph has no input '{input}'; {ModelFolder.ConfigFile} and the graph do not belong together."),
            _ => throw new FormatException($"the input '{input}' has the number type {type}, which is none of a cache."),
        };
    }

    private static int? TypeOf(byte[] valueInfo, string input)
    {
        string? name = null;
        int? type = null;
        using var value = new MemoryStream(valueInfo);
        Walk(value, value.Length, (field, length) =>
        {
            if (field == 1)
            {
                byte[] text = new byte[length];
                value.ReadExactly(text);
                name = Encoding.UTF8.GetString(text);
                return true;
            }

            if (field != 2)
                return false;
            Walk(value, value.Position + length, (kind, size) =>
            {
                if (kind != 1)
                    return false;
                long end = value.Position + size;
                if (size > 0 && value.ReadByte() == 8) // elem_type, a varint
                    type = (int)ReadVarint(value);
                value.Position = end;
                return true;
            });
            return true;
        });
        return name == input ? type : null;
    }

    /// <summary>Shows every field that holds bytes; the visitor says whether it read them, and what it did not read is skipped.</summary>
    private static void Walk(Stream stream, long end, Func<int, long, bool> visit)
    {
        while (stream.Position < end)
        {
            ulong tag = ReadVarint(stream);
            int wire = (int)(tag & 7);
            if (wire == Varint)
            {
                ReadVarint(stream);
                continue;
            }

            long length = wire switch
            {
                Fixed64 => 8,
                Fixed32 => 4,
                Bytes => (long)ReadVarint(stream),
                _ => throw new FormatException("it is no ONNX graph."),
            };
            if (length < 0 || stream.Position + length > end)
                throw new FormatException("it is no ONNX graph, or it is cut off.");
            long next = stream.Position + length;
            if (wire != Bytes || !visit((int)(tag >> 3), length))
                stream.Position = next;
        }
    }

    private static ulong ReadVarint(Stream stream)
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            int part = stream.ReadByte();
            if (part < 0)
                throw new FormatException("it is no ONNX graph, or it is cut off.");
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
                return value;
        }

        throw new FormatException("it is no ONNX graph.");
    }
}

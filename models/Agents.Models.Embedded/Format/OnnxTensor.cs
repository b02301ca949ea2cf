using System.Runtime.InteropServices;
using Google.Protobuf;

namespace Agents.Models.Embedded;

/// <summary>An initializer: its name, its dimensions and its <c>raw_data</c>, little-endian.</summary>
internal sealed record OnnxTensor(string Name, IReadOnlyList<int> Dimensions, int DataType, ByteString Raw)
{
    public const int Single = 1, Int8 = 3, Half = 10;

    private const uint Dims = 1 << 3, PackedDims = 1 << 3 | 2, Type = 2 << 3, NameTag = 8 << 3 | 2, RawData = 9 << 3 | 2;

    /// <summary>How many numbers there are.</summary>
    public long Count => Dimensions.Aggregate(1L, (product, dimension) => product * dimension);

    public static OnnxTensor Parse(ByteString content)
    {
        string name = "";
        int type = 0;
        var dimensions = new List<int>();
        ByteString raw = ByteString.Empty;
        OnnxFile.Each(content, (tag, input) =>
        {
            switch (tag)
            {
                case Dims:
                    dimensions.Add(checked((int)input.ReadInt64()));
                    return true;
                case PackedDims:
                    long end = input.ReadLength() + input.Position;
                    while (input.Position < end)
                        dimensions.Add(checked((int)input.ReadInt64()));
                    return true;
                case Type:
                    type = input.ReadInt32();
                    return true;
                case NameTag:
                    name = input.ReadString();
                    return true;
                case RawData:
                    raw = input.ReadBytes();
                    return true;
                default:
                    return false;
            }
        });
        return new OnnxTensor(name, dimensions, type, raw);
    }

    /// <summary>INT8 values.</summary>
    public sbyte[] Bytes() => MemoryMarshal.Cast<byte, sbyte>(Sized(1)).ToArray();

    /// <summary>The values as numbers; INT8 ones without their scale.</summary>
    /// <exception cref="FormatException">The data type is not one this reader knows.</exception>
    public float[] Numbers()
    {
        switch (DataType)
        {
            case Single:
                return MemoryMarshal.Cast<byte, float>(Sized(sizeof(float))).ToArray();
            case Half:
                ReadOnlySpan<Half> halves = MemoryMarshal.Cast<byte, Half>(Sized(2));
                float[] numbers = new float[halves.Length];
                for (int i = 0; i < numbers.Length; i++)
                    numbers[i] = (float)halves[i];
                return numbers;
            default:
                throw new FormatException($"the tensor '{Name}' has data type {DataType}; known are FLOAT (1), FLOAT16 (10), and INT8 (3) with a scale.");
        }
    }

    private ReadOnlySpan<byte> Sized(int size) => Raw.Length == Count * size
        ? Raw.Span
        : throw new FormatException($"the tensor '{Name}' of {string.Join("×", Dimensions)} holds {Raw.Length} bytes of inline data instead of {Count * size}.");
}

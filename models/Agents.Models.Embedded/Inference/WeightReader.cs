namespace Agents.Models.Embedded;

/// <summary>Finds weights by name and checks their dimensions.</summary>
internal sealed class WeightReader(IReadOnlyDictionary<string, OnnxTensor> tensors)
{
    /// <exception cref="FormatException">It is missing, or has other dimensions.</exception>
    public WeightTensor Matrix(string name, int rows, int columns)
    {
        OnnxTensor tensor = Find(name, rows, columns);
        if (tensor.DataType != OnnxTensor.Int8)
            return new WeightTensor(rows, columns, tensor.Numbers());
        if (!tensors.TryGetValue(name + ".scale", out OnnxTensor? scale))
            throw new FormatException($"the INT8 tensor '{name}' has no '{name}.scale'.");
        if (scale.Count != rows)
            throw new FormatException($"'{scale.Name}' has {scale.Count} numbers instead of one for each of {rows} rows.");
        return new WeightTensor(rows, columns, tensor.Bytes(), scale.Numbers());
    }

    /// <summary>A vector, padded with zeros to whole registers.</summary>
    /// <exception cref="FormatException">It is missing, or has another length.</exception>
    public AlignedFloats Vector(string name, int length)
    {
        var vector = new AlignedFloats(Lanes.Padded(length), isCleared: true);
        Find(name, length).Numbers().CopyTo(vector.Span);
        return vector;
    }

    private OnnxTensor Find(string name, params ReadOnlySpan<int> dimensions)
    {
        if (!tensors.TryGetValue(name, out OnnxTensor? tensor))
            throw new FormatException($"the tensor '{name}' is missing.");
        return dimensions.SequenceEqual([.. tensor.Dimensions]) ? tensor
            : throw new FormatException($"the tensor '{name}' is {string.Join("×", tensor.Dimensions)}; by the metadata it is {string.Join("×", dimensions.ToArray())}.");
    }
}

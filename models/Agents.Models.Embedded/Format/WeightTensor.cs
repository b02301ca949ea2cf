namespace Agents.Models.Embedded;

/// <summary>A weight as the file holds it: INT8 with a scale a row, or numbers. Row-major.</summary>
internal sealed class WeightTensor
{
    private readonly float[] numbers = [];

    /// <summary>INT8 rows, each with its scale.</summary>
    public WeightTensor(int rows, int columns, sbyte[] bytes, float[] scales) => (Rows, Columns, Bytes, Scales) = (rows, columns, bytes, scales);

    /// <summary>Numbers.</summary>
    public WeightTensor(int rows, int columns, float[] numbers) => (Rows, Columns, this.numbers) = (rows, columns, numbers);

    public int Rows { get; }

    public int Columns { get; }

    public sbyte[]? Bytes { get; }

    public float[]? Scales { get; }

    public float this[int row, int column] => Bytes is null ? numbers[row * Columns + column] : Bytes[row * Columns + column] * Scales![row];
}

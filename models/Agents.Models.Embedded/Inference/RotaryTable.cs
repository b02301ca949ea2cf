namespace Agents.Models.Embedded;

/// <summary>Cosines and sines of the rotary angles: position · θ^(−2i / head width).</summary>
internal sealed unsafe class RotaryTable
{
    private readonly AlignedFloats cosines;
    private readonly AlignedFloats sines;
    private readonly int stride;

    public RotaryTable(ModelShape shape)
    {
        Half = shape.HeadWidth / 2;
        stride = Lanes.Padded(Half);
        cosines = new AlignedFloats(shape.Context * stride, isCleared: true);
        sines = new AlignedFloats(shape.Context * stride, isCleared: true);
        for (int i = 0; i < Half; i++)
        {
            double frequency = Math.Pow(shape.RotaryBase, -2.0 * i / shape.HeadWidth);
            for (int position = 0; position < shape.Context; position++)
            {
                (double sine, double cosine) = Math.SinCos(position * frequency);
                cosines.Pointer[position * stride + i] = (float)cosine;
                sines.Pointer[position * stride + i] = (float)sine;
            }
        }
    }

    public int Half { get; }

    public float* Cosines(int position) => cosines.Pointer + (long)position * stride;

    public float* Sines(int position) => sines.Pointer + (long)position * stride;
}

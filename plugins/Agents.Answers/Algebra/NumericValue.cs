using System.Numerics;

namespace Agents.Answers.Algebra;

/// <summary>A complex number in double precision with the size of the largest term that entered it, which bounds the error of cancellation.</summary>
internal readonly record struct NumericValue(Complex Value, double Scale)
{
    private const double RelativeTolerance = 1e-9;
    private const double CancellationTolerance = 1e-12;

    public NumericValue(Complex value) : this(value, Complex.Abs(value)) { }

    public bool IsDefined => double.IsFinite(Value.Real) && double.IsFinite(Value.Imaginary) && double.IsFinite(Scale);

    /// <summary>Whether the two agree as far as double precision can tell.</summary>
    public bool AgreesWith(NumericValue other)
    {
        double size = Math.Max(Complex.Abs(Value), Complex.Abs(other.Value));
        return Complex.Abs(Value - other.Value) <= Math.Max(RelativeTolerance * size, CancellationTolerance * Math.Max(Scale, other.Scale));
    }
}

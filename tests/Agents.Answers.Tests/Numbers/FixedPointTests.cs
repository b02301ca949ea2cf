using System.Numerics;
using Agents.Answers.Numbers;

namespace Agents.Answers.Tests.Numbers;

public sealed class FixedPointTests
{
    private static string Digits(BigInteger value, int count) => ((value * BigInteger.Pow(10, count)) >> FixedPoint.Places).ToString(System.Globalization.CultureInfo.InvariantCulture);

    [Fact]
    public void Constants_HaveTheirSixtyDigits()
    {
        Assert.Equal("3141592653589793238462643383279502884197169399375105820974944", Digits(FixedPoint.Pi, 60));
        Assert.Equal("2718281828459045235360287471352662497757247093699959574966967", Digits(FixedPoint.E, 60));
    }

    [Theory]
    [InlineData(1, 3)]
    [InlineData(7, 2)]
    [InlineData(-5, 4)]
    public void Functions_InvertEachOther(int numerator, int denominator)
    {
        BigInteger x = FixedPoint.Of(Rational.Of(numerator, denominator));
        BigInteger back = FixedPoint.Logarithm(FixedPoint.Exponential(x)!.Value)!.Value;
        Assert.True(BigInteger.Abs(back - x) < FixedPoint.One >> 220);
        BigInteger sine = FixedPoint.Sine(x), cosine = FixedPoint.Cosine(x);
        Assert.True(BigInteger.Abs(((sine * sine) >> FixedPoint.Places) + ((cosine * cosine) >> FixedPoint.Places) - FixedPoint.One) < FixedPoint.One >> 220);
    }

    [Fact]
    public void SquareRoot_OfTwo_SquaresBack()
    {
        BigInteger root = FixedPoint.SquareRoot(2 * FixedPoint.One)!.Value;
        Assert.True(BigInteger.Abs(((root * root) >> FixedPoint.Places) - (2 * FixedPoint.One)) < FixedPoint.One >> 250);
        Assert.Null(FixedPoint.SquareRoot(-FixedPoint.One));
    }
}

using Agents.Answers.Numbers;
using FsCheck;
using FsCheck.Fluent;

namespace Agents.Answers.Tests.Numbers;

public sealed class RationalTests
{
    private static readonly Arbitrary<Rational> Rationals = (from n in Gen.Choose(-1000, 1000) from d in Gen.Choose(1, 1000) select Rational.Of(n, d)).ToArbitrary();

    [Fact]
    public void Arithmetic_IsAField() => Prop.ForAll(Rationals, Rationals, Rationals, (a, b, c) =>
        a + b == b + a && a * (b + c) == (a * b) + (a * c) && (a - b) + b == a && (b.IsZero || a / b * b == a)).QuickCheckThrowOnFailure();

    [Fact]
    public void Default_IsZero() => Assert.True(default(Rational) + Rational.One == Rational.One);

    [Fact]
    public void ToDouble_HugeTerms_StaysAccurate() => Assert.Equal(1.0 / 3, (Rational.PowerOfTen(400) / (Rational.PowerOfTen(400) * 3)).ToDouble(), 15);

    [Fact]
    public void Power_BeyondTheBound_IsNull() => Assert.Null(new Rational(10).Power(2000));
}

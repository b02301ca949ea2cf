using System.Globalization;
using System.Numerics;
using Agents.Reasoning.Verifiers;
using FsCheck;
using FsCheck.Fluent;

namespace Agents.Reasoning.Tests.Verifiers;

public sealed class ArithmeticLawTests
{
    private static readonly Arbitrary<int> seeds = Gen.Choose(0, int.MaxValue - 1).ToArbitrary();

    [Fact]
    public void ATrueEquality_IsRight_AndIsWrongWithAnotherResult() => Prop.ForAll(seeds, seed =>
    {
        var random = new Random(seed);
        (string text, BigInteger top, BigInteger bottom) = Calculation(random, 4);
        string result = bottom.IsOne ? $"{top}" : $"{top}/{bottom}";
        string other = bottom.IsOne ? $"{top + 1}" : $"{top + 1}/{bottom}";
        return ArithmeticVerifier.Check($"{text} = {result}").Score == 1 && ArithmeticVerifier.Check($"{text} = {other}").Score == 0;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void ProseAround_ChangesNothing() => Prop.ForAll(seeds, seed =>
    {
        (string text, BigInteger top, BigInteger bottom) = Calculation(new Random(seed), 3);
        string equality = bottom.IsOne ? $"{text} = {top}" : $"{text} = {top}/{bottom}";
        return ArithmeticVerifier.Check($"In the year 2020 they counted {equality} boxes, and 7 more came.").Score == 1
            && ArithmeticVerifier.Check($"1. Count:\n   {equality}\n2. The answer is **{top}**.").Score == 1;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void AnyText_IsReadWithoutAnException() => Prop.ForAll(seeds, seed =>
    {
        var random = new Random(seed);
        string[] pieces = ["1", "20", "3.5", ",", ".", " ", "\n", "=", "≈", "+", "-", "*", "**", "/", "^", "(", ")", "<<", ">>", "x", "of", "times", "is", "%", "\\frac", "{", "}", "\\text{", "$", "apples", "…", "²", "½", "\\", "\0", "\ud800", "e", "00", ":", "divided by", "equals"];
        string text = string.Concat(Enumerable.Range(0, random.Next(60)).Select(_ => pieces[random.Next(pieces.Length)]));
        Verdict verdict = ArithmeticVerifier.Check(text);
        return verdict.Score is null or 0 or 1 && verdict.Steps.All(s => s is null or 0 or 1);
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("(")]
    [InlineData("((1+")]
    [InlineData("1+")]
    [InlineData("9^9^")]
    [InlineData("9*9=9*")]
    [InlineData("99999999999999999999*")]
    [InlineData("<<1+1=2")]
    [InlineData("\\frac{1}{")]
    [InlineData("\\text{")]
    [InlineData("1 apples ")]
    [InlineData("9")]
    public void HostileText_IsReadToTheEnd(string piece)
    {
        string text = string.Concat(Enumerable.Repeat(piece, 100_000 / piece.Length)) + "\nSo 1 + 1 = 3";
        Assert.True(ArithmeticVerifier.Check(text).Score is 0 or null);
    }

    /// <summary>A calculation with its value, worked out apart from the library.</summary>
    private static (string Text, BigInteger Top, BigInteger Bottom) Calculation(Random random, int depth)
    {
        (string left, BigInteger a, BigInteger b) = Operand(random, depth);
        (string right, BigInteger c, BigInteger d) = Operand(random, depth);
        char sign = c.IsZero ? '+' : "+-*/"[random.Next(4)];
        (BigInteger top, BigInteger bottom) = sign switch { '+' => ((a * d) + (c * b), b * d), '-' => ((a * d) - (c * b), b * d), '*' => (a * c, b * d), _ => (a * d, b * c) };
        if (bottom.Sign < 0)
            (top, bottom) = (-top, -bottom);
        BigInteger divisor = BigInteger.GreatestCommonDivisor(top, bottom);
        return ($"{left} {sign} {right}", top / divisor, bottom / divisor);
    }

    private static (string Text, BigInteger Top, BigInteger Bottom) Operand(Random random, int depth)
    {
        if (depth > 0 && random.Next(2) == 0)
        {
            (string text, BigInteger top, BigInteger bottom) = Calculation(random, depth - 1);
            return ($"({text})", top, bottom);
        }

        int number = random.Next(1, 2000);
        return random.Next(4) == 0
            ? (string.Create(CultureInfo.InvariantCulture, $"{number / 10.0:0.0}"), number / BigInteger.GreatestCommonDivisor(number, 10), 10 / BigInteger.GreatestCommonDivisor(number, 10))
            : (number.ToString("#,0", CultureInfo.InvariantCulture), number, 1);
    }
}

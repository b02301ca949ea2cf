using Agents.Answers.Algebra;
using Agents.Answers.Expressions;

namespace Agents.Answers.Tests.Algebra;

public sealed class NormalFormTests
{
    private static Quotient? Of(string text) => NormalForm.Of(Parser.Parse(Lexer.Read(text))!, new Work());

    [Theory]
    [InlineData("(a+b)^2", "a^2+2ab+b^2")]
    [InlineData("\\sqrt{12}", "2\\sqrt{3}")]
    [InlineData("\\frac{1}{\\sqrt{2}-1}", "\\sqrt{2}+1")]
    [InlineData("(1+i)^4", "-4")]
    [InlineData("\\frac{x^2-y^2}{x+y}", "x-y")]
    public void Same_EqualExpressions_AreProvedEqual(string left, string right) => Assert.True(Quotient.Same(Of(left)!, Of(right)!, new Work()));

    [Theory]
    [InlineData("\\sqrt{2}+\\sqrt{3}", "\\sqrt{5}")]
    [InlineData("x+1", "x-1")]
    [InlineData("\\sqrt[3]{2}", "\\sqrt{2}")]
    public void Same_DifferentExpressionsOverIndependentAtoms_AreProvedDifferent(string left, string right) => Assert.False(Quotient.Same(Of(left)!, Of(right)!, new Work()));

    [Fact]
    public void Same_TrigonometricIdentity_IsLeftOpen() => Assert.Null(Quotient.Same(Of("\\sin^2 x+\\cos^2 x")!, Of("1")!, new Work()));

    [Theory]
    [InlineData("\\frac{1}{0}")]
    [InlineData("\\frac{x}{x-x}")]
    public void Of_DivisionByZero_IsNull(string text) => Assert.Null(Of(text));

    [Fact]
    public void Of_SpentWork_IsNull() => Assert.Null(NormalForm.Of(Parser.Parse(Lexer.Read("(a+b)^9"))!, new Work(20)));
}

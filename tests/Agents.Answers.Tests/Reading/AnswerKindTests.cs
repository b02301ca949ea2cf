namespace Agents.Answers.Tests.Reading;

public sealed class AnswerKindTests
{
    [Theory]
    [InlineData("42", AnswerKind.Number)]
    [InlineData("\\frac{1}{2}", AnswerKind.Number)]
    [InlineData("50%", AnswerKind.Number)]
    [InlineData("5 cm", AnswerKind.Number)]
    [InlineData("x+1", AnswerKind.Expression)]
    [InlineData("(1,2)", AnswerKind.Expression)]
    [InlineData("x<3", AnswerKind.Expression)]
    [InlineData("(B)", AnswerKind.Choice)]
    [InlineData("B", AnswerKind.Choice)]
    [InlineData("Yes.", AnswerKind.Boolean)]
    [InlineData("12/13/2001", AnswerKind.Date)]
    [InlineData("13/13/2001", AnswerKind.Number)]
    [InlineData("5:30 pm", AnswerKind.Time)]
    [InlineData("the red house", AnswerKind.Text)]
    [InlineData("", AnswerKind.Text)]
    public void Parse_Text_IsReadAsItsKind(string text, AnswerKind kind) => Assert.Equal(kind, Answer.Parse(text).Kind);

    [Theory]
    [InlineData("2/4", "1/2")]
    [InlineData("0.50", "1/2")]
    [InlineData("1+x", "x+1")]
    [InlineData("\\sqrt{8}", "2\\sqrt{2}")]
    public void Canonical_EqualValues_ShareOneForm(string left, string right) => Assert.Equal(Answer.Parse(right).Canonical, Answer.Parse(left).Canonical);
}

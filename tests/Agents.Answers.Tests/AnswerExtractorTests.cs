namespace Agents.Answers.Tests;

public sealed class AnswerExtractorTests
{
    [Theory]
    [InlineData("The answer is -5", "-5", ExtractionRule.Cue)]
    [InlineData("That makes 1,234 in all.", "1,234", ExtractionRule.LastNumber)]
    [InlineData("He ran 3.5 miles", "3.5", ExtractionRule.LastNumber)]
    [InlineData("so \\boxed{1/2}", "1/2", ExtractionRule.Boxed)]
    [InlineData("The value is about 3.14.", "3.14", ExtractionRule.LastNumber)]
    [InlineData("The answer is 42.", "42", ExtractionRule.Cue)]
    [InlineData("The answer is 1. No: the answer is 2.", "2", ExtractionRule.Cue)]
    [InlineData("\\boxed{\\frac{1}{\\sqrt{2}}}", "\\frac{1}{\\sqrt{2}}", ExtractionRule.Boxed)]
    [InlineData("\\boxed{1}, or rather, on reflection \\boxed{2}", "2", ExtractionRule.Boxed)]
    [InlineData("work\n#### 1,080", "1,080", ExtractionRule.Hashes)]
    [InlineData("<answer> 7 </answer>", "7", ExtractionRule.AnswerTag)]
    [InlineData("<answer>so \\boxed{7}</answer>", "7", ExtractionRule.AnswerTag)]
    [InlineData("```json\n{\"answer\": \"12 cm\"}\n```", "12 cm", ExtractionRule.JsonField)]
    [InlineData("所以答案是 15。", "15", ExtractionRule.Cue)]
    [InlineData("**Final Answer**\n\n$x = 4$", "$x = 4$", ExtractionRule.Cue)]
    [InlineData("Paris", "Paris", ExtractionRule.LastLine)]
    public void Extract_TextWithAnswer_FindsItByTheRule(string text, string expected, ExtractionRule rule)
    {
        ExtractedAnswer? found = AnswerExtractor.Default.ExtractWithSpan(text);
        Assert.NotNull(found);
        Assert.Equal(expected, found.Value.Answer.Text);
        Assert.Equal(rule, found.Value.Rule);
        Assert.InRange(found.Value.Start, 0, text.Length);
        Assert.InRange(found.Value.Start + found.Value.Length, 0, text.Length);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   \n ")]
    [InlineData("<think>I believe it is 7")]
    [InlineData("<think>7</think>")]
    [InlineData("\\boxed{}")]
    public void Extract_NothingStated_Abstains(string text) => Assert.Null(AnswerExtractor.Default.Extract(text));

    [Theory]
    [InlineData("<think>maybe 3</think>The total is 8", "8")]
    [InlineData("first 3, then 4</think>The total is 8", "8")]
    [InlineData("The total is 8 <think>or is it 9", "8")]
    public void Extract_Thinking_IsSetAside(string text, string expected) => Assert.Equal(expected, AnswerExtractor.Default.Extract(text)?.Text);

    [Theory]
    [InlineData("I think (B) is best, not (A)... so (B).", AnswerKind.Choice, "B")]
    [InlineData("A dog barks, hence the answer is C", AnswerKind.Choice, "C")]
    [InlineData("On 12/13/2001 she left; she came back on 12/15/2001.", AnswerKind.Date, "12/15/2001")]
    [InlineData("It was born on December 13, 2001", AnswerKind.Date, "December 13, 2001")]
    [InlineData("The train leaves at 5:30 pm.", AnswerKind.Time, "5:30 pm")]
    [InlineData("So yes, it is possible.", AnswerKind.Boolean, "yes")]
    [InlineData("We have 3 + 4 = 7 apples.", AnswerKind.Number, "7")]
    [InlineData("The answer is 86 glasses and 42 plates.", AnswerKind.Number, "86")]
    [InlineData("Here: {\"a\": [1, 2]} done", AnswerKind.Json, "{\"a\": [1, 2]}")]
    public void Extract_KindIsKnown_FindsThatKind(string text, AnswerKind kind, string expected) => Assert.Equal(expected, AnswerExtractor.Default.Extract(text, kind)?.Text);

    [Theory]
    [InlineData("I do not know.", AnswerKind.Number)]
    [InlineData("It depends on the weather.", AnswerKind.Boolean)]
    [InlineData("There are 12 of them.", AnswerKind.Date)]
    [InlineData("nothing here", AnswerKind.Choice)]
    [InlineData("{broken", AnswerKind.Json)]
    public void Extract_NoValueOfTheKind_Abstains(string text, AnswerKind kind) => Assert.Null(AnswerExtractor.Default.Extract(text, kind));
}

using static Agents.Rewards.CompletionFaults;

namespace Agents.Rewards.Tests.Completions;

public sealed class CompletionFormTests
{
    [Theory]
    [InlineData("<think>2 and 2 are 4</think><answer>4</answer>", None)]
    [InlineData("  <think>2 and 2 are 4</think>\n<answer> 4 </answer>\n", None)]
    [InlineData("2 and 2 are 4</think><answer>4</answer>", None)]
    [InlineData("<answer>4</answer>", NoThinking)]
    [InlineData("<think></think><answer>4</answer>", EmptyThinking)]
    [InlineData("<think> … \n</think><answer>4</answer>", EmptyThinking)]
    [InlineData("<think> reasoning process here </think><answer>4</answer>", EmptyThinking)]
    [InlineData("<think>so it is 4<answer>4</answer>", UnclosedThinking | NoAnswer | AnswerInThinking)]
    [InlineData("<think>one way</think><think>another way</think><answer>4</answer>", RepeatedThinking)]
    [InlineData("<think>one way</think><answer>4</answer><think>wait, what", UnclosedThinking | RepeatedThinking)]
    [InlineData("<think>it is 4</think>", NoAnswer)]
    [InlineData("<think>it is 4</think>4", NoAnswer)]
    [InlineData("<think>it is 4</think><answer></answer>", EmptyAnswer)]
    [InlineData("<think>it is 4</think><answer>4", UnclosedAnswer | NoAnswer)]
    [InlineData("<think>it is 4</think>4</answer>", UnclosedAnswer | NoAnswer)]
    [InlineData("<think>it is 4</think><answer>3<answer>4</answer>", UnclosedAnswer | TextOutside)]
    [InlineData("<think>it is 4</think><answer>4</answer><answer>4</answer>", RepeatedAnswer)]
    [InlineData("<think>so <answer>4</answer> it is</think><answer>4</answer>", AnswerInThinking)]
    [InlineData("Sure! <think>it is 4</think><answer>4</answer>", TextOutside)]
    [InlineData("<think>it is 4</think>So: <answer>4</answer>", TextOutside)]
    [InlineData("<think>it is 4</think><answer>4</answer> I hope this helps.", TextOutside)]
    [InlineData("<THINK>it is 4</THINK><Answer>4</Answer>", None)]
    [InlineData("", NoThinking | NoAnswer)]
    public void Read_Completion_NamesEveryDepartureFromTheTemplate(string completion, CompletionFaults faults) =>
        Assert.Equal(faults, CompletionForm.Read(completion).Faults);

    [Fact]
    public void Read_Completion_TakesItApart()
    {
        CompletionForm form = CompletionForm.Read("<think>a</think>before <answer> 1 </answer> between <answer>2</answer> after");
        Assert.Equal("a", form.Thinking);
        Assert.Equal(["1", "2"], form.Answers);
        Assert.Equal(["before", "between", "after"], form.Outside.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void Read_AnyPiecesInAnyOrder_NeverThrows()
    {
        string[] pieces = ["<think>", "</think>", "<answer>", "</answer>", "4", " words ", "\\boxed{", "}", "<", "\n", "…"];
        var random = new Random(1);
        for (int i = 0; i < 20_000; i++)
        {
            string text = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => pieces[random.Next(pieces.Length)]));
            var item = new RewardItem(text);
            bool isClean = CompletionForm.Read(text).Faults == None;
            Assert.True(!isClean || (item.Form.Answers.Count == 1 && item.Form.Thinking is not null), text);
            _ = item.Faults;
        }
    }
}

using Agents.Answers;
using Agents.Reasoning;

namespace Agents.Evaluation.Tests;

public sealed class CorrectnessTests
{
    private static readonly EvaluationItem item = new("g", "Make 24 of 4 5 6 10.", "24", [new("a", "4 * 5 + 10 - 6", true), new("b", "4 * 6", false), new("c", "24", null)]);

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public void Recorded_FlagOfTheStatedAnswer_DecidesAndGoldWhereThereIsNone(int selected, bool expected)
    {
        ReasoningResult result = Result(selected);
        Assert.Equal(expected, new RecordedCorrectness().Judge(item, result));
        Assert.Equal(expected, new RecordedCorrectness().Judge(item, result.Candidates[selected]));
    }

    [Fact]
    public void Recorded_AnswerThatOnlyALaterCandidateStates_TakesThatCandidatesFlag() =>
        Assert.True(new RecordedCorrectness().Judge(item, Result(1) with { Answer = Answer.Parse("4 * 5 + 10 - 6") }));

    [Fact]
    public void Judge_NoAnswer_IsWrong()
    {
        ReasoningResult none = new() { Strategy = "s", StopReason = StopReason.NoAnswer };
        Assert.False(new RecordedCorrectness().Judge(item, none));
        Assert.False(new GoldCorrectness().Judge(item, none));
    }

    [Fact]
    public void Recorded_AnswerReadFromTheTextThatIsNotTheRecordedOne_IsComparedWithGold()
    {
        // The flag was recorded with "4 * 6"; it says nothing about "24".
        Candidate read = Result(1).Candidates[1] with { Answer = Answer.Parse("24") };
        Assert.True(new RecordedCorrectness().Judge(item, read));
        Assert.False(new RecordedCorrectness().Judge(item, read with { Answer = Answer.Parse("25") }));
    }

    [Fact]
    public void Gold_EquivalentAnswer_IsRightWhateverWasRecorded() => Assert.True(new GoldCorrectness().Judge(item, Result(2)));

    private static ReasoningResult Result(int selected)
    {
        Candidate[] candidates = [.. item.Samples.Select((_, i) =>
        {
            var sample = new Sample(i, $"k{i}", ReplaySampler.OutcomeOf(item, i));
            return new Candidate(i, sample, RecordedAnswerExtractor.Instance.Extract(sample, AnswerKind.Any));
        })];
        return new ReasoningResult { Strategy = "s", StopReason = StopReason.Completed, Candidates = candidates, Selected = candidates[selected], Answer = candidates[selected].Answer };
    }
}

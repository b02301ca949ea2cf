using System.Text.Json;

namespace Agents.Reasoning.Tests.Contract;

public sealed class RecordedResultTests
{
    [Fact]
    public void ResultJournaledBeforeThereWereStages_ReadsAsOneWithoutAny() =>
        Assert.Empty(JsonSerializer.Deserialize("""{"strategy":"direct","stop_reason":"completed"}""", ReasoningJson.Readable.ReasoningResult)!.Stages);

    [Fact]
    public void Stages_SurviveTheJournal()
    {
        var result = new ReasoningResult { Strategy = "cascade", StopReason = StopReason.Fallback, Stages = [new("expert", true, 0.5, 3, 90, 0.25m)] };
        ReasoningResult read = JsonSerializer.Deserialize(JsonSerializer.Serialize(result, ReasoningJson.Readable.ReasoningResult), ReasoningJson.Readable.ReasoningResult)!;
        Assert.Equal(result.Stages, read.Stages);
        Assert.Equal(StopReason.Fallback, read.StopReason);
    }
}

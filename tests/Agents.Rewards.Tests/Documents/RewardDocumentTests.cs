using Agents.Reasoning;

namespace Agents.Rewards.Tests.Documents;

public sealed class RewardDocumentTests
{
    [Fact]
    public async Task Parse_Document_WeighsItsRewards()
    {
        RewardFunction function = RewardDocument.Parse("""
            {"rewards":[{"reward":"accuracy"},{"reward":"format","weight":0.2,"template":"think-answer-lenient"},{"reward":"language","language":"en","weight":0.1},{"reward":"overlong","limit":100,"buffer":50}]}
            """);
        RewardResult result = await function.ScoreAsync(new RewardItem("<think>two and two</think>So <answer>4</answer>") { Gold = "4", Tokens = 75 });
        Assert.Equal(1 + .2 + .1 - .5, result.Reward, 12);
        Assert.Equal(["accuracy", "format", "language", "overlong"], result.Parts.Select(p => p.Name));
    }

    [Theory]
    [InlineData("[]", "$: an object was expected, found a list")]
    [InlineData("{}", "$: \"rewards\" is missing")]
    [InlineData("{", "$: not JSON")]
    [InlineData("""{"rewards":[]}""", "$.rewards: names no reward")]
    [InlineData("""{"rewards":[{"reward":"acuracy"}]}""", "$.rewards[0].reward: there is no reward 'acuracy'; did you mean 'accuracy'?")]
    [InlineData("""{"rewards":[{"reward":"accuracy","wieght":2}]}""", "$.rewards[0]: there is no field \"wieght\"; did you mean 'weight'?")]
    [InlineData("""{"rewards":[{"reward":"accuracy","weight":"2"}]}""", "$.rewards[0].weight: a finite number was expected, found text")]
    [InlineData("""{"rewards":[{"reward":"accuracy"},{"reward":"language","language":"xx"}]}""", "$.rewards[1].language: There is no script known for the language 'xx'")]
    [InlineData("""{"rewards":[{"reward":"overlong","limit":10,"buffer":20}]}""", "$.rewards[0].limit: ")]
    [InlineData("""{"rewards":[{"reward":"overlong","buffer":20}]}""", "$.rewards[0]: \"limit\" is missing")]
    [InlineData("""{"rewards":[{"reward":"format","template":"haiku"}]}""", "$.rewards[0].template: there is no template 'haiku'")]
    [InlineData("""{"rewards":[{"reward":"verifier","verifier":"arithmetic"}]}""", "$.rewards[0]: verifiers are not to be had here")]
    [InlineData("""{"rewards":[{"reward":"accuracy"}],"refuse":["several"]}""", "$.refuse[0]: \"several\" is no fault")]
    public void Parse_BadDocument_SaysWhatAndWhere(string json, string message) =>
        Assert.StartsWith(message, Assert.Throws<DocumentException>(() => RewardDocument.Parse(json)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"gold":"4"}""", "line 7: \"completion\" is missing")]
    [InlineData("""{"completion":4}""", "line 7.completion: text was expected, found 4")]
    [InlineData("""{"completion":"4","expect":"numbre"}""", "line 7.expect: there is no kind of answer 'numbre'")]
    [InlineData("4", "line 7: an object was expected, found 4")]
    public void ParseRow_BadRow_SaysWhatAndWhere(string json, string message) =>
        Assert.StartsWith(message, Assert.Throws<DocumentException>(() => RewardRow.Parse(json, "line 7")).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Score_Rows_ComparesThoseOfOneGroup()
    {
        string[] lines =
        [
            """{"id":1,"completion":"<think>a</think><answer>4</answer>","gold":4,"group":"a"}""",
            """{"id":"b","completion":"<think>a</think><answer>5</answer>","gold":"5","question":"q"}""",
            """{"id":3,"completion":"<think>a</think><answer>3</answer>","gold":4,"group":"a"}""",
            """{"completion":"<think>a</think><answer>4</answer>"}""",
        ];
        IReadOnlyList<RewardedRow> rows = await RewardedRow.ScoreAsync([.. lines.Select(l => RewardRow.Parse(l, "line"))], RewardDocument.Default, AdvantageRule.DrGrpo);
        Assert.Equal([1.2, 1.2, .2, .2], rows.Select(r => r.Result.Reward));
        Assert.Equal([.5, 0, -.5, 0], rows.Select(r => Math.Round(r.Advantage!.Value, 12)));
        Assert.StartsWith("""{"id":1,"reward":1.2,"advantage":0.5,"parts":[{"reward":"accuracy","weight":1,"value":1,"reason":"equals the right answer"}""", rows[0].ToJson(), StringComparison.Ordinal);
        Assert.Contains("\"value\":null", rows[3].ToJson(), StringComparison.Ordinal);
    }
}

using Agents.Reasoning;
using Agents.Rewards;

namespace Agents.Distillation.Tests.Recipes;

public sealed class RecipeDocumentTests
{
    private static DistillationRecipe Parse(string json) => RecipeDocument.Parse(json, name => name == "known" ? new AccuracyReward() : throw new ArgumentException($"There is no verifier '{name}'."), file => [file]);

    [Fact]
    public void Parse_EveryStep_IsMade()
    {
        DistillationRecipe recipe = Parse("""
            {"name":"all","description":"d","system":"s","style":"think-answer","test":0.1,"seed":3,
             "steps":[{"step":"correct"},{"step":"vote","share":0.6,"votes":3},{"step":"verifier","verifier":"known","threshold":0.5},{"step":"verifier","verifier":"known","precision":0.9,"confidence":0.9,"held_out":0.3},
                      {"step":"distinct"},{"step":"faults"},{"step":"format","template":"think"},{"step":"language","language":"en","least":0.8},{"step":"length","least":3,"most":9},
                      {"step":"repetition","most":0.2,"words":4},{"step":"decontaminate","against":["f"],"words":5},{"step":"limit","most":2,"order":"shortest"}],
             "outputs":["trl-messages",{"format":"trl-dpo","name":"pairs"}]}
            """);
        Assert.Equal(["correct", "vote", "accuracy", null, "distinct calculations", "faults", "format", "language", "length", "repetition", "decontamination", "limit"], recipe.Steps.Select(s => s.Step?.Name));
        Assert.Equal(["trl-messages", "pairs"], recipe.Outputs.Select(o => o.Name));
        Assert.Equal(64, recipe.Hash.Length);
    }

    [Theory]
    [InlineData("""{"steps":[],"outputs":["trl-kto"]}""", "$: \"name\" is missing")]
    [InlineData("""{"name":"n","steps":[],"outputs":[]}""", "$.outputs: names no format")]
    [InlineData("""{"name":"n","steps":[],"outputs":["trl-dpp"]}""", "$.outputs[0]: there is no format 'trl-dpp'; did you mean 'trl-dpo'?")]
    [InlineData("""{"name":"n","steps":[{"step":"corect"}],"outputs":["trl-kto"]}""", "$.steps[0].step: there is no step 'corect'; did you mean 'correct'?")]
    [InlineData("""{"name":"n","steps":[{"step":"vote","shares":1}],"outputs":["trl-kto"]}""", "$.steps[0]: there is no field \"shares\"; did you mean 'share'?")]
    [InlineData("""{"name":"n","steps":[{"step":"vote","share":2}],"outputs":["trl-kto"]}""", "$.steps[0].share: The share must be")]
    [InlineData("""{"name":"n","steps":[{"step":"verifier","verifier":"known"}],"outputs":["trl-kto"]}""", "$.steps[0]: a verifier needs either")]
    [InlineData("""{"name":"n","steps":[{"step":"verifier","verifier":"who","threshold":1}],"outputs":["trl-kto"]}""", "$.steps[0].verifier: There is no verifier 'who'")]
    [InlineData("""{"name":"n","steps":[{"step":"limit","most":2,"order":"random"}],"outputs":["trl-kto"]}""", "$.steps[0].order: there is no 'random'")]
    [InlineData("""{"name":"n","steps":[],"outputs":["trl-kto"],"test":1}""", "$.test: the share")]
    [InlineData("""{"name":"n","steps":[],"outputs":["trl-kto",{"format":"trl-dpo","name":"trl-kto"}]}""", "$.outputs: 'trl-kto' would be written twice")]
    [InlineData("""{"name":"n","steps":[],"outputs":[{"format":"trl-dpo","name":"../x"}]}""", "$.outputs[0].name: a file's name")]
    public void Parse_BadRecipe_SaysWhatAndWhere(string json, string message) =>
        Assert.StartsWith(message, Assert.Throws<DocumentException>(() => Parse(json)).Message, StringComparison.Ordinal);
}

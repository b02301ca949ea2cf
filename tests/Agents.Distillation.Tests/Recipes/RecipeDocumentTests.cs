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
        Assert.Equal(["correct", "vote", "accuracy", null, "distinct calculations", "faults", "format", "language", "length", "repetition", "decontamination", "limit"], recipe.Stages[0].Parts[0].Steps.Select(s => s.Step?.Name));
        Assert.Equal(["trl-messages", "pairs"], recipe.Stages[0].Outputs.Select(o => o.Name));
        Assert.Equal(64, recipe.Hash.Length);
    }

    [Fact]
    public void Parse_Stages_HaveSourcesSharesAndFiles()
    {
        DistillationRecipe recipe = Parse("""
            {"name":"two","seed":1,"stages":[
              {"name":"first","source":{"data":"d.jsonl","teacher":"people","licence":"MIT"},"steps":[],"count":5,"outputs":["trl-messages"]},
              {"name":"second","unit":"questions","size":40,"outputs":["trl-grpo"],"parts":[
                {"name":"a","source":{"strategy":"best-of-n","samples":4,"verifier":"known","set":{"temperature":0.5}},"steps":[],"weight":3},
                {"name":"b","source":{"runs":"folder"},"steps":[],"weight":1},
                {"name":"c","source":{"hinted":2,"samples":4},"steps":[]},
                {"name":"d","source":{"messages":"m.jsonl"},"steps":[]},
                {"name":"e","source":{"samples":4},"steps":[]}]}]}
            """);
        Assert.Equal(["first", "second"], recipe.Stages.Select(s => s.Name));
        Assert.Equal((5, (double?)null), (recipe.Stages[0].Parts[0].Count, recipe.Stages[0].Parts[0].Weight));
        Assert.Equal((MixtureUnit.Questions, 40), (recipe.Stages[1].Unit, recipe.Stages[1].Size));
        Assert.Equal(["candidates of best-of-n", "journaled runs", "hinted rationales, 2 a failed question", "conversations m.jsonl", "samples, 4 a question"], recipe.Stages[1].Parts.Select(p => p.Source.Description));
        Assert.Equal("0.5", Assert.IsType<StrategySource>(recipe.Stages[1].Parts[0].Source).Settings["temperature"]);
    }

    [Theory]
    [InlineData("""{"name":"n","stages":[]}""", "$.stages: names no stage")]
    [InlineData("""{"name":"n","stages":[{"name":"a/b","steps":[],"outputs":["trl-kto"]}]}""", "$.stages[0].name: a file's name")]
    [InlineData("""{"name":"n","stages":[{"name":"a","steps":[],"outputs":["trl-kto"]},{"name":"a","steps":[],"outputs":["trl-kto"]}]}""", "$.stages: there are two stages 'a'")]
    [InlineData("""{"name":"n","stages":[{"name":"a","steps":[],"outputs":["trl-kto"]}],"steps":[]}""", "$: there is no field \"steps\"")]
    [InlineData("""{"name":"n","parts":[{"name":"p","steps":[],"weight":0}],"outputs":["trl-kto"]}""", "$.parts[0].weight: must be over 0")]
    [InlineData("""{"name":"n","steps":[],"size":3,"outputs":["trl-kto"]}""", "$.size: is what parts with a weight")]
    [InlineData("""{"name":"n","source":{"run":"x"},"steps":[],"outputs":["trl-kto"]}""", "$.source: names no source. There are: samples")]
    [InlineData("""{"name":"n","source":{"hinted":0},"steps":[],"outputs":["trl-kto"]}""", "$.source.hinted: must be at least 1")]
    [InlineData("""{"name":"n","steps":[{"step":"rollouts"}],"outputs":["trl-kto"]}""", "$.steps[0]: rollouts ask a model: name one with --model")]
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

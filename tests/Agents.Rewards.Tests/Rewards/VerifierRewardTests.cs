using Agents.Reasoning;
using Agents.Reasoning.Verifiers;
using Agents.Testing;

namespace Agents.Rewards.Tests.Rewards;

public sealed class VerifierRewardTests
{
    private static VerifierReward Of(string verifier, ISampler? model = null) =>
        new(VerifierCatalogue.Create(verifier), new ReasoningRunner(new ReasoningModels(model ?? ScriptedSampler.Failing(CallFailureKind.Other, "must not be asked"))));

    [Theory]
    [InlineData("<think><step>6*7=42</step></think><answer>42</answer>", true)]
    [InlineData("<think><step>6*7=41</step></think><answer>41</answer>", false)]
    public async Task Score_Arithmetic_IsTheVerifiersWithoutAModelCall(string completion, bool isRight)
    {
        RewardScore score = await Of("arithmetic").ScoreAsync(new RewardItem(completion) { Question = "What is 6*7?" });
        Assert.True(isRight ? score.Value > .5 : score.Value < .5, score.ToString());
    }

    [Fact]
    public async Task Score_NothingToCheck_Abstains() =>
        Assert.Null((await Of("arithmetic").ScoreAsync(new RewardItem("<think>clear</think><answer>42</answer>") { Question = "What is 6*7?" })).Value);

    [Fact]
    public async Task Score_Judge_AsksTheModel()
    {
        ScriptedSampler judge = ScriptedSampler.FromTexts("It holds.\nVerdict: yes");
        RewardScore score = await Of("llm-judge", judge).ScoreAsync(new RewardItem("<think>6 times 7</think>It is <answer>42</answer>") { Question = "What is 6*7?" });
        Assert.True(judge.Calls > 0);
        Assert.NotNull(score.Reason);
    }

    [Fact]
    public async Task Score_WithoutTheQuestion_Abstains() => Assert.Null((await Of("arithmetic").ScoreAsync(new RewardItem("6*7=42"))).Value);

    [Theory]
    [InlineData("0", 1.0)]
    [InlineData("1", 0.0)]
    public async Task Score_UnitTests_AreTheExitCodeOfTheCommand(string exit, double reward)
    {
        var code = new List<string>();
        var command = new ScriptedSampler(call =>
        {
            lock (code)
                code.Add(call.Messages[^1].Text);
            return CallOutcome.FromText("ran") with { Metadata = new Dictionary<string, string> { [UnitTestVerifier.ExitCode] = exit } };
        });
        ReasoningModels models = new ReasoningModels(ScriptedSampler.Failing(CallFailureKind.Other, "must not be asked")).With(UnitTestVerifier.Role, command);
        RewardFunction function = RewardDocument.Parse("""{"rewards":[{"reward":"unit-tests"}]}""", name => new VerifierReward(name == "unit-tests" ? new UnitTestVerifier() : throw new ArgumentException(name), new ReasoningRunner(models)));
        RewardResult result = await function.ScoreAsync(new RewardItem("I add the two.\n```python\nprint(6*7)\n```\n") { Question = "Print six times seven." });
        Assert.Equal((reward, "unit-tests"), (result.Reward, result.Parts[0].Name));
        Assert.Equal(["print(6*7)\n"], code);
    }

    [Fact]
    public async Task Score_UnitTestsOfNoCode_Abstain()
    {
        var reward = new VerifierReward(new UnitTestVerifier(), new ReasoningRunner(new ReasoningModels(ScriptedSampler.Failing(CallFailureKind.Other, "must not be asked"))));
        Assert.Null((await reward.ScoreAsync(new RewardItem("It prints 42.") { Question = "Print six times seven." })).Value);
    }
}

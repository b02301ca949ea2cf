using Agents.Hosting.Workflows;
using Agents.Reasoning;
using Agents.Reasoning.Workflows;
using Agents.Testing;

namespace Agents.Hosting.Tests.Workflows;

/// <summary>The workflows of the repository run, and keep the contract of strategies.</summary>
public sealed class ShippedWorkflowTests
{
    private static readonly ReasoningRequest request = ReasoningRequest.FromQuestion("What is six times seven?");

    public static TheoryData<string> Files => [.. Directory.GetFiles(RepositoryRoot.At("workflows")).Select(f => Path.GetFileName(f)!).Where(f => Path.GetExtension(f) != ".md" && !f.EndsWith(".schema.json", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    [Fact]
    public void ThereAreSeveral() => Assert.True(Files.Count >= 4);

    [Theory, MemberData(nameof(Files))]
    public void Answers_UnderItsOwnName(string file)
    {
        WorkflowDocument document = Load(file);
        ReasoningResult result = ScheduledRun.Run(document.Build(), request, new NoisyModel(right: 1, failEvery: 0).Answer, 0).Result;
        Assert.Equal(NoisyModel.Right, result.Answer?.Text);
        Assert.Equal(Path.GetFileNameWithoutExtension(file), result.Strategy);
        Assert.NotNull(document.Description);
    }

    [Theory, MemberData(nameof(Files))]
    public void EveryPrefixOfTheJournal_RestartsToTheSameAnswer(string file) =>
        StrategyContract.RestartsFromEveryPrefix(Load(file).Build(), request, new NoisyModel(right: 0.4).Answer);

    [Theory, MemberData(nameof(Files))]
    public void EveryOrderOfCompletions_GivesTheSameAnswer(string file)
    {
        IReasoningStrategy strategy = Load(file).Build();
        Assert.Single(Enumerable.Range(0, 25).Select(order => ScheduledRun.Run(strategy, request, new NoisyModel(right: 0.4).Answer, order).Result.Answer?.Canonical).Distinct(StringComparer.Ordinal));
    }

    private static WorkflowDocument Load(string file) => WorkflowFile.Load(RepositoryRoot.At(Path.Combine("workflows", file)));
}

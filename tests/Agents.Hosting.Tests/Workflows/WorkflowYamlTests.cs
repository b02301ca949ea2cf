using Agents.Hosting.Workflows;
using Agents.Reasoning.Workflows;

namespace Agents.Hosting.Tests.Workflows;

public sealed class WorkflowYamlTests
{
    [Fact]
    public void AllErrors_AreFoundAtOnce_WithPlaceAndLine()
    {
        const string Yaml = """
            name: Wrong Name
            steps:
              - strategy: best-of-n
                samples: 0
                verifier:
                  name: llm-judge
                  votes: 999
              - withBudget:
                  calls: -1
              - escalateTo: { strategy: nonsense }
            """;
        WorkflowException refused = Assert.Throws<WorkflowException>(() => WorkflowDocument.Read(WorkflowYaml.Read(Yaml)));
        Assert.Equal(
            [("name", 1), ("steps[0].samples", 4), ("steps[0].verifier.votes", 7), ("steps[1].withBudget.calls", 9), ("steps[2].escalateTo.strategy", 10)],
            refused.Errors.Select(e => (e.Path, e.Line!.Value)).OrderBy(e => e.Value));
        Assert.Contains("line 7: steps[0].verifier.votes: must be 1 to 256, a whole number", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("strategy: direct\nstrategy: direct", "stands here twice")]
    [InlineData("a: &x 1\nb: *x", "Anchors")]
    [InlineData("strategy: !!str direct", "Tags")]
    [InlineData("strategy: !evil direct", "Tags")]
    [InlineData("--- 1\n--- 2", "one document")]
    [InlineData("", "empty")]
    [InlineData("# only a comment", "empty")]
    [InlineData("[1, 2", "no YAML")]
    [InlineData("a: b: c", "no YAML")]
    [InlineData("{ [1]: 2 }", "plain text")]
    [InlineData("\t- x", "must be a mapping")]
    public void UnusableYaml_SaysWhy(string yaml, string said) =>
        Assert.Contains(said, Assert.Throws<WorkflowException>(() => WorkflowDocument.Read(WorkflowYaml.Read(yaml))).Message, StringComparison.Ordinal);

    [Fact]
    public void DeepOrLongDocuments_AreRefusedEarly()
    {
        Assert.Contains("deep", Assert.Throws<WorkflowException>(() => WorkflowYaml.Read(new string('[', 5000) + new string(']', 5000))).Message, StringComparison.Ordinal);
        Assert.Contains("longer", Assert.Throws<WorkflowException>(() => WorkflowYaml.Read(new string(' ', WorkflowDocument.MaxLength + 1))).Message, StringComparison.Ordinal);
        Assert.Throws<WorkflowException>(() => WorkflowDocument.Parse(new string('[', 5000)));
        Assert.Throws<WorkflowException>(() => WorkflowDocument.Parse(new string(' ', WorkflowDocument.MaxLength + 1)));
    }

    [Theory]
    [InlineData("{\"strategy\":\"direct\",\"strategy\":\"direct\"}", "strategy: stands here twice")]
    [InlineData("{\"strategy\":\"\\ud800\"}", "text that is none")]
    [InlineData("{\"strategy\":", "line 1")]
    [InlineData("null", "must be a mapping")]
    public void UnusableJson_SaysWhy(string json, string said) =>
        Assert.Contains(said, Assert.Throws<WorkflowException>(() => WorkflowDocument.Parse(json)).Message, StringComparison.Ordinal);

    [Fact]
    public void EndlessErrors_AreCut()
    {
        string yaml = "strategy: direct\n" + string.Concat(Enumerable.Range(0, 3000).Select(i => $"x{i}: 1\n"));
        Assert.Equal(100, Assert.Throws<WorkflowException>(() => WorkflowDocument.Read(WorkflowYaml.Read(yaml))).Errors.Count);
    }

    [Theory]
    [InlineData("8", 8.0)]
    [InlineData("-.5", -0.5)]
    [InlineData("1e3", 1000.0)]
    [InlineData("'8'", "8")]
    [InlineData("no", "no")]
    [InlineData("true", true)]
    [InlineData("~", null)]
    [InlineData("1.2.3", "1.2.3")]
    [InlineData("0x10", "0x10")]
    public void PlainValues_FollowTheCoreSchema(string yaml, object? value) => Assert.Equal(value, ((WorkflowScalar)WorkflowYaml.Read(yaml)).Value);
}

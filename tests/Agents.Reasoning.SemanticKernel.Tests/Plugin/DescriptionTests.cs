using System.Text.RegularExpressions;
using Agents.Reasoning.Verifiers;
using Microsoft.SemanticKernel;

namespace Agents.Reasoning.SemanticKernel.Tests.Plugin;

public sealed class DescriptionTests
{
    private static readonly KernelPlugin plugin = Scripted.KernelOver(Scripted.Solver()).Plugins["Reasoning"];

    public static TheoryData<string> Functions => [.. plugin.Select(f => f.Name)];

    [Theory, MemberData(nameof(Functions))]
    public void Function_AllAModelSees_IsDescribed(string name)
    {
        KernelFunctionMetadata function = plugin[name].Metadata;
        Assert.InRange(function.Description.Length, 40, 400);
        Assert.All(function.Parameters, p => Assert.False(string.IsNullOrWhiteSpace(p.Description), p.Name));
        Assert.All(function.Parameters, p => Assert.NotNull(p.Schema));
    }

    [Fact]
    public void Solve_NeedsTheQuestionAlone()
    {
        KernelFunctionMetadata solve = plugin["Solve"].Metadata;
        Assert.Equal(["question", "strategy", "samples", "verifier"], solve.Parameters.Select(p => p.Name));
        Assert.Equal("question", Assert.Single(solve.Parameters, p => p.IsRequired).Name);
    }

    [Fact]
    public void Vote_ItsSchema_IsAListOfTexts()
    {
        string schema = plugin["Vote"].Metadata.Parameters.Single().Schema!.ToString();
        Assert.Contains("\"array\"", schema, StringComparison.Ordinal);
        Assert.Contains("\"string\"", schema, StringComparison.Ordinal);
    }

    [Fact]
    public void NamesInDescriptions_AreThere()
    {
        string strategies = plugin["Solve"].Metadata.Parameters.Single(p => p.Name == "strategy").Description;
        string[] named = [.. Regex.Matches(strategies, "[a-z]+(-[a-z]+)+").Select(m => m.Value)];
        Assert.True(named.Length >= 5);
        Assert.All(named, name => StrategyCatalogue.SettingsOf(name));
        foreach (string function in (string[])["Solve", "Verify", "Refine"])
        {
            string verifiers = plugin[function].Metadata.Parameters.Single(p => p.Name == "verifier").Description;
            Assert.All(Regex.Matches(verifiers, "[a-z]+(-[a-z]+)+|arithmetic|game24").Select(m => m.Value), name => VerifierCatalogue.Create(name));
        }
    }
}

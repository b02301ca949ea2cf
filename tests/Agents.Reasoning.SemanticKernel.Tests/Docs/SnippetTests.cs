using Agents.Testing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;

namespace Agents.Reasoning.SemanticKernel.Tests.Docs;

/// <summary>The snippets of docs/semantic-kernel.md, run; a last test holds that each of them stands in compiled code.</summary>
public sealed class SnippetTests
{
    private const string question = Scripted.Question;

    [Fact]
    public async Task Functions()
    {
        IChatClient small = Scripted.Solver(), large = Scripted.Judge();
        IKernelBuilder builder = Kernel.CreateBuilder();
        builder.Services.AddKeyedSingleton<IChatClient>("small", small);
        builder.Services.AddKeyedSingleton<IChatClient>("large", large);
        builder.Plugins.AddReasoning(new ReasoningServices { SolverKey = "small", JudgeKey = "large" });
        Kernel kernel = builder.Build();

        string? answer = await kernel.InvokeAsync<string>("Reasoning", "Solve", new() { ["question"] = question });
        Assert.Equal("42", answer);

        await foreach (ReasoningEvent happened in kernel.InvokeStreamingAsync<ReasoningEvent>("Reasoning", "SolveStreaming", new() { ["question"] = question }))
            Console.WriteLine(ProgressText.Of(happened));

        var arguments = new KernelArguments(new PromptExecutionSettings { ExtensionData = new Dictionary<string, object> { ["max_tokens"] = 2000 } })
        {
            ["question"] = question,
            ["strategy"] = "best-of-n",
            ["samples"] = 8,
            ["verifier"] = "llm-judge",
            ["budget_calls"] = 30,
            ["seed"] = 7,
        };
        ReasoningResult? result = await kernel.InvokeAsync<ReasoningResult>("Reasoning", "Solve", arguments);
        Assert.Equal(8, result!.Candidates.Count);
    }

    [Fact]
    public async Task Pipeline()
    {
        ScriptedChatClient model = Scripted.Solver();
        IChatClient better = model.AsBuilder().UseReasoning("self-consistency", new() { Settings = new() { Samples = 5 } }).Build();
        Assert.Equal("42", (await better.GetResponseAsync(question)).Text);
        Assert.Equal(5, model.Requests.Count);
    }

    [Fact]
    public async Task Prompts()
    {
        IKernelBuilder builder = Kernel.CreateBuilder();
        builder.Services.AddKeyedSingleton<IChatClient>("small", Scripted.Solver());
        Kernel kernel = builder.Build();
        kernel.ImportReasoningPrompts(serviceId: "small");
        string? solution = await kernel.InvokeAsync<string>("ReasoningPrompts", "ZeroShotCot", new() { ["input"] = question });
        Assert.Contains("42", solution!, StringComparison.Ordinal);
    }

    [Fact]
    public void EverySnippetOfTheGuide_StandsInCompiledCode()
    {
        string[] sources = [.. RepositoryRoot.Files
            .Where(f => f.EndsWith(".cs", StringComparison.Ordinal) && (f.StartsWith("samples/", StringComparison.Ordinal) || f.StartsWith("tests/Agents.Reasoning.SemanticKernel.Tests/", StringComparison.Ordinal)))
            .Select(f => Plain(File.ReadAllText(RepositoryRoot.At(f))))];
        string[] snippets = [.. File.ReadAllText(RepositoryRoot.At("docs", "semantic-kernel.md")).Split("```csharp\n").Skip(1).Select(s => Plain(s.Split("```")[0]))];
        Assert.True(snippets.Length >= 6);
        Assert.All(snippets, snippet => Assert.Contains(sources, source => source.Contains(snippet, StringComparison.Ordinal)));
    }

    /// <summary>Without indentation.</summary>
    private static string Plain(string code) => string.Join('\n', code.Split('\n', StringSplitOptions.TrimEntries)).Trim('\n');
}

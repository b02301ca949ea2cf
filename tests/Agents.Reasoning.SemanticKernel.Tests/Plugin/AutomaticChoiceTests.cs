using System.Collections.Concurrent;
using Agents.Testing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;
using TextContent = Microsoft.Extensions.AI.TextContent;

namespace Agents.Reasoning.SemanticKernel.Tests.Plugin;

public sealed class AutomaticChoiceTests
{
    private static readonly PromptExecutionSettings automatic = new() { FunctionChoiceBehavior = FunctionChoiceBehavior.Auto() };

    [Fact]
    public async Task Prompt_TheModelCallsSolve_AndReadsTheAnswer()
    {
        ScriptedChatClient solver = Scripted.Solver();
        Kernel kernel = AgentKernel(ScriptedAgent.CallingOnce("Reasoning_Solve", new Dictionary<string, object?> { ["question"] = Scripted.Question, ["strategy"] = "self-consistency", ["samples"] = 3 }), solver, out Recorder recorder);
        string? said = await kernel.InvokePromptAsync<string>("What do six boxes of seven hold?", new(automatic));
        Assert.Contains("\"answer\":\"42\"", said!.Replace("\\u0022", "\"", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal(3, solver.Requests.Count);
        Assert.Equal(["auto Reasoning.Solve", "function Reasoning.Solve"], recorder.Seen.Where(s => s.Contains("Solve", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task ChatCompletion_TheModelCallsSolve_StreamingToo()
    {
        ScriptedChatClient solver = Scripted.Solver();
        Kernel kernel = AgentKernel(ScriptedAgent.CallingOnce("Reasoning_Solve", new Dictionary<string, object?> { ["question"] = Scripted.Question, ["strategy"] = "direct" }), solver, out _);
        IChatCompletionService chat = kernel.GetRequiredService<IChatClient>().AsChatCompletionService(kernel.Services);
        string said = "";
        await foreach (StreamingChatMessageContent update in chat.GetStreamingChatMessageContentsAsync("What do six boxes of seven hold?", automatic, kernel))
            said += update.Content;
        Assert.Contains("42", said, StringComparison.Ordinal);
        Assert.Single(solver.Requests);
    }

    [Fact]
    public async Task Model_IsOfferedEveryFunctionByItsFullName()
    {
        var agent = new ScriptedAgent((_, _) => new TextContent("Nothing to do."));
        await AgentKernel(agent, Scripted.Solver(), out _).InvokePromptAsync("Hello", new(automatic));
        string[] offered = [.. agent.Requests.Single().Options!.Tools!.Select(t => t.Name).Order(StringComparer.Ordinal)];
        Assert.Equal(["Reasoning_ListStrategies", "Reasoning_Plan", "Reasoning_Refine", "Reasoning_Sample", "Reasoning_Solve", "Reasoning_SolveStreaming", "Reasoning_Verify", "Reasoning_Vote"], offered);
    }

    [Theory]
    [InlineData("strategy", "telepathy", "There is no strategy 'telepathy'")]
    [InlineData("samples", 1000, "1 to 64")]
    [InlineData("workflow", "{}", "needs 'steps'")]
    [InlineData("question", null, "question")]
    public async Task BadArgument_TheModelIsToldWhatItMayBe(string name, object? value, string told)
    {
        var arguments = new Dictionary<string, object?> { ["question"] = "q", ["strategy"] = name == "workflow" ? null : "self-consistency", [name] = value };
        if (value is null)
            arguments.Remove(name);
        Kernel kernel = AgentKernel(ScriptedAgent.CallingOnce("Reasoning_Solve", arguments), Scripted.Solver(), out _);
        kernel.AutoFunctionInvocationFilters.Add(new ArgumentErrorFilter());
        string? said = await kernel.InvokePromptAsync<string>("Hello", new(automatic));
        Assert.Contains("Error: ", said!, StringComparison.Ordinal);
        Assert.Contains(told, said!.Replace("\\u0027", "'", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Filters_SeeFunctionsAndPrompts_AndMayReplaceTheResult()
    {
        ScriptedChatClient solver = Scripted.Solver();
        Kernel kernel = AgentKernel(new ScriptedAgent((_, _) => new TextContent("unused")), solver, out Recorder recorder);
        recorder.Replacement = "replaced";
        Assert.Equal("replaced", await kernel.InvokeAsync<string>("Reasoning", "Solve", new() { ["question"] = "q" }));
        Assert.Empty(solver.Requests);
        kernel.ImportReasoningPrompts(serviceId: "solver");
        recorder.Replacement = null;
        await kernel.InvokeAsync("ReasoningPrompts", "Direct", new() { ["input"] = "q" });
        Assert.Contains("prompt ReasoningPrompts.Direct", recorder.Seen);
        List<ReasoningEvent> events = [];
        await foreach (ReasoningEvent happened in kernel.InvokeStreamingAsync<ReasoningEvent>("Reasoning", "SolveStreaming", new() { ["question"] = "q" }))
            events.Add(happened);
        Assert.Contains("function Reasoning.SolveStreaming", recorder.Seen);
        Assert.IsType<RunCompleted>(events[^1]);
    }

    private static Kernel AgentKernel(ScriptedAgent agent, ScriptedChatClient solver, out Recorder recorder)
    {
        recorder = new Recorder();
        IKernelBuilder builder = Kernel.CreateBuilder();
        builder.Services.AddSingleton<IFunctionInvocationFilter>(recorder).AddSingleton<IPromptRenderFilter>(recorder).AddSingleton<IAutoFunctionInvocationFilter>(recorder);
        builder.Services.AddKeyedSingleton<IChatClient>("solver", solver);
        builder.Services.AddSingleton(provider => agent.AsBuilder().UseKernelFunctionInvocation().Build(provider));
        builder.Plugins.AddReasoning(new ReasoningServices { SolverKey = "solver" });
        return builder.Build();
    }

    private sealed class Recorder : IFunctionInvocationFilter, IPromptRenderFilter, IAutoFunctionInvocationFilter
    {
        private readonly ConcurrentQueue<string> seen = new();

        public string? Replacement { get; set; }

        public IReadOnlyList<string> Seen => [.. seen];

        public async Task OnFunctionInvocationAsync(Microsoft.SemanticKernel.FunctionInvocationContext context, Func<Microsoft.SemanticKernel.FunctionInvocationContext, Task> next)
        {
            seen.Enqueue($"function {context.Function.PluginName}.{context.Function.Name}");
            if (Replacement is { } text)
                context.Result = new FunctionResult(context.Function, text);
            else
                await next(context);
        }

        public async Task OnPromptRenderAsync(PromptRenderContext context, Func<PromptRenderContext, Task> next)
        {
            seen.Enqueue($"prompt {context.Function.PluginName}.{context.Function.Name}");
            await next(context);
        }

        public async Task OnAutoFunctionInvocationAsync(AutoFunctionInvocationContext context, Func<AutoFunctionInvocationContext, Task> next)
        {
            seen.Enqueue($"auto {context.Function.PluginName}.{context.Function.Name}");
            await next(context);
        }
    }
}

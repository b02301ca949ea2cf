using System.Text.Json;
using Agents.Reasoning;
using Agents.Reasoning.SemanticKernel;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace Agents.Samples.AgentApp;

/// <summary>An agent that decides by itself when a question is worth careful reasoning.</summary>
public sealed class ReasoningAgent
{
    private const string Instructions =
        "You are a helpful assistant. Answer small talk and plain facts yourself. For every question that needs calculation or several steps, "
        + "call Reasoning_Solve with the whole problem, and give its answer in a sentence with how sure it is. Never calculate yourself.";

    private readonly Kernel kernel;
    private readonly IChatCompletionService chat;
    private readonly ChatHistory history = new(Instructions);

    /// <summary>Creates the agent.</summary>
    /// <param name="agent">The model that talks and decides. It must be able to call functions.</param>
    /// <param name="solver">Runs the strategies, on a model that may be another.</param>
    /// <param name="report">Told of every function that the agent calls; null to tell nobody.</param>
    public ReasoningAgent(IChatClient agent, ReasoningRunner solver, Action<string>? report = null)
    {
        IKernelBuilder builder = Kernel.CreateBuilder();
        builder.Services.AddSingleton(agent.AsBuilder().UseKernelFunctionInvocation().Build());
        kernel = builder.Build();
        kernel.ImportReasoningPlugin(solver);
        kernel.AutoFunctionInvocationFilters.Add(new Reporter(report ?? (_ => { })));
        kernel.AutoFunctionInvocationFilters.Add(new ArgumentErrorFilter());
        chat = kernel.GetRequiredService<IChatClient>().AsChatCompletionService(kernel.Services);
    }

    /// <summary>The agent's answer in the conversation so far.</summary>
    public async Task<string> AskAsync(string question, CancellationToken cancellationToken = default)
    {
        history.AddUserMessage(question);
        KernelPlugin reasoning = kernel.Plugins[ReasoningKernelExtensions.PluginName];
        var settings = new PromptExecutionSettings { FunctionChoiceBehavior = FunctionChoiceBehavior.Auto([reasoning["Solve"], reasoning["Verify"]]) };
        ChatMessageContent reply = await chat.GetChatMessageContentAsync(history, settings, kernel, cancellationToken);
        history.Add(reply);
        return reply.Content ?? "";
    }

    private sealed class Reporter(Action<string> report) : IAutoFunctionInvocationFilter
    {
        public async Task OnAutoFunctionInvocationAsync(AutoFunctionInvocationContext context, Func<AutoFunctionInvocationContext, Task> next)
        {
            report($"{context.Function.PluginName}.{context.Function.Name} {JsonSerializer.Serialize(context.Arguments?.ToDictionary(a => a.Key, a => a.Value?.ToString()))}");
            await next(context);
            report($"{context.Function.PluginName}.{context.Function.Name} says {context.Result}");
        }
    }
}

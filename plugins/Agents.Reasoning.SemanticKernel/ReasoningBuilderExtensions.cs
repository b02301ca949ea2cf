using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.SemanticKernel;

namespace Agents.Reasoning.SemanticKernel;

/// <summary>The plugin <c>Reasoning</c> in a kernel or container that is being built.</summary>
public static class ReasoningBuilderExtensions
{
    /// <summary>Adds the plugin to a kernel that is being built: <c>builder.Plugins.AddReasoning(new() { SolverKey = "small", JudgeKey = "large" })</c>.</summary>
    /// <param name="plugins">The builder's plugins.</param>
    /// <param name="services">Which service plays which role; null for the one that there is when the kernel is built.</param>
    /// <param name="options">How to run; null for the defaults.</param>
    public static IKernelBuilderPlugins AddReasoning(this IKernelBuilderPlugins plugins, ReasoningServices? services = null, ReasoningPluginOptions? options = null)
    {
        plugins.Services.AddReasoning(services, options);
        // By factory and not by type: the plugin's name is Reasoning, whatever its class is called.
        plugins.Services.AddSingleton(provider => KernelPluginFactory.CreateFromObject(provider.GetRequiredService<ReasoningPlugin>(), ReasoningKernelExtensions.PluginName));
        return plugins;
    }

    /// <summary>
    /// Registers the plugin's class and what it needs, without adding it to a kernel: for
    /// <c>kernel.ImportPluginFromType&lt;ReasoningPlugin&gt;("Reasoning")</c>, <c>Plugins.AddFromType</c> and classes of one's own.
    /// </summary>
    /// <param name="services">The container.</param>
    /// <param name="keys">Which service plays which role; null for the one that there is.</param>
    /// <param name="options">How to run; null for the defaults.</param>
    public static IServiceCollection AddReasoning(this IServiceCollection services, ReasoningServices? keys = null, ReasoningPluginOptions? options = null)
    {
        services.TryAddSingleton(new ChatServiceKeys(services));
        services.AddSingleton(keys ?? ReasoningServices.Default);
        services.AddSingleton((options ?? new()).Valid());
        services.TryAddSingleton<ReasoningPlugin>();
        return services;
    }
}

using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;

namespace Agents.Reasoning.SemanticKernel;

/// <summary>Reasoning in a kernel by one line.</summary>
public static class ReasoningKernelExtensions
{
    /// <summary>The plugin's name.</summary>
    public const string PluginName = "Reasoning";

    /// <summary>Imports the plugin over a host of the caller's.</summary>
    public static KernelPlugin ImportReasoningPlugin(this Kernel kernel, ReasoningRunner runner, RunOptions? options = null) =>
        kernel.ImportPluginFromObject(new ReasoningPlugin(runner, options), PluginName);

    /// <summary>Imports the plugin over a chat client that plays every role.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="client">The model; not disposed.</param>
    /// <param name="options">Seed, limits and prices of every run; null for the defaults.</param>
    public static KernelPlugin ImportReasoningPlugin(this Kernel kernel, IChatClient client, RunOptions? options = null) =>
        kernel.ImportReasoningPlugin(new ReasoningRunner(new ReasoningModels(client.AsSampler())), options);
}

using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;

namespace Agents.Reasoning.SemanticKernel;

/// <summary>The plugin <c>Reasoning</c> in a kernel that is built already.</summary>
public static class ReasoningKernelExtensions
{
    /// <summary>The plugin's name.</summary>
    public const string PluginName = "Reasoning";

    /// <summary>Imports the plugin over the chat services of the kernel.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="services">Which service plays which role; null for the one that there is.</param>
    /// <param name="options">How to run; null for the defaults.</param>
    /// <exception cref="ArgumentException">It is not clear which service is meant; the message names the keys.</exception>
    public static KernelPlugin ImportReasoningPlugin(this Kernel kernel, ReasoningServices? services = null, ReasoningPluginOptions? options = null) =>
        kernel.ImportPluginFromObject(new ReasoningPlugin(kernel.Services, services, options), PluginName);

    /// <summary>Imports the plugin over a chat client that plays every role.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="client">The model; not disposed.</param>
    /// <param name="options">How to run; null for the defaults.</param>
    public static KernelPlugin ImportReasoningPlugin(this Kernel kernel, IChatClient client, ReasoningPluginOptions? options = null) =>
        kernel.ImportReasoningPlugin(new ReasoningRunner(new ReasoningModels(client.AsSampler())), options);

    /// <summary>Imports the plugin over a host of the caller's: with journals, a sample store, or models that are no chat clients.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="runner">The host.</param>
    /// <param name="options">How to run; null for the defaults.</param>
    public static KernelPlugin ImportReasoningPlugin(this Kernel kernel, ReasoningRunner runner, ReasoningPluginOptions? options = null) =>
        kernel.ImportPluginFromObject(new ReasoningPlugin(runner, options), PluginName);
}

using Microsoft.SemanticKernel;

namespace Agents.Reasoning.SemanticKernel;

/// <summary>The prompts as functions of a kernel.</summary>
public static class ReasoningPromptExtensions
{
    /// <summary>What follows the folder's name in the plugin's name, so that <c>Reasoning</c> stays the name of the plugin that reasons.</summary>
    public const string PluginSuffix = "Prompts";

    /// <summary>
    /// Imports the prompt folders as prompt plugins, one for each folder: <c>ReasoningPrompts</c>, <c>RefinePrompts</c>,
    /// <c>TeachPrompts</c>, <c>VerifyPrompts</c>, with functions such as <c>ZeroShotCot</c>. Each renders exactly the messages that the catalogue renders:
    /// no value can open a message of its own, and none is changed. Prompt render filters see the prompt.
    /// </summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="folder">A folder of the same layout whose prompts take the place of the shipped ones; null for none.</param>
    /// <param name="serviceId">The key of the chat service that is asked; null where there is only one.</param>
    /// <returns>The plugins, by name.</returns>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="ArgumentException">There are several chat services, and no key says which is asked; the message names the keys.</exception>
    public static IReadOnlyList<KernelPlugin> ImportReasoningPrompts(this Kernel kernel, string? folder = null, string? serviceId = null)
    {
        CheckService(kernel, serviceId);
        PromptCatalogue catalogue = folder is null ? PromptCatalogue.Shipped : PromptCatalogue.FromFolder(folder);
        var plugins = new List<KernelPlugin>();
        foreach (IGrouping<string, string> plugin in PromptCatalogue.Names.GroupBy(n => n.Split('/')[0], StringComparer.Ordinal))
        {
            KernelPlugin imported = KernelPluginFactory.CreateFromFunctions(plugin.Key + PluginSuffix, $"The prompts of {plugin.Key}.", plugin.Select(name => Function(catalogue, name, serviceId)));
            kernel.Plugins.Add(imported);
            plugins.Add(imported);
        }

        return plugins;
    }

    private static KernelFunction Function(PromptCatalogue catalogue, string name, string? serviceId)
    {
        PromptTemplateConfig config = PromptTemplateConfig.FromJson(catalogue.ReadFile(name + "/config.json"));
        config.Name = name.Split('/')[^1];
        config.Template = catalogue.ReadFile(name + "/skprompt.txt");
        if (serviceId is not null)
        {
            PromptExecutionSettings settings = config.DefaultExecutionSettings?.Clone() ?? new();
            settings.ServiceId = serviceId;
            config.ExecutionSettings = new() { [serviceId] = settings };
        }

        return KernelFunctionFactory.CreateFromPrompt(new CataloguePrompt(catalogue[name]), config);
    }

    /// <summary>A kernel gives a prompt without a service id to the service registered last, whatever that is for.</summary>
    private static void CheckService(Kernel kernel, string? serviceId)
    {
        IReadOnlyList<string> keys = ChatServices.Keys(kernel.Services);
        if (serviceId is not null)
        {
            _ = ChatServices.Find(kernel.Services, serviceId) ?? throw new ArgumentException($"There is no chat service '{serviceId}'. Registered keys: {string.Join(", ", keys)}.", nameof(serviceId));
            return;
        }

        int others = kernel.Services.GetService(typeof(Microsoft.Extensions.AI.IChatClient)) is null && kernel.Services.GetService(typeof(Microsoft.SemanticKernel.ChatCompletion.IChatCompletionService)) is null ? 0 : 1;
        if (keys.Count + others > 1)
            throw new ArgumentException($"Several chat services are registered, and without a service id a kernel asks the last one: name it. Registered keys: {string.Join(", ", keys)}.", nameof(serviceId));
    }
}

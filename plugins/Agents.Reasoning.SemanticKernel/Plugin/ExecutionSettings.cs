using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;

namespace Agents.Reasoning.SemanticKernel;

/// <summary>The execution settings of a call, as the kernel itself maps them to chat options.</summary>
internal static class ExecutionSettings
{
    /// <summary>Those of the solver's service where there are such, else the default ones; null for none.</summary>
    /// <param name="arguments">The call's arguments.</param>
    /// <param name="solverKey">The service id of the solver, or null.</param>
    public static ChatOptions? Of(KernelArguments arguments, string? solverKey)
    {
        PromptExecutionSettings? settings = null;
        if (arguments.ExecutionSettings is { } given && (solverKey is null || !given.TryGetValue(solverKey, out settings)))
            given.TryGetValue(PromptExecutionSettings.DefaultServiceId, out settings);
        if (settings is null)
            return null;
        if (settings.FunctionChoiceBehavior is not null)
        {
            // It says what the model that called this function may call. A strategy's own calls have no functions.
            settings = settings.Clone();
            settings.FunctionChoiceBehavior = null;
        }

        return settings.ToChatOptions(kernel: null);
    }
}

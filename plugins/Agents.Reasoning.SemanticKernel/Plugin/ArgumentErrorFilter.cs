using Microsoft.SemanticKernel;

namespace Agents.Reasoning.SemanticKernel;

/// <summary>
/// Tells a model that called a function of this plugin with an argument that cannot be used what was wrong with it, so that it
/// can call again. Without it a model is told that the function failed, and on some ways no more than that. Add it with
/// <c>kernel.AutoFunctionInvocationFilters.Add(new ArgumentErrorFilter())</c>. Thread-safe.
/// </summary>
public sealed class ArgumentErrorFilter : IAutoFunctionInvocationFilter
{
    /// <inheritdoc/>
    public async Task OnAutoFunctionInvocationAsync(AutoFunctionInvocationContext context, Func<AutoFunctionInvocationContext, Task> next)
    {
        try
        {
            await next(context).ConfigureAwait(false);
        }
        // FormatException: a workflow document. KernelException: a missing argument.
        catch (Exception e) when (context.Function.PluginName == ReasoningKernelExtensions.PluginName && e is ArgumentException or FormatException or KernelException)
        {
            context.Result = new FunctionResult(context.Function, $"Error: {e.Message}");
        }
    }
}

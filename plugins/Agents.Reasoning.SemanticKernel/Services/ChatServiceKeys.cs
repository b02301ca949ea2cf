using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel.ChatCompletion;

namespace Agents.Reasoning.SemanticKernel;

/// <summary>The registrations of a container, read when they are asked for: those that come later are among them.</summary>
internal sealed class ChatServiceKeys(IServiceCollection registered)
{
    public IEnumerable<object?> All() => registered
        .Where(d => d.IsKeyedService && (d.ServiceType == typeof(IChatClient) || d.ServiceType == typeof(IChatCompletionService)))
        .Select(d => d.ServiceKey);
}

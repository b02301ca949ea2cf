using Agents.Hosting.Durable;
using Agents.Hosting.Operations;
using Agents.Hosting.Runs;
using Agents.Hosting.Texts;
using Agents.Reasoning;
using Microsoft.Extensions.DependencyInjection;

namespace Agents.Functions.Configuration;

/// <summary>What the functions need.</summary>
internal static class ReasoningServices
{
    /// <summary>Adds it. Models and workflows are made when they are first asked for, which the metadata of the functions does not.</summary>
    public static IServiceCollection AddReasoning(this IServiceCollection services, AppOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(_ => new ServedModels(options.Models, null, TimeProvider.System));
        services.AddSingleton(_ => ServedWorkflows.Load(options.WorkflowFolder is { } folder ? Path.Combine(AppContext.BaseDirectory, folder) : null));
        services.AddSingleton<RunPlanner>();
        services.AddSingleton(provider => new OperationPlanner(provider.GetRequiredService<RunPlanner>(), provider.GetRequiredService<ServedWorkflows>(), options.MaxMessages));
        services.AddSingleton(_ => RunStores.Open(options.RunStore));
        services.AddSingleton<CallCancellation>();
        services.AddSingleton<CallMaker>();
        services.AddSingleton<Http.RunRequests>();
        services.AddSingleton(new OrchestrationOptions { MaxAttempts = options.MaxAttempts, FirstRetryAfter = TimeSpan.FromSeconds(options.RetrySeconds) });
        return services;
    }
}

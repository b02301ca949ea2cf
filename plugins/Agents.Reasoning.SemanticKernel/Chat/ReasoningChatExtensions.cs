using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace Agents.Reasoning.SemanticKernel;

/// <summary>A strategy as a chat service, so that an application turns reasoning on by one registration.</summary>
public static class ReasoningChatExtensions
{
    /// <summary>
    /// Puts a strategy before a chat service: the application goes on asking for its <see cref="IChatClient"/> or
    /// <see cref="IChatCompletionService"/>, and every answer is reasoned. Call it after the service is registered. Turns in which
    /// the model calls tools pass unchanged.
    /// </summary>
    /// <param name="builder">The kernel's builder.</param>
    /// <param name="strategy">The strategy's name.</param>
    /// <param name="innerServiceKey">The key of the service that solves; null for the one registered without a key, or the only one.</param>
    /// <param name="serviceId">The key of the new service; null for none: it takes the place of the service that has none.</param>
    /// <param name="options">Settings of the strategy, limits, services for other roles; null for the defaults.</param>
    /// <exception cref="ArgumentException">There is no such strategy, no service under the key, or without one it is not clear which is meant; the message names the keys.</exception>
    public static IKernelBuilder AddReasoningChatClient(this IKernelBuilder builder, string strategy = ReasoningExtensions.DefaultStrategy, string? innerServiceKey = null, string? serviceId = null, ReasoningChatOptions? options = null)
    {
        builder.Services.AddReasoningChatClient(strategy, innerServiceKey, serviceId, options);
        return builder;
    }

    /// <inheritdoc cref="AddReasoningChatClient(IKernelBuilder, string, string?, string?, ReasoningChatOptions?)"/>
    /// <param name="services">The container.</param>
    /// <param name="strategy">The strategy's name.</param>
    /// <param name="innerServiceKey">The key of the service that solves.</param>
    /// <param name="serviceId">The key of the new service.</param>
    /// <param name="options">Settings of the strategy, limits, services for other roles.</param>
    public static IServiceCollection AddReasoningChatClient(this IServiceCollection services, string strategy = ReasoningExtensions.DefaultStrategy, string? innerServiceKey = null, string? serviceId = null, ReasoningChatOptions? options = null)
    {
        options ??= new();
        return services.AddReasoningChatClient(StrategyCatalogue.Create(strategy, options.Settings), innerServiceKey, serviceId, options);
    }

    /// <summary>Puts a strategy of the caller's before a chat service: a composition, or a workflow that was built.</summary>
    /// <param name="services">The container.</param>
    /// <param name="strategy">The strategy.</param>
    /// <param name="innerServiceKey">The key of the service that solves; null for the one registered without a key, or the only one.</param>
    /// <param name="serviceId">The key of the new service; null for none.</param>
    /// <param name="options">Limits, services for other roles; null for the defaults.</param>
    /// <exception cref="ArgumentException">There is no service under the key, or without one it is not clear which is meant; the message names the keys.</exception>
    public static IServiceCollection AddReasoningChatClient(this IServiceCollection services, IReasoningStrategy strategy, string? innerServiceKey = null, string? serviceId = null, ReasoningChatOptions? options = null)
    {
        options ??= new();
        services.TryAddSingleton(new ChatServiceKeys(services));
        object key = InnerService.Take(services, innerServiceKey, serviceId);
        services.AddKeyedSingleton<IChatClient>(serviceId, (provider, _) =>
            Reasoning(InnerService.Resolve(provider, key), strategy, options, provider));
        services.AddKeyedSingleton<IChatCompletionService>(serviceId, (provider, _) =>
            new ReasoningChatCompletionService(serviceId is null ? provider.GetRequiredService<IChatClient>() : provider.GetRequiredKeyedService<IChatClient>(serviceId)));
        return services;
    }

    /// <summary>Reasoning as a step of a pipeline of chat clients: <c>client.AsBuilder().UseReasoning("self-consistency").Build()</c>. Turns in which the model calls tools pass unchanged.</summary>
    /// <param name="builder">The pipeline.</param>
    /// <param name="strategy">The strategy's name.</param>
    /// <param name="options">Settings of the strategy, limits, services for other roles; null for the defaults.</param>
    /// <exception cref="ArgumentException">There is no such strategy.</exception>
    public static ChatClientBuilder UseReasoning(this ChatClientBuilder builder, string strategy = ReasoningExtensions.DefaultStrategy, ReasoningChatOptions? options = null) =>
        builder.UseReasoning(StrategyCatalogue.Create(strategy, options?.Settings), options);

    /// <summary>A strategy of the caller's as a step of a pipeline of chat clients.</summary>
    /// <param name="builder">The pipeline.</param>
    /// <param name="strategy">The strategy.</param>
    /// <param name="options">Limits, services for other roles; null for the defaults.</param>
    public static ChatClientBuilder UseReasoning(this ChatClientBuilder builder, IReasoningStrategy strategy, ReasoningChatOptions? options = null) =>
        builder.Use((inner, provider) => Reasoning(inner, strategy, options ?? new(), provider));

    private static ToolTurnChatClient Reasoning(IChatClient inner, IReasoningStrategy strategy, ReasoningChatOptions options, IServiceProvider provider)
    {
        var runner = new ReasoningRunner(options.Services.Over(inner, provider), samples: provider.GetService<ISampleStore>());
        return new ToolTurnChatClient(inner, new ReasoningChatClient(inner, strategy, options.Run, runner));
    }
}

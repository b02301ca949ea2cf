using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel.ChatCompletion;

namespace Agents.Reasoning.SemanticKernel;

/// <summary>Finds chat services among those registered, by explicit key; see <see cref="ReasoningServices"/> for the rules.</summary>
internal static class ChatServices
{
    // Under this key a kernel that was made by a builder keeps which keys there are; a container does not tell them itself.
    private const string KeysOfKernel = "KernelServiceTypeToKeyMappings";

    /// <summary>The service of a key, or without one the service that is meant beyond doubt.</summary>
    /// <param name="services">Where it is registered.</param>
    /// <param name="key">Its key, or null.</param>
    /// <param name="asked">Which setting named the key, for errors.</param>
    /// <exception cref="ArgumentException">There is none, or it is not clear which.</exception>
    public static IChatClient Resolve(IServiceProvider services, string? key, string asked)
    {
        if (key is not null)
            return Find(services, key) ?? throw new ArgumentException($"{asked}: there is no chat service '{key}'. {Registered(Keys(services))}");
        IChatClient[] clients = [.. services.GetServices<IChatClient>().Where(c => !Reasons(c))];
        if (clients.Length == 0)
            clients = [.. services.GetServices<IChatCompletionService>().Where(s => s is not ReasoningChatCompletionService).Select(s => s.AsChatClient())];
        IReadOnlyList<string> keys = Keys(services);
        return clients.Length switch
        {
            1 => clients[0],
            > 1 => throw new ArgumentException($"{asked}: {clients.Length} chat services are registered without a key, so it is not clear which is meant. Give the one that is meant a key and name it. {Registered(keys)}"),
            _ => keys.Count switch
            {
                1 => Find(services, keys[0])!,
                > 1 => throw new ArgumentException($"{asked}: {keys.Count} chat services are registered, so it is not clear which is meant: name its key. {Registered(keys)}"),
                _ => throw new ArgumentException($"{asked}: no chat service is registered that could be meant. Register an IChatClient or an IChatCompletionService, or name a key."),
            },
        };
    }

    /// <summary>The service of a key, or null.</summary>
    public static IChatClient? Find(IServiceProvider services, object key) =>
        services.GetKeyedService<IChatClient>(key) ?? services.GetKeyedService<IChatCompletionService>(key)?.AsChatClient();

    /// <summary>The keys under which chat services that do not reason are registered, in ordinal order; none where the container cannot tell.</summary>
    public static IReadOnlyList<string> Keys(IServiceProvider services)
    {
        IEnumerable<object?> keys = services.GetService<ChatServiceKeys>() is { } known ? known.All()
            : services.GetKeyedService<Dictionary<Type, HashSet<object?>>>(KeysOfKernel) is { } mapped
                ? mapped.Where(m => m.Key == typeof(IChatClient) || m.Key == typeof(IChatCompletionService)).SelectMany(m => m.Value)
                : [];
        return [.. keys.OfType<string>().Distinct(StringComparer.Ordinal).Where(k => Find(services, k) is { } client && !Reasons(client)).Order(StringComparer.Ordinal)];
    }

    private static bool Reasons(IChatClient client) => client.GetService(typeof(IReasoningStrategy)) is not null;

    private static string Registered(IReadOnlyList<string> keys) =>
        keys.Count == 0 ? "None is registered under a key." : $"Registered keys: {string.Join(", ", keys)}.";
}

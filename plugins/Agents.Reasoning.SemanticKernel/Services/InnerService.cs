using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel.ChatCompletion;

namespace Agents.Reasoning.SemanticKernel;

/// <summary>
/// The service that another takes the place of. A registration whose key the new service gets is moved to a key that nobody
/// else can name: it stays one instance with one owner, and is not found in the new one's stead.
/// </summary>
internal static class InnerService
{
    /// <summary>The key under which the inner service is found from now on.</summary>
    /// <param name="services">The registrations so far.</param>
    /// <param name="innerKey">The key of the inner service; null for the one without a key, or the only one.</param>
    /// <param name="outerKey">The key of the service that is put before it.</param>
    /// <exception cref="ArgumentException">There is none, or it is not clear which is meant.</exception>
    public static object Take(IServiceCollection services, string? innerKey, string? outerKey)
    {
        ServiceDescriptor[] chat = [.. services.Where(d => d.ServiceType == typeof(IChatClient) || d.ServiceType == typeof(IChatCompletionService))];
        string[] keys = [.. chat.Select(d => d.ServiceKey).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        string registered = keys.Length == 0 ? "None is registered under a key." : $"Registered keys: {string.Join(", ", keys)}.";
        ServiceDescriptor[] meant = [.. chat.Where(d => Equals(d.ServiceKey, innerKey))];
        if (meant.Length == 0)
        {
            if (innerKey is not null)
                throw new ArgumentException($"There is no chat service '{innerKey}' to reason over; register it first. {registered}", nameof(innerKey));
            if (keys.Length != 1)
                throw new ArgumentException(keys.Length == 0 ? "There is no chat service to reason over; register one first." : $"It is not clear which chat service to reason over: name its key. {registered}", nameof(innerKey));
            innerKey = keys[0];
            meant = [.. chat.Where(d => Equals(d.ServiceKey, innerKey))];
        }

        if (meant.GroupBy(d => d.ServiceType).Any(same => same.Count() > 1))
            throw new ArgumentException($"Several chat services are registered {(innerKey is null ? "without a key" : $"as '{innerKey}'")}, so it is not clear which to reason over. Give the one that is meant a key of its own and name it. {registered}", nameof(innerKey));
        if (innerKey is not null && innerKey != outerKey)
            return innerKey;
        var hidden = new HiddenKey();
        foreach (ServiceDescriptor descriptor in meant)
        {
            int at = services.IndexOf(descriptor);
            services.Add(Moved(descriptor, hidden));
            // Beside a service that stays without a key, what stands there is the same instance; later registrations do not change what was meant.
            if (innerKey == outerKey)
                services.RemoveAt(at);
            else
                services[at] = new ServiceDescriptor(descriptor.ServiceType, provider => provider.GetRequiredKeyedService(descriptor.ServiceType, hidden), descriptor.Lifetime);
        }

        return hidden;
    }

    /// <summary>The service of a key that <see cref="Take"/> gave.</summary>
    public static IChatClient Resolve(IServiceProvider services, object key) =>
        ChatServices.Find(services, key) ?? throw new ArgumentException($"There is no chat service '{key}' to reason over.", nameof(key));

    private static ServiceDescriptor Moved(ServiceDescriptor from, object key)
    {
        if (!from.IsKeyedService)
        {
            return from.ImplementationInstance is { } instance ? new ServiceDescriptor(from.ServiceType, key, instance)
                : from.ImplementationFactory is { } factory ? new ServiceDescriptor(from.ServiceType, key, (provider, _) => factory(provider), from.Lifetime)
                : new ServiceDescriptor(from.ServiceType, key, from.ImplementationType!, from.Lifetime);
        }

        object? known = from.ServiceKey;
        return from.KeyedImplementationInstance is { } keyed ? new ServiceDescriptor(from.ServiceType, key, keyed)
            // The factory is told the key it was written for.
            : from.KeyedImplementationFactory is { } create ? new ServiceDescriptor(from.ServiceType, key, (provider, _) => create(provider, known), from.Lifetime)
            : new ServiceDescriptor(from.ServiceType, key, from.KeyedImplementationType!, from.Lifetime);
    }

    private sealed class HiddenKey
    {
        public override string ToString() => "(moved)";
    }
}

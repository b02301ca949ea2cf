using Microsoft.Extensions.AI;

namespace Agents.Reasoning;

/// <summary>Finding the sampler of a chat client.</summary>
public static class SamplerExtensions
{
    /// <summary>The client's own sampler where it has one; else an adapter that makes one call per sample.</summary>
    /// <param name="client">The chat client; not disposed by the sampler.</param>
    public static ISampler AsSampler(this IChatClient client) =>
        client.GetService(typeof(ISampler)) as ISampler ?? new ChatClientSampler(client);
}

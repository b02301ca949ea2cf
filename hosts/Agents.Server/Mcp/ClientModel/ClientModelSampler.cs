using System.Diagnostics;
using Agents.Reasoning;

namespace Agents.Server.Mcp;

/// <summary>The client's model as a plan must know it: nothing declared. In rounds nobody draws from it; its replies come with the next request.</summary>
internal sealed class ClientModelSampler : ISampler
{
    public const string Name = "client";

    public string ModelId => Name;

    public SamplerCapabilities Capabilities => SamplerCapabilities.None;

    public IAsyncEnumerable<SampleDelivery> SampleAsync(SampleBatch batch, CancellationToken cancellationToken = default) => throw new UnreachableException("A run in rounds draws no sample of its own.");

    /// <summary>A client's model as a served one: without prices, for every role.</summary>
    /// <param name="sampler">Draws from it.</param>
    public static ServedModel Served(ISampler sampler) => new(Name, new ReasoningModels(sampler), new Dictionary<string, ModelPrice>(), null);
}

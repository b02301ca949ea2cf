using System.Runtime.CompilerServices;
using Agents.Reasoning;

namespace Agents.Evaluation;

/// <summary>Stands for the roles that no samples were recorded for: every call fails and says so.</summary>
internal sealed class UnrecordedSampler(string itemId) : ISampler
{
    public string ModelId => "replay:none";

    public SamplerCapabilities Capabilities => SamplerCapabilities.None;

    public async IAsyncEnumerable<SampleDelivery> SampleAsync(SampleBatch batch, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        foreach (SampleRequest request in batch.Requests)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return new SampleDelivery(request.Key, CallOutcome.Failed(CallFailureKind.Unsupported, $"only solutions are recorded for item {itemId}; this role needs a live model"));
        }
    }
}

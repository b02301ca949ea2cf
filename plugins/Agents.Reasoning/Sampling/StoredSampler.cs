using System.Runtime.CompilerServices;

namespace Agents.Reasoning;

/// <summary>
/// A model whose samples are bought once: what a store holds is delivered from it, the rest is asked for and stored before it is
/// delivered. For callers that ask a model outside of runs, whose journals and stores do the same. Thread-safe as the two are.
/// </summary>
/// <param name="model">The model; not owned.</param>
/// <param name="store">The store; not owned.</param>
public sealed class StoredSampler(ISampler model, ISampleStore store) : ISampler
{
    private readonly ISampler model = model ?? throw new ArgumentNullException(nameof(model));
    private readonly ISampleStore store = store ?? throw new ArgumentNullException(nameof(store));

    /// <inheritdoc/>
    public string ModelId => model.ModelId;

    /// <inheritdoc/>
    public SamplerCapabilities Capabilities => model.Capabilities;

    /// <inheritdoc/>
    public async IAsyncEnumerable<SampleDelivery> SampleAsync(SampleBatch batch, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(batch);
        string prompt = PromptHash.Of("", batch.Messages, batch.Options);
        Dictionary<string, SampleKey> keys = batch.Requests.ToDictionary(r => r.Key, r => new SampleKey(model.ModelId, prompt, r.Seed, r.Index), StringComparer.Ordinal);
        IReadOnlyDictionary<SampleKey, CallOutcome> found = await store.FindAsync([.. keys.Values], cancellationToken).ConfigureAwait(false);
        var open = new List<SampleRequest>();
        foreach (SampleRequest request in batch.Requests)
        {
            if (found.TryGetValue(keys[request.Key], out CallOutcome? outcome))
                yield return new SampleDelivery(request.Key, outcome);
            else
                open.Add(request);
        }

        if (open.Count == 0)
            yield break;
        await foreach (SampleDelivery delivery in model.SampleAsync(batch with { Requests = open }, cancellationToken).ConfigureAwait(false))
        {
            // Not under the token: what was paid for is kept.
            if (delivery.Outcome.Failure is null)
                await store.AddAsync([new(keys[delivery.Key], delivery.Outcome)], CancellationToken.None).ConfigureAwait(false);
            yield return delivery;
        }
    }
}

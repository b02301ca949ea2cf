namespace Agents.Reasoning;

/// <summary>
/// Samples kept across runs: a sample is bought once. Thread-safe. Only successful outcomes are stored.
/// </summary>
public interface ISampleStore
{
    /// <summary>The stored outcomes among <paramref name="keys"/>, by key; keys without one are absent.</summary>
    ValueTask<IReadOnlyDictionary<SampleKey, CallOutcome>> FindAsync(IReadOnlyList<SampleKey> keys, CancellationToken cancellationToken = default);

    /// <summary>Stores outcomes; one that is there already is kept.</summary>
    ValueTask AddAsync(IReadOnlyList<KeyValuePair<SampleKey, CallOutcome>> outcomes, CancellationToken cancellationToken = default);
}

/// <summary>Identifies a sample across runs.</summary>
/// <param name="ModelId">The model, <see cref="ISampler.ModelId"/>.</param>
/// <param name="PromptHash">Hash of messages and options.</param>
/// <param name="Seed">The sample's seed, a function of the run's seed, branch and index.</param>
/// <param name="Index">The sample's index among identical requests.</param>
public readonly record struct SampleKey(string ModelId, string PromptHash, long Seed, int Index);

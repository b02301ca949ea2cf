using System.Collections.Concurrent;

namespace Agents.Reasoning;

/// <summary>Samples kept in memory for the life of the object. Thread-safe.</summary>
public sealed class MemorySampleStore : ISampleStore
{
    private readonly ConcurrentDictionary<SampleKey, CallOutcome> samples = new();

    /// <summary>The number of samples kept.</summary>
    public int Count => samples.Count;

    /// <inheritdoc/>
    public ValueTask<IReadOnlyDictionary<SampleKey, CallOutcome>> FindAsync(IReadOnlyList<SampleKey> keys, CancellationToken cancellationToken = default)
    {
        var found = new Dictionary<SampleKey, CallOutcome>();
        foreach (SampleKey key in keys)
        {
            if (samples.TryGetValue(key, out CallOutcome? outcome))
                found[key] = outcome;
        }

        return ValueTask.FromResult<IReadOnlyDictionary<SampleKey, CallOutcome>>(found);
    }

    /// <inheritdoc/>
    public ValueTask AddAsync(IReadOnlyList<KeyValuePair<SampleKey, CallOutcome>> outcomes, CancellationToken cancellationToken = default)
    {
        foreach ((SampleKey key, CallOutcome outcome) in outcomes)
            samples.TryAdd(key, outcome);
        return ValueTask.CompletedTask;
    }
}

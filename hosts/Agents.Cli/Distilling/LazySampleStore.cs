using Agents.Reasoning;
using Agents.Reasoning.Sqlite;

namespace Agents.Cli.Distilling;

/// <summary>A sample store whose file is made when something is first asked of it. Thread-safe.</summary>
/// <param name="path">The file.</param>
internal sealed class LazySampleStore(string path) : ISampleStore, IAsyncDisposable
{
    private readonly Lazy<SqliteSampleStore> store = new(() => SqliteSampleStore.Open(path));

    public ValueTask<IReadOnlyDictionary<SampleKey, CallOutcome>> FindAsync(IReadOnlyList<SampleKey> keys, CancellationToken cancellationToken = default) => store.Value.FindAsync(keys, cancellationToken);

    public ValueTask AddAsync(IReadOnlyList<KeyValuePair<SampleKey, CallOutcome>> outcomes, CancellationToken cancellationToken = default) => store.Value.AddAsync(outcomes, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (store.IsValueCreated)
            await store.Value.DisposeAsync();
    }
}

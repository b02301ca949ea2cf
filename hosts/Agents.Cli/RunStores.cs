using Agents.Reasoning;
using Agents.Reasoning.Sqlite;

namespace Agents.Cli;

/// <summary>Where a run's journal and samples are kept, if anywhere.</summary>
internal sealed class RunStores : IAsyncDisposable
{
    private readonly SqliteJournalStore? journals;
    private readonly SqliteSampleStore? samples;

    private RunStores(SqliteJournalStore? journals, SqliteSampleStore? samples) => (this.journals, this.samples) = (journals, samples);

    public IJournalStore? Journals => journals;

    public ISampleStore? Samples => samples;

    public static RunStores Open(string? folder, bool keepSamples = true)
    {
        if (folder is null)
            return new RunStores(null, null);
        Directory.CreateDirectory(folder);
        var journals = SqliteJournalStore.Open(Path.Combine(folder, "journal.db"));
        return new RunStores(journals, keepSamples ? SqliteSampleStore.Open(Path.Combine(folder, "samples.db")) : null);
    }

    public async ValueTask DisposeAsync()
    {
        if (journals is not null)
            await journals.DisposeAsync();
        if (samples is not null)
            await samples.DisposeAsync();
    }
}

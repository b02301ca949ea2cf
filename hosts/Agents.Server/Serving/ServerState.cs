using Agents.Reasoning.Sqlite;

namespace Agents.Server;

/// <summary>What outlives a request: jobs, named runs and their journals, in one folder.</summary>
internal sealed class ServerState : IAsyncDisposable
{
    private readonly string? temporary;

    public ServerState(ServerOptions options)
    {
        string folder = options.StateFolder ?? (temporary = Directory.CreateTempSubdirectory("agents-server-").FullName);
        Directory.CreateDirectory(folder);
        Journals = SqliteJournalStore.Open(Path.Combine(folder, "journal.db"));
        Jobs = SqliteJobStore.Open(Path.Combine(folder, "jobs.db"));
    }

    public SqliteJournalStore Journals { get; }

    public SqliteJobStore Jobs { get; }

    public async ValueTask DisposeAsync()
    {
        await Journals.DisposeAsync();
        await Jobs.DisposeAsync();
        if (temporary is not null)
            Directory.Delete(temporary, recursive: true);
    }
}

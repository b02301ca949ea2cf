using Agents.Reasoning.Sqlite.Tests.Database;
using Agents.Reasoning.Sqlite.Writer;

namespace Agents.Reasoning.Sqlite.Tests.Runs;

public sealed class LeaseTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string Journal => folder.File("journal.db");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task OpenAsync_ARunOpenInThisStore_IsRefusedUntilItIsDisposed()
    {
        await using SqliteJournalStore store = SqliteJournalStore.Open(Journal);
        await using (IRunJournal first = await store.OpenAsync(Written.Header("run")))
        {
            var refused = await Assert.ThrowsAsync<JournalLeaseException>(() => store.OpenAsync(Written.Header("run")).AsTask());
            Assert.Contains("this process", refused.Message, StringComparison.Ordinal);
            await first.AppendAsync([Written.Entry(0)]);
        }
        await using IRunJournal second = await store.OpenAsync(Written.Header("run"));
        Assert.Single(second.Recorded);
    }

    [Fact]
    public async Task OpenAsync_ARunOpenInAnotherStoreOfThisProcess_IsRefusedUntilThatStoreIsDisposed()
    {
        await using SqliteJournalStore second = SqliteJournalStore.Open(Journal);
        await using (SqliteJournalStore first = SqliteJournalStore.Open(Journal))
        {
            _ = await first.OpenAsync(Written.Header("run"));
            var refused = await Assert.ThrowsAsync<JournalLeaseException>(() => second.OpenAsync(Written.Header("run")).AsTask());
            Assert.Contains("another store of this process", refused.Message, StringComparison.Ordinal);
        }
        await using IRunJournal journal = await second.OpenAsync(Written.Header("run"));
    }

    [Fact]
    public async Task OpenAsync_ByASymbolicLink_SeesTheSameLease()
    {
        if (OperatingSystem.IsWindows())
            return; // Links need a privilege there.
        await using SqliteJournalStore store = SqliteJournalStore.Open(Journal);
        await using IRunJournal journal = await store.OpenAsync(Written.Header("run"));
        Directory.CreateDirectory(folder.File("elsewhere"));
        File.CreateSymbolicLink(folder.File("elsewhere/link.db"), Journal);
        await using SqliteJournalStore linked = SqliteJournalStore.Open(folder.File("elsewhere/link.db"));
        Assert.Equal(store.FullPath, linked.FullPath);
        await Assert.ThrowsAsync<JournalLeaseException>(() => linked.OpenAsync(Written.Header("run")).AsTask());
    }

    [Fact]
    public async Task OpenAsync_ARunOfAnotherProcess_IsRefusedWithItsNumberUntilItIsKilled()
    {
        await using SqliteJournalStore store = SqliteJournalStore.Open(Journal);
        using var other = new WriterProcess("hold", Journal, "run");
        Assert.Equal("held", await other.ReadLineAsync());

        var refused = await Assert.ThrowsAsync<JournalLeaseException>(() => store.OpenAsync(Written.Header("run")).AsTask());
        Assert.Contains($"process {other.Id} on {Environment.MachineName} since 20", refused.Message, StringComparison.Ordinal);
        await using (IRunJournal another = await store.OpenAsync(Written.Header("another run")))
            await another.AppendAsync([Written.Entry(0)]);

        await other.KillAsync();
        await using IRunJournal journal = await store.OpenAsync(Written.Header("run"));
        await journal.AppendAsync([Written.Entry(0)]);
    }

    [Fact]
    public async Task OpenAsync_ARunOpenHere_IsRefusedToAnotherProcess()
    {
        await using SqliteJournalStore store = SqliteJournalStore.Open(Journal);
        await using IRunJournal journal = await store.OpenAsync(Written.Header("run"));
        using var other = new WriterProcess("hold", Journal, "run");
        Assert.Contains($"process {Environment.ProcessId} on", await other.ReadLineAsync(), StringComparison.Ordinal);
        await other.EndAsync();
        Assert.Equal(3, other.ExitCode);
    }

    [Fact]
    public async Task Open_AfterAKill_ClearsWhatTheDeadLeft()
    {
        using (var other = new WriterProcess("hold", Journal, "run"))
        {
            await other.ReadLineAsync();
            await other.KillAsync();
        }
        await SqliteJournalStore.Open(Journal).DisposeAsync();
        Assert.Equal([Journal], Directory.EnumerateFiles(folder.Path));
    }

    [Fact]
    public async Task OpenAsync_ARowThatNamesAStoreWithoutAFile_IsFree()
    {
        await using SqliteJournalStore store = SqliteJournalStore.Open(Journal);
        await (await store.OpenAsync(Written.Header("run"))).DisposeAsync();
        DatabaseFileTests.Execute(Journal, "INSERT INTO writers VALUES ('gone', 1, 'elsewhere', 0)");
        DatabaseFileTests.Execute(Journal, "UPDATE runs SET writer = 'gone', held_since = 0");
        await using IRunJournal journal = await store.OpenAsync(Written.Header("run"));
    }

    [Fact]
    public async Task Dispose_TwiceAndBothWays_ReleasesOnce()
    {
        SqliteJournalStore store = SqliteJournalStore.Open(Journal);
        await using IRunJournal journal = await store.OpenAsync(Written.Header("run"));
        store.Dispose();
        await store.DisposeAsync();
        store.Dispose();
        Assert.Equal([Journal], Directory.EnumerateFiles(folder.Path));
    }
}

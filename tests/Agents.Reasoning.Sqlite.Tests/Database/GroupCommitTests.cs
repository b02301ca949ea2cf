using Microsoft.Data.Sqlite;

namespace Agents.Reasoning.Sqlite.Tests.Database;

public sealed class GroupCommitTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly SqliteConnection connection;
    private readonly GroupCommit writes;
    private readonly ManualResetEventSlim busy = new();
    private readonly ManualResetEventSlim submitted = new();
    private Task<bool>[] grouped = [];

    public GroupCommitTests()
    {
        connection = new SqliteConnection($"Data Source={folder.File("some.db")};Pooling=False;Default Timeout=1");
        connection.Open();
        Statement.Run(connection, "CREATE TABLE numbers (number INTEGER, padding BLOB)");
        writes = new GroupCommit(connection, "group");
    }

    public void Dispose()
    {
        writes.Dispose();
        connection.Dispose();
        folder.Dispose();
        busy.Dispose();
        submitted.Dispose();
    }

    [Fact]
    public async Task SubmitAsync_ManyThatWait_ShareOneTransactionInTheirOrder()
    {
        var transactions = new List<(int Number, int Changes)>();
        await Task.WhenAll(Group([.. Enumerable.Range(0, 100).Select(i => (Func<bool>)(() =>
        {
            transactions.Add((i, SQLitePCL.raw.sqlite3_get_autocommit(connection.Handle)));
            return Insert(i);
        }))]));
        Assert.Equal(Enumerable.Range(0, 100).Select(i => (i, 0)), transactions);
        Assert.Equal(100L, await CountAsync());
    }

    [Fact]
    public async Task SubmitAsync_WhileTheTransactionIsOpen_NoTaskOfItIsComplete()
    {
        bool[] incomplete = await Task.WhenAll(Group(() => Insert(0), () => !grouped[0].IsCompleted));
        Assert.Equal([true, true], incomplete);
    }

    [Fact]
    public async Task SubmitAsync_OneThrows_OnlyItsTaskFailsAndItsWorkIsUndone()
    {
        Task<bool>[] tasks = Group(
            () => Insert(0),
            () => Insert(1) ? throw new NotSupportedException("mine") : false,
            () => Insert(2));
        await Task.WhenAll(tasks[0], tasks[2]);
        Assert.Equal("mine", (await Assert.ThrowsAsync<NotSupportedException>(() => tasks[1])).Message);
        Assert.Equal(2L, await CountAsync());
    }

    [Fact]
    public async Task SubmitAsync_TheFileIsFull_TheErrorReachesTheWriteAndLaterOnesSucceed()
    {
        await writes.SubmitAsync(() => Statement.Run(connection, "PRAGMA max_page_count = 20"));
        Task<bool>[] tasks = Group(() => Insert(0), () => Insert(1, padding: 1 << 20), () => Insert(2));
        await Task.WhenAll(tasks[0], tasks[2]);
        Assert.Equal(SQLitePCL.raw.SQLITE_FULL, (await Assert.ThrowsAsync<SqliteException>(() => tasks[1])).SqliteErrorCode);
        Assert.True(await writes.SubmitAsync(() => Insert(3)));
        Assert.Equal(3L, await CountAsync());
    }

    [Fact]
    public async Task SubmitAsync_AnotherConnectionKeepsTheFile_AllFailAfterOneWait()
    {
        using var other = new SqliteConnection(connection.ConnectionString);
        other.Open();
        Statement.Run(other, "BEGIN IMMEDIATE");
        Task<bool>[] tasks = [.. Enumerable.Range(0, 20).Select(i => writes.SubmitAsync(() => Insert(i)))];
        foreach (Task<bool> task in tasks)
            Assert.Equal(SQLitePCL.raw.SQLITE_BUSY, (await Assert.ThrowsAsync<SqliteException>(() => task)).SqliteErrorCode);
        Statement.Run(other, "ROLLBACK");
        Assert.True(await writes.SubmitAsync(() => Insert(0)));
    }

    [Fact]
    public async Task SubmitAsync_AFailure_IsToldBeforeTheNextWriteRuns()
    {
        Exception? told = null;
        Task<bool>[] tasks = Group(() => true);
        Task<bool> failing = writes.SubmitAsync<bool>(() => throw new NotSupportedException(), error => told = error);
        Task<bool> next = writes.SubmitAsync(() => told is NotSupportedException);
        await Assert.ThrowsAsync<NotSupportedException>(() => failing);
        Assert.True(await next);
        await Task.WhenAll(tasks);
    }

    [Fact]
    public async Task DisposeAsync_WhileWritesWait_WritesThemAll()
    {
        Task<bool>[] tasks = [.. Enumerable.Range(0, 100).Select(i => writes.SubmitAsync(() => Insert(i)))];
        await writes.DisposeAsync();
        Assert.All(tasks, task => Assert.True(task.IsCompletedSuccessfully));
        Assert.Equal("The group is closed.", Assert.Throws<ObjectDisposedException>(() => { _ = writes.SubmitAsync(() => true); }).Message);
    }

    private bool Insert(int number, int padding = 0)
    {
        using var insert = new Statement(connection, "INSERT INTO numbers VALUES ($1, zeroblob($2))", 2);
        return insert.Execute(number, padding) == 1;
    }

    private Task<object?> CountAsync() => writes.SubmitAsync(() => Statement.Run(connection, "SELECT count(*) FROM numbers"));

    /// <summary>Submits while the writer is busy with another write, so that all are taken together.</summary>
    private Task<bool>[] Group(params Func<bool>[] group)
    {
        _ = writes.SubmitAsync(() =>
        {
            busy.Set();
            submitted.Wait();
            return true;
        });
        busy.Wait();
        grouped = [.. group.Select(write => writes.SubmitAsync(write))];
        submitted.Set();
        return grouped;
    }
}

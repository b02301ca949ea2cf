using Microsoft.Data.Sqlite;

namespace Agents.Reasoning.Sqlite.Tests.Database;

public class DatabaseFileTests
{
    [Fact]
    public void Open_FolderThatIsNotThere_IsMade()
    {
        using var folder = new TemporaryFolder();
        using SqliteJournalStore store = SqliteJournalStore.Open(folder.File("a/b/journal.db"));
        Assert.True(File.Exists(store.FullPath));
    }

    [Fact]
    public void Dispose_LastStoreOfAFile_LeavesNoNeighbours()
    {
        using var folder = new TemporaryFolder();
        SqliteJournalStore.Open(folder.File("journal.db")).Dispose();
        Assert.Equal([folder.File("journal.db")], Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Theory]
    [InlineData("")]
    [InlineData(":memory:")]
    public void Open_NoFile_PointsToTheInMemoryStores(string path) =>
        Assert.Contains("in-memory", Assert.Throws<ArgumentException>(() => SqliteJournalStore.Open(path)).Message, StringComparison.Ordinal);

    [Fact]
    public void Open_NewerVersion_IsRefusedAndSaysWhichVersionsAreKnown()
    {
        using var folder = new TemporaryFolder();
        SqliteJournalStore.Open(folder.File("journal.db")).Dispose();
        Execute(folder.File("journal.db"), "PRAGMA user_version = 99");
        string message = Assert.Throws<InvalidDataException>(() => SqliteJournalStore.Open(folder.File("journal.db"))).Message;
        Assert.Contains("version 99", message, StringComparison.Ordinal);
        Assert.Contains("up to 2", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_FileThatIsNoDatabase_IsRefusedAndLeftAsItWas()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("notes.txt");
        string text = string.Concat(Enumerable.Repeat("These are notes, not a journal. ", 100));
        File.WriteAllText(path, text);
        string message = Assert.Throws<InvalidDataException>(() => SqliteJournalStore.Open(path)).Message;
        Assert.Contains("notes.txt is not a run journal", message, StringComparison.Ordinal);
        Assert.Equal(text, File.ReadAllText(path));
        Assert.Single(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public void Open_DatabaseOfAnotherApplication_IsRefusedAndLeftAsItWas()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("other.db");
        Execute(path, "CREATE TABLE runs (id)");
        byte[] before = File.ReadAllBytes(path);
        Assert.Contains("another application", Assert.Throws<InvalidDataException>(() => SqliteJournalStore.Open(path)).Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(path));
        Assert.Single(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public void Open_SampleStoreAsAJournal_IsRefused()
    {
        using var folder = new TemporaryFolder();
        SqliteSampleStore.Open(folder.File("samples.db")).Dispose();
        Assert.Throws<InvalidDataException>(() => SqliteJournalStore.Open(folder.File("samples.db")));
    }

    [Fact]
    public void Open_DamagedDatabase_IsRefused()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("journal.db");
        SqliteJournalStore.Open(path).Dispose();
        using (FileStream file = File.OpenWrite(path))
        {
            file.Position = 100; // The header of the first page, after that of the file.
            file.Write(Enumerable.Repeat((byte)0xEE, 4000).ToArray());
        }
        Assert.Contains("damaged", Assert.Throws<InvalidDataException>(() => SqliteJournalStore.Open(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_AFolder_IsAnIOException()
    {
        using var folder = new TemporaryFolder();
        Assert.Throws<IOException>(() => SqliteJournalStore.Open(folder.Path));
    }

    [Fact]
    public void Open_ManyAtOnceOnANewFile_AllSucceed()
    {
        using var folder = new TemporaryFolder();
        for (int round = 0; round < 20; round++)
            Parallel.For(0, 8, _ => SqliteJournalStore.Open(folder.File($"journal{round}.db")).Dispose());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3601)]
    public void Open_BusyTimeoutOutOfRange_NamesOptionAndBound(int seconds)
    {
        using var folder = new TemporaryFolder();
        var options = new SqliteStoreOptions { BusyTimeout = TimeSpan.FromSeconds(seconds) };
        Assert.Contains("1 s to 1 hour", Assert.Throws<ArgumentOutOfRangeException>(() => SqliteJournalStore.Open(folder.File("j.db"), options)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_FullSynchronous_WritesAsWell()
    {
        using var folder = new TemporaryFolder();
        await using SqliteJournalStore store = SqliteJournalStore.Open(folder.File("j.db"), new() { Synchronous = SqliteSynchronous.Full });
        await using IRunJournal journal = await store.OpenAsync(Writer.Written.Header("run"));
        await journal.AppendAsync([Writer.Written.Entry(0)]);
    }

    internal static void Execute(string path, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        Statement.Run(connection, sql);
    }
}

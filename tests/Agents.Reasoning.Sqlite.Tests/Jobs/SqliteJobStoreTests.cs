namespace Agents.Reasoning.Sqlite.Tests.Jobs;

public sealed class SqliteJobStoreTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("agents-jobs-").FullName;

    private string File => Path.Combine(folder, "jobs.db");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Jobs_SurviveReopening_AndTheUnfinishedAreFoundOldestFirst()
    {
        await using (SqliteJobStore store = SqliteJobStore.Open(File))
        {
            await store.AddAsync(new JobRecord("b", "alice", "{}", 2));
            await store.AddAsync(new JobRecord("a", "alice", "{}", 1));
            await store.AddAsync(new JobRecord("c", "bob", "{}", 3));
            Assert.True(await store.UpdateAsync("b", JobStatus.Running));
            Assert.True(await store.UpdateAsync("c", JobStatus.Completed, "{\"answer\":\"½\"}"));
        }

        await using SqliteJobStore again = SqliteJobStore.Open(File);
        Assert.Equal(["a", "b"], again.Unfinished().Select(j => j.Id));
        Assert.Equal(["b", "a"], again.List("alice", 10).Select(j => j.Id));
        JobRecord done = again.Find("c")!;
        Assert.Equal((JobStatus.Completed, "{\"answer\":\"½\"}", true), (done.Status, done.Output, done.HasEnded));
        Assert.Null(again.Find("d"));
    }

    [Fact]
    public async Task Event_HappensOnce_BeforeTheEnd_AndSurvivesReopening()
    {
        await using (SqliteJobStore store = SqliteJobStore.Open(File))
        {
            await store.AddAsync(new JobRecord("a", "alice", "{}", 1));
            Assert.True(await store.AddEventAsync("a", "Approval", "true"));
            Assert.False(await store.AddEventAsync("a", "Approval", "false"));
            Assert.False(await store.AddEventAsync("nobody's", "Approval", "true"));
        }

        await using SqliteJobStore again = SqliteJobStore.Open(File);
        Assert.Equal("true", again.EventOf("a", "Approval"));
        Assert.Null(again.EventOf("a", "Other"));
        await again.UpdateAsync("a", JobStatus.Completed, "{}");
        Assert.False(await again.AddEventAsync("a", "Other", "true"));
        await again.DeleteAsync("a");
        Assert.Null(again.EventOf("a", "Approval"));
    }

    [Fact]
    public async Task EndedJob_StaysAsItEnded_AndOnlyAnEndedOneIsRemoved()
    {
        await using SqliteJobStore store = SqliteJobStore.Open(File);
        await store.AddAsync(new JobRecord("a", "alice", "{}", 1));
        Assert.False(await store.DeleteAsync("a"));
        Assert.True(await store.UpdateAsync("a", JobStatus.Terminated));
        Assert.False(await store.UpdateAsync("a", JobStatus.Completed, "{}"));
        Assert.Equal(JobStatus.Terminated, store.Find("a")!.Status);
        Assert.True(await store.DeleteAsync("a"));
        Assert.Null(store.Find("a"));
    }

    [Fact]
    public async Task Key_NamesTheFirstRun_ForItsOwnerAlone()
    {
        await using SqliteJobStore store = SqliteJobStore.Open(File);
        Assert.Equal(new NamedRun("h1", "r1"), await store.NameAsync("alice", "k", new NamedRun("h1", "r1")));
        Assert.Equal(new NamedRun("h1", "r1"), await store.NameAsync("alice", "k", new NamedRun("h2", "r2")));
        Assert.Equal(new NamedRun("h2", "r2"), await store.NameAsync("bob", "k", new NamedRun("h2", "r2")));
    }

    [Fact]
    public async Task Journal_IsRemovedWhole_ButNotWhileItIsWritten()
    {
        await using SqliteJournalStore journals = SqliteJournalStore.Open(Path.Combine(folder, "journal.db"));
        var header = new RunHeader("run", "s", "f", "i", "o");
        await using (IRunJournal journal = await journals.OpenAsync(header))
        {
            await journal.AppendAsync([new JournalEntry("k", CallOutcome.FromText("t"), 1)]);
            await Assert.ThrowsAsync<JournalLeaseException>(() => journals.DeleteAsync("run"));
        }

        Assert.True(await journals.DeleteAsync("run"));
        Assert.False(await journals.DeleteAsync("run"));
        await using IRunJournal anew = await journals.OpenAsync(header with { Fingerprint = "another" });
        Assert.Empty(anew.Recorded);
    }
}

using Agents.Reasoning.Sqlite.Tests.Database;
using Agents.Reasoning.Sqlite.Tests.Outcomes;
using Agents.Reasoning.Sqlite.Writer;
using Microsoft.Data.Sqlite;

namespace Agents.Reasoning.Sqlite.Tests.Runs;

public sealed class SqliteRunJournalTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly SqliteJournalStore store;

    public SqliteRunJournalTests() => store = SqliteJournalStore.Open(folder.File("journal.db"));

    public void Dispose()
    {
        store.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task OpenAsync_ANewRun_IsEmpty()
    {
        await using IRunJournal journal = await store.OpenAsync(Written.Header("run"));
        Assert.Equal(Written.Header("run"), journal.Header);
        Assert.Empty(journal.Recorded);
        Assert.Null(journal.RecordedResult);
    }

    [Fact]
    public async Task OpenAsync_AWrittenRun_HasItsEntriesInOrder()
    {
        await using (IRunJournal first = await store.OpenAsync(Written.Header("run")))
        {
            await first.AppendAsync([Written.Entry(0), Written.Entry(1)]);
            await first.AppendAsync([]);
            await first.AppendAsync([Written.Entry(2)]);
        }
        await using (IRunJournal second = await store.OpenAsync(Written.Header("run")))
        {
            Assert.Equal(["key 0", "key 1", "key 2"], second.Recorded.Select(e => e.Key));
            await second.AppendAsync([Written.Entry(3)]);
        }
        await using IRunJournal third = await store.OpenAsync(Written.Header("run"));
        Assert.Equal([0L, 1, 2, 3], third.Recorded.Select(e => e.At));
        StoredOutcomeTests.AssertEqual(Written.Entry(3).Outcome, third.Recorded[3].Outcome);
    }

    [Fact]
    public async Task OpenAsync_ManyRuns_KeepTheirEntriesApart()
    {
        await using IRunJournal a = await store.OpenAsync(Written.Header("a"));
        await using (IRunJournal b = await store.OpenAsync(Written.Header("b")))
        {
            await a.AppendAsync([Written.Entry(0)]);
            await b.AppendAsync([Written.Entry(0)]);
            await a.AppendAsync([Written.Entry(1)]);
        }
        await using IRunJournal again = await store.OpenAsync(Written.Header("b"));
        Assert.Single(again.Recorded);
    }

    [Fact]
    public async Task AppendAsync_AMebibyteOfText_ComesBack()
    {
        string text = string.Concat(Enumerable.Range(0, 1 << 17).Select(i => $"{i:x7}½"));
        await using (IRunJournal journal = await store.OpenAsync(Written.Header("run")))
            await journal.AppendAsync([new JournalEntry("key", CallOutcome.FromText(text), 0)]);
        await using IRunJournal again = await store.OpenAsync(Written.Header("run"));
        Assert.Equal(text, again.Recorded.Single().Outcome.Text);
    }

    [Fact]
    public async Task AppendAsync_AnyKeyInAnyRun_ComesBack()
    {
        string[] keys = ["plain | role | hash # 0", "branch \uD83E half", "branch \uD83D half", "nul \0 inside", "nul \0 outside", "'; DROP TABLE entries; --", ""];
        foreach (string key in keys)
        {
            await using IRunJournal journal = await store.OpenAsync(Written.Header(key));
            await journal.AppendAsync([.. keys.Select(k => Written.Entry(0) with { Key = k })]);
        }
        foreach (string key in keys)
        {
            await using IRunJournal again = await store.OpenAsync(Written.Header(key));
            Assert.Equal(keys, again.Recorded.Select(e => e.Key));
        }
    }

    [Fact]
    public async Task AppendAsync_Completed_IsCommittedForEveryOtherConnection()
    {
        await using IRunJournal journal = await store.OpenAsync(Written.Header("run"));
        using var other = new SqliteConnection($"Data Source={store.FullPath};Pooling=False");
        other.Open();
        using var count = new Statement(other, "SELECT count(*) FROM entries");
        for (int i = 0; i < 200; i++)
        {
            await journal.AppendAsync([Written.Entry(i)]);
            Assert.Equal(i + 1L, count.Scalar());
        }
    }

    [Fact]
    public async Task AppendAsync_NotAwaited_KeepsTheOrderOfTheCalls()
    {
        await using (IRunJournal journal = await store.OpenAsync(Written.Header("run")))
            await Task.WhenAll(Enumerable.Range(0, 200).Select(i => journal.AppendAsync([Written.Entry(i)]).AsTask()));
        await using IRunJournal again = await store.OpenAsync(Written.Header("run"));
        Assert.Equal(Enumerable.Range(0, 200).Select(i => $"key {i}"), again.Recorded.Select(e => e.Key));
    }

    [Fact]
    public async Task AppendAsync_FiftyRunsInParallel_EachHasItsTwoHundredEntries()
    {
        await Task.WhenAll(Enumerable.Range(0, 50).Select(run => Task.Run(async () =>
        {
            await using IRunJournal journal = await store.OpenAsync(Written.Header($"run {run}"));
            for (int i = 0; i < 200; i++)
                await journal.AppendAsync([Written.Entry(i)]);
        })));
        for (int run = 0; run < 50; run++)
        {
            await using IRunJournal journal = await store.OpenAsync(Written.Header($"run {run}"));
            Assert.Equal(Enumerable.Range(0, 200).Select(i => $"key {i}"), journal.Recorded.Select(e => e.Key));
        }
    }

    [Fact]
    public async Task AppendAsync_AKeyTwice_FailsAndTheJournalTakesNoMore()
    {
        await using (IRunJournal journal = await store.OpenAsync(Written.Header("run")))
        {
            await journal.AppendAsync([Written.Entry(0)]);
            await Assert.ThrowsAsync<SqliteException>(() => journal.AppendAsync([Written.Entry(1), Written.Entry(0)]).AsTask());
            var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => journal.AppendAsync([Written.Entry(2)]).AsTask());
            Assert.Contains("an earlier write failed", refused.Message, StringComparison.Ordinal);
        }
        await using IRunJournal again = await store.OpenAsync(Written.Header("run"));
        Assert.Single(again.Recorded);
        await again.AppendAsync([Written.Entry(1)]);
    }

    [Fact]
    public async Task AppendAsync_OneRunFailsInAGroup_TheOthersAreWritten()
    {
        await using IRunJournal bad = await store.OpenAsync(Written.Header("bad"));
        await using IRunJournal good = await store.OpenAsync(Written.Header("good"));
        using var release = new ManualResetEventSlim();
        Task<bool> blocker = store.Writes.SubmitAsync(() => { release.Wait(); return true; });
        Task first = good.AppendAsync([Written.Entry(0)]).AsTask();
        Task failing = bad.AppendAsync([Written.Entry(0), Written.Entry(0)]).AsTask();
        Task after = bad.AppendAsync([Written.Entry(1)]).AsTask();
        Task second = good.AppendAsync([Written.Entry(1)]).AsTask();
        release.Set();

        await Task.WhenAll(blocker, first, second);
        await Assert.ThrowsAsync<SqliteException>(() => failing);
        await Assert.ThrowsAsync<InvalidOperationException>(() => after);
        await good.DisposeAsync();
        await using IRunJournal again = await store.OpenAsync(Written.Header("good"));
        Assert.Equal(2, again.Recorded.Count);
    }

    [Fact]
    public async Task AppendAsync_CancelledBefore_WritesNothing()
    {
        await using (IRunJournal journal = await store.OpenAsync(Written.Header("run")))
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => journal.AppendAsync([Written.Entry(0)], new CancellationToken(true)).AsTask());
        await using IRunJournal again = await store.OpenAsync(Written.Header("run"));
        Assert.Empty(again.Recorded);
    }

    [Fact]
    public async Task AppendAsync_AfterDispose_FailsClearly()
    {
        IRunJournal journal = await store.OpenAsync(Written.Header("run"));
        await journal.DisposeAsync();
        await journal.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await journal.AppendAsync([Written.Entry(0)]));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await journal.CompleteAsync("{}"));
    }

    [Fact]
    public async Task AppendAsync_AfterTheStoreIsDisposed_FailsClearly()
    {
        IRunJournal journal = await store.OpenAsync(Written.Header("run"));
        Task queued = journal.AppendAsync([Written.Entry(0)]).AsTask();
        await store.DisposeAsync();
        await queued;
        var closed = await Assert.ThrowsAsync<ObjectDisposedException>(async () => await journal.AppendAsync([Written.Entry(1)]));
        Assert.Contains("is closed", closed.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await store.OpenAsync(Written.Header("other")));
        await journal.DisposeAsync();

        await using SqliteJournalStore reopened = SqliteJournalStore.Open(folder.File("journal.db"));
        await using IRunJournal again = await reopened.OpenAsync(Written.Header("run"));
        Assert.Single(again.Recorded);
    }

    [Fact]
    public async Task CompleteAsync_ThenOpened_HasTheResultAndTakesNoMore()
    {
        await using (IRunJournal journal = await store.OpenAsync(Written.Header("run")))
        {
            await journal.AppendAsync([Written.Entry(0)]);
            await journal.CompleteAsync("""{"answer":"½ \ud800"}""");
            await Assert.ThrowsAsync<InvalidOperationException>(async () => await journal.AppendAsync([Written.Entry(1)]));
        }
        await using IRunJournal again = await store.OpenAsync(Written.Header("run"));
        Assert.Equal("""{"answer":"½ \ud800"}""", again.RecordedResult);
        Assert.Single(again.Recorded);
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await again.CompleteAsync("{}"));
    }

    [Theory]
    [InlineData("strategy")]
    [InlineData("fingerprint")]
    [InlineData("input")]
    [InlineData("options")]
    public async Task OpenAsync_AnotherHeader_NamesTheFieldThatDiffers(string field)
    {
        RunHeader header = Written.Header("run");
        await (await store.OpenAsync(header)).DisposeAsync();
        RunHeader other = field switch
        {
            "strategy" => header with { Strategy = "changed" },
            "fingerprint" => header with { Fingerprint = "changed" },
            "input" => header with { InputHash = "changed" },
            _ => header with { OptionsHash = "changed" },
        };
        var mismatch = await Assert.ThrowsAsync<JournalMismatchException>(() => store.OpenAsync(other).AsTask());
        Assert.Contains($"begun with {field}", mismatch.Message, StringComparison.Ordinal);
        Assert.Contains("'changed'", mismatch.Message, StringComparison.Ordinal);
        await using IRunJournal still = await store.OpenAsync(header);
    }

    [Theory]
    [InlineData("DELETE FROM entries WHERE seq = 1", "entry 1 is missing")]
    [InlineData("DROP TRIGGER entries_are_kept; UPDATE entries SET outcome = '{' WHERE seq = 2", "entry 2 cannot be read")]
    public async Task OpenAsync_DamagedEntries_SaysWhichAndGivesTheLeaseBack(string damage, string said)
    {
        await using (IRunJournal journal = await store.OpenAsync(Written.Header("run")))
            await journal.AppendAsync([.. Enumerable.Range(0, 4).Select(Written.Entry)]);
        DatabaseFileTests.Execute(store.FullPath, damage);
        for (int attempt = 0; attempt < 2; attempt++)
            Assert.Contains(said, (await Assert.ThrowsAsync<InvalidDataException>(() => store.OpenAsync(Written.Header("run")).AsTask())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Entries_AreAppendOnly()
    {
        await using IRunJournal journal = await store.OpenAsync(Written.Header("run"));
        await journal.AppendAsync([Written.Entry(0)]);
        Assert.Throws<SqliteException>(() => DatabaseFileTests.Execute(store.FullPath, "UPDATE entries SET at = 7"));
    }

    [Fact]
    public async Task AppendAsync_AnotherConnectionHoldsTheFile_WaitsForIt()
    {
        await using IRunJournal journal = await store.OpenAsync(Written.Header("run"));
        using var other = new SqliteConnection($"Data Source={store.FullPath};Pooling=False");
        other.Open();
        Statement.Run(other, "BEGIN IMMEDIATE");
        Task waiting = journal.AppendAsync([Written.Entry(0)]).AsTask();
        Assert.False(waiting.IsCompleted);
        Statement.Run(other, "COMMIT");
        await waiting;
    }
}

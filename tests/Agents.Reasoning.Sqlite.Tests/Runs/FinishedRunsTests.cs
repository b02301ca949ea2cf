using System.Collections.ObjectModel;
using Agents.Answers;
using Microsoft.Data.Sqlite;

namespace Agents.Reasoning.Sqlite.Tests.Runs;

public class FinishedRunsTests
{
    private static readonly RunSubject asked = new("What is 1 + 1?", AnswerKind.Number, 7, new ReadOnlyDictionary<string, string>(new Dictionary<string, string> { ["*"] = "small", ["judge"] = "large" })) { Temperature = 0.7 };

    private static RunHeader Header(string id) => new(id, "direct", "f", "i", "o");

    [Fact]
    public async Task FinishedRuns_OfAFile_ComeInTheOrderOfTheirIds_WithWhatTheyWereAbout()
    {
        using var folder = new TemporaryFolder();
        using SqliteJournalStore store = SqliteJournalStore.Open(folder.File("journal.db"));
        foreach (string id in (string[])["b", "a", "open"])
        {
            await using IRunJournal journal = await store.OpenAsync(Header(id) with { Subject = asked });
            if (id != "open")
                await journal.CompleteAsync($$"""{"strategy":"direct","answer":"{{id}}","stop_reason":"completed","candidates":[{"index":0,"sample":{"index":0,"key":"|solver|x#0","outcome":{"text":"It is {{id}}."} },"answer":"{{id}}"}]}""");
        }

        IReadOnlyList<RecordedRun> runs = store.FinishedRuns();
        Assert.Equal(["a", "b"], runs.Select(r => r.RunId));
        Assert.Equal("It is b.", runs[1].Result.Candidates[0].Sample.Text);
        RunSubject subject = runs[0].Subject!;
        Assert.Equal(("What is 1 + 1?", AnswerKind.Number, 7L, 0.7), (subject.Question, subject.Expected, subject.Seed, subject.Temperature));
        Assert.Equal(("large", "small"), (subject.ModelOf("judge"), subject.ModelOf("solver")));
    }

    [Fact]
    public async Task Open_RunBegunWithoutASubject_IsTheSameRunAndGetsOne()
    {
        using var folder = new TemporaryFolder();
        using SqliteJournalStore store = SqliteJournalStore.Open(folder.File("journal.db"));
        await (await store.OpenAsync(Header("a"))).DisposeAsync();
        await using (IRunJournal journal = await store.OpenAsync(Header("a") with { Subject = asked }))
            await journal.CompleteAsync("""{"strategy":"direct","stop_reason":"completed"}""");
        Assert.Equal("What is 1 + 1?", store.FinishedRuns()[0].Subject!.Question);
    }

    [Fact]
    public async Task Open_JournalOfTheFirstVersion_IsTakenAlong_AndItsRunsHaveNoSubject()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("journal.db");
        using (SqliteJournalStore store = SqliteJournalStore.Open(path))
        {
            await using IRunJournal journal = await store.OpenAsync(Header("old"));
            await journal.CompleteAsync("""{"strategy":"direct","stop_reason":"completed"}""");
        }

        using (var connection = new SqliteConnection($"Data Source={path};Pooling=False"))
        {
            connection.Open();
            using SqliteCommand back = connection.CreateCommand();
            back.CommandText = "ALTER TABLE runs DROP COLUMN subject; PRAGMA user_version = 1";
            back.ExecuteNonQuery();
        }

        using SqliteJournalStore again = SqliteJournalStore.Open(path);
        RecordedRun run = Assert.Single(again.FinishedRuns());
        Assert.Equal(("old", (RunSubject?)null), (run.RunId, run.Subject));
    }
}

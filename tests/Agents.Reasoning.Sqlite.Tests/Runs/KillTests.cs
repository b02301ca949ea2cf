using System.Globalization;
using Agents.Reasoning.Sqlite.Writer;

namespace Agents.Reasoning.Sqlite.Tests.Runs;

public class KillTests
{
    private const int Kills = 20;

    [Fact]
    public async Task Append_KilledAtTwentyMoments_KeepsWhatWasAcknowledgedWithoutHoles()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("journal.db");
#pragma warning disable CA5394 // Moments of a test, not secrets.
        var random = new Random(20260101);
        int entries = 0;
        for (int kill = 0; kill < Kills; kill++)
        {
            // Every fifth is killed while it opens; the others after some acknowledgements. The extra spin moves the kill off the line.
            int lines = kill % 5 == 0 ? 1 : random.Next(2, 120);
            using var writer = new WriterProcess("append", path, "run", kill.ToString(CultureInfo.InvariantCulture));
            var said = new List<string>();
            while (said.Count < lines && await writer.ReadLineAsync() is { } line)
                said.Add(line);
            Assert.Equal(lines, said.Count);
            Thread.SpinWait(random.Next(kill % 5 == 0 ? 2_000_000 : 50_000));
            said.AddRange(await writer.KillAsync());

            await using SqliteJournalStore store = SqliteJournalStore.Open(path);
            await using IRunJournal journal = await store.OpenAsync(Written.Header("run"));
            Assert.InRange(journal.Recorded.Count, LastAcknowledged(said) ?? entries, int.MaxValue);
            Assert.Equal(Enumerable.Range(0, journal.Recorded.Count).Select(i => $"key {i}"), journal.Recorded.Select(e => e.Key));
            entries = journal.Recorded.Count;
            await journal.AppendAsync([Written.Entry(entries++)]);
        }
        Assert.InRange(entries, 200, int.MaxValue);
    }

    /// <summary>How many entries the last complete line acknowledges: <c>recorded N</c> or <c>next N</c>.</summary>
    private static int? LastAcknowledged(List<string> said) =>
        said.Where(line => line.Contains(' ', StringComparison.Ordinal)).Select(line => (int?)int.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture)).LastOrDefault();
}

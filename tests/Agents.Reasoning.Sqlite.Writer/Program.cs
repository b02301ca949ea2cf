using Agents.Reasoning;
using Agents.Reasoning.Sqlite;
using Agents.Reasoning.Sqlite.Writer;

// append PATH RUN SEED    appends to a run until killed, in batches of 1 to 5; one line for each acknowledged batch: the next seq
// hold   PATH RUN         holds a run's lease until standard input ends; says why and exits with 3 when it is refused
// samples PATH COUNT      adds samples 0 to COUNT - 1 in batches of 10
switch (args)
{
    case ["append", string path, string run, string seed]:
    {
        Say("started");
        await using SqliteJournalStore store = SqliteJournalStore.Open(path);
        await using IRunJournal journal = await store.OpenAsync(Written.Header(run));
        Say($"recorded {journal.Recorded.Count}");
#pragma warning disable CA5394 // Batch sizes of a test, not secrets.
        var random = new Random(int.Parse(seed, null));
        for (int seq = journal.Recorded.Count; ;)
        {
            int count = random.Next(1, 6);
#pragma warning restore CA5394
            await journal.AppendAsync([.. Enumerable.Range(seq, count).Select(Written.Entry)]);
            seq += count;
            Say($"next {seq}");
        }
    }
    case ["hold", string path, string run]:
    {
        await using SqliteJournalStore store = SqliteJournalStore.Open(path);
        try
        {
            await using IRunJournal journal = await store.OpenAsync(Written.Header(run));
            Say("held");
            await Console.In.ReadToEndAsync();
            return 0;
        }
        catch (JournalLeaseException e)
        {
            Say(e.Message);
            return 3;
        }
    }
    case ["samples", string path, string count]:
    {
        await using SqliteSampleStore store = SqliteSampleStore.Open(path);
        foreach (int[] some in Enumerable.Range(0, int.Parse(count, null)).Chunk(10))
            await store.AddAsync([.. some.Select(Written.Sample)]);
        Say("added");
        return 0;
    }
    default:
        return 2;
}

static void Say(string line)
{
    Console.WriteLine(line);
    Console.Out.Flush();
}

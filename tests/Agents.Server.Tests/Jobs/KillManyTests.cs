using System.Text.Json;
using Agents.Reasoning;
using Agents.Testing;
using Microsoft.Data.Sqlite;

namespace Agents.Server.Tests.Jobs;

/// <summary>Fifty jobs in work, a process that is killed, and the journals that the next one goes on from.</summary>
public sealed class KillManyTests
{
    private const int Jobs = 50;

    // Calls of proposers that the first process gets an answer to, of a hundred.
    private const int Answered = 90;

    [Fact]
    public async Task Kill9_WithFiftyJobsInWork_AllFinish_AndNoJournaledCallIsRepeated()
    {
        using var folder = new TestFolder();
        await using StubModelServer upstream = await StubModelServer.StartAsync();
        int proposed = 0;
        // A job asks two proposers and then the aggregator, which never answers: no job ends before the kill.
        upstream.Script = request => request.IdempotencyKey!.Contains("|aggregator|", StringComparison.Ordinal) || Interlocked.Increment(ref proposed) > Answered ? new StubBehavior { Hang = true } : null;
        var ids = new List<string>();
        using (ServerProcess first = await ServerProcess.StartAsync(folder.Path, upstream, ("Agents__MaxBackgroundJobs", "64")))
        {
            for (int i = 0; i < Jobs; i++)
            {
                using HttpRequestMessage request = RunningServer.Request("/api/reason", $$"""{"question":"What is {{i}} times 7?","strategy":"mixture","samples":2,"seed":{{i}},"settings":{"layers":1} }""", [("Prefer", "respond-async")]);
                using HttpResponseMessage accepted = await first.Client.SendAsync(request);
                ids.Add(JsonElement.Parse(await accepted.Content.ReadAsStringAsync()).GetProperty("id").GetString()!);
            }

            await upstream.Traffic.WhenInFlightAsync(Jobs);
            Assert.DoesNotContain("\"Completed\"", await first.Client.GetStringAsync("/api/reason"), StringComparison.Ordinal);
            await first.KillAsync();
        }

        await upstream.Traffic.WhenIdleAsync();
        HashSet<string> before = [.. upstream.Traffic.Requests.Select(r => r.IdempotencyKey!)];
        HashSet<string> journaled = Journaled(folder);
        Assert.NotEmpty(journaled);
        Assert.True(journaled.Count <= Answered && journaled.IsSubsetOf(before), $"{journaled.Count} journaled, such as {journaled.First()}; {before.Count} asked, such as {before.First()}.");
        Assert.Equal(before.Count, upstream.Traffic.Requests.Count);

        upstream.Script = _ => null;
        int seen = upstream.Traffic.Requests.Count;
        using (ServerProcess second = await ServerProcess.StartAsync(folder.Path, upstream, ("Agents__MaxBackgroundJobs", "64")))
        {
            foreach (string id in ids)
            {
                await second.Client.GetStringAsync($"/api/reason/{id}/events");
                JsonElement job = JsonElement.Parse(await second.Client.GetStringAsync($"/api/reason/{id}"));
                Assert.Equal(("Completed", 3), (job.GetProperty("runtimeStatus").GetString(), job.GetProperty("output").GetProperty("usage").GetProperty("model_calls").GetInt32()));
            }

            await second.KillAsync();
        }

        string[] after = [.. upstream.Traffic.Requests.Skip(seen).Select(r => r.IdempotencyKey!)];
        Assert.Equal(after.Length, after.Distinct().Count());
        Assert.DoesNotContain(after, journaled.Contains);
        // Exactly what had been asked and not journaled is asked again, each under its own key; with the rest that makes three calls a job.
        Assert.Equal(before.Except(journaled).Order(StringComparer.Ordinal), after.Where(before.Contains).Order(StringComparer.Ordinal));
        Assert.Equal(3 * Jobs, before.Union(after).Count());
    }

    private static HashSet<string> Journaled(TestFolder folder)
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder.Path, "journal.db")};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        // A key that begins with a dollar sign is the loop's own entry, of a time that was read; no call stands behind it.
        command.CommandText = "SELECT runs.run_id, entries.key FROM entries JOIN runs ON runs.id = entries.run WHERE entries.key NOT LIKE '$%'";
        using SqliteDataReader rows = command.ExecuteReader();
        while (rows.Read())
            keys.Add(SampleRequest.KeyOf(rows.GetString(0), rows.GetString(1)));
        return keys;
    }
}

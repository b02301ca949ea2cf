using System.Diagnostics;
using System.Globalization;
using System.Text;
using Agents.Reasoning;
using Agents.Testing;
using Microsoft.Data.Sqlite;
using Xunit.Abstractions;

namespace Agents.Cli.Tests;

/// <summary>kill -9 at random moments of an evaluation, each followed by the same command.</summary>
public sealed class EvalKillTests(ITestOutputHelper log)
{
    private const int Questions = 200;
    private const int Samples = 4;
    private const int Kills = 20;

    [Fact]
    public async Task KilledTwentyTimes_GivesTheResultsOfAnUndisturbedRun_AndRepeatsNoJournaledCall()
    {
        await using StubModelServer server = await StubModelServer.StartAsync();
        server.Behavior = StubBehavior.Default with { Delay = TimeSpan.FromMilliseconds(150), Text = (request, choice) => Reply(request, choice) };
        using var folder = new TestFolder();
        string data = folder.Write("questions.jsonl", [.. Enumerable.Range(0, Questions).Select(i => $$"""{"id":"q{{i}}","question":"What is {{i}} plus {{i}}?","gold":"{{2 * i}}"}""")]);
        string[] Command(string output) => ["eval", data, "--strategy", "self-consistency", "--samples", "4", "--model", $"openai:stub@{server.Endpoint}", "--parallel", "4", "--out", folder[output]];

        Assert.Equal(0, await FinishAsync(Command("calm")));
        int calm = server.Traffic.Requests.Count;
        Assert.Equal(Questions * Samples, calm);

        var random = new Random(20);
        var journaled = new HashSet<string>(StringComparer.Ordinal);
        int kills = 0, repeated = 0;
        while (kills < Kills)
        {
            int before = server.Traffic.Requests.Count;
            using Process process = Cli.Start(new StringBuilder(), Command("killed"));
            // Every run gets a few calls further, then dies at a random moment, some before they have asked anything.
            Task gone = process.WaitForExitAsync();
            await Task.WhenAny(server.Traffic.WhenReceivedAsync(before + random.Next(0, 40)), gone);
            await Task.WhenAny(Task.Delay(random.Next(0, 200)), gone);
            if (process.HasExited)
                break;
            process.Kill();
            await gone;
            kills++;
            string[] asked = [.. server.Traffic.Requests.Skip(before).Select(r => r.IdempotencyKey!)];
            string[] again = [.. asked.Where(journaled.Contains)];
            Assert.True(again.Length == 0, $"after kill {kills}: {again.Length} journaled calls were asked again");
            journaled.UnionWith(Journaled(folder["killed"]));
        }

        Assert.Equal(Kills, kills);
        int last = server.Traffic.Requests.Count;
        Assert.Equal(0, await FinishAsync(Command("killed")));
        Assert.DoesNotContain(server.Traffic.Requests.Skip(last), r => journaled.Contains(r.IdempotencyKey!));
        int all = server.Traffic.Requests.Count - calm;
        repeated = all - Questions * Samples;
        log.WriteLine($"{kills} kills, {all} calls, of which {repeated} were in flight at a kill and asked once more with the same key");
        Assert.Equal(Questions * Samples, server.Traffic.Requests.Skip(calm).Select(r => r.IdempotencyKey).Distinct().Count());

        Assert.Equal(File.ReadAllText(Path.Combine(folder["calm"], "results.jsonl")), File.ReadAllText(Path.Combine(folder["killed"], "results.jsonl")));

        int done = server.Traffic.Requests.Count;
        Assert.Equal(0, await FinishAsync(Command("killed")));
        Assert.Equal(done, server.Traffic.Requests.Count);
    }

    [Fact]
    public async Task SecondProcessOnTheSameRun_IsRefusedByItsLease()
    {
        await using StubModelServer server = await StubModelServer.StartAsync();
        server.Behavior = StubBehavior.Default with { Hang = true };
        using var folder = new TestFolder();
        string data = folder.Write("questions.jsonl", """{"id":"q","question":"What is one plus one?","gold":"2"}""");
        string[] command = ["eval", data, "--strategy", "direct", "--model", $"openai:stub@{server.Endpoint}", "--out", folder["out"]];
        using Process first = Cli.Start(new StringBuilder(), command);
        await server.Traffic.WhenReceivedAsync(1);
        (int code, _, string error) = await Cli.RunAsync(command);
        Assert.Equal(2, code);
        Assert.Contains(first.Id.ToString(CultureInfo.InvariantCulture), error, StringComparison.Ordinal);
        Assert.Single(server.Traffic.Requests);
        first.Kill();
        await first.WaitForExitAsync();
        await server.Traffic.WhenIdleAsync();

        server.Behavior = StubBehavior.Default with { Text = (_, _) => "<answer>2</answer>" };
        Assert.Equal(0, (await Cli.RunAsync(command)).Code);
    }

    private static async Task<int> FinishAsync(string[] command)
    {
        var errors = new StringBuilder();
        using Process process = Cli.Start(errors, command);
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, errors.ToString());
        return process.ExitCode;
    }

    // A function of the sample's seed, so that the model itself is reproducible.
    private static string Reply(StubRequest request, int choice) =>
        string.Create(CultureInfo.InvariantCulture, $"<answer>{(request.Seed + choice) % 3}</answer>");

    private static IEnumerable<string> Journaled(string folder)
    {
        string file = Path.Combine(folder, "journal.db");
        if (!File.Exists(file))
            yield break;
        using var connection = new SqliteConnection($"Data Source={file};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using SqliteCommand query = connection.CreateCommand();
        query.CommandText = "SELECT r.run_id, e.key FROM entries e JOIN runs r ON r.id = e.run";
        using SqliteDataReader rows = query.ExecuteReader();
        while (rows.Read())
            yield return SampleRequest.KeyOf(rows.GetString(0), rows.GetString(1));
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Agents.Testing;
using Microsoft.Data.Sqlite;
using Xunit.Abstractions;

namespace Agents.Cli.Tests.Distilling;

/// <summary>kill -9 at random moments of a distillation that asks a model for samples, hinted rationales and completions of prefixes.</summary>
public sealed partial class DistillKillTests(ITestOutputHelper log)
{
    private const int Questions = 60;
    private const int Kills = 8;

    [Fact]
    public async Task KilledEightTimes_WritesTheFilesOfAnUndisturbedRun_AndRepeatsNoStoredCall()
    {
        await using StubModelServer server = await StubModelServer.StartAsync();
        server.Behavior = StubBehavior.Default with { Delay = TimeSpan.FromMilliseconds(20), Text = Reply };
        using var folder = new TestFolder();
        string data = folder.Write("questions.jsonl", [.. Enumerable.Range(1, Questions).Select(i => $$"""{"id":"q{{i}}","question":"What is {{i}} plus {{i}} plus {{i}}?","gold":"{{3 * i}}"}""")]);
        string recipe = folder.Write("recipe.yaml",
            "name: killed", "seed: 1", "parts:",
            "- {name: own, source: {samples: 4}, steps: [{step: rollouts, completions: 3}, {step: correct}]}",
            "- {name: hinted, source: {hinted: 3, samples: 2}, steps: [{step: rollouts, completions: 2, search: binary}]}",
            "outputs: [trl-messages, trl-prm, step-values, trl-dpo]");
        string[] Command(string output) => ["distill", data, "--recipe", recipe, "--model", $"openai:stub@{server.Endpoint}", "--out", folder[output]];

        await FinishAsync(Command("calm"));
        int calm = server.Traffic.Requests.Count;

        var random = new Random(8);
        int kills = 0;
        var stored = new HashSet<long>();
        while (kills < Kills)
        {
            int before = server.Traffic.Requests.Count;
            using Process process = Cli.Start(new StringBuilder(), Command("killed"));
            Task gone = process.WaitForExitAsync();
            await Task.WhenAny(server.Traffic.WhenReceivedAsync(before + random.Next(10, 100)), gone);
            Assert.False(process.HasExited, "the run ended before it could be killed");
            process.Kill();
            await gone;
            await server.Traffic.WhenIdleAsync();
            kills++;
            Assert.DoesNotContain(server.Traffic.Requests.Skip(before), r => stored.Contains(r.Seed!.Value));
            stored.UnionWith(Stored(folder["killed"]));
        }

        int last = server.Traffic.Requests.Count;
        await FinishAsync(Command("killed"));
        Assert.DoesNotContain(server.Traffic.Requests.Skip(last), r => stored.Contains(r.Seed!.Value));
        StubRequest[] all = [.. server.Traffic.Requests.Skip(calm)];
        Assert.Equal(calm, all.Select(r => r.IdempotencyKey).Distinct(StringComparer.Ordinal).Count());
        // Else the kills came before anything could be lost.
        Assert.True(stored.Count > calm / 5, $"only {stored.Count} of {calm} calls were stored at a kill");
        log.WriteLine($"{calm} calls, {kills} kills, {stored.Count} calls stored at the last of them, {all.Length - calm} calls in flight at a kill asked once more with the same key");

        Assert.Equal(Exported.Files(folder["calm"]), Exported.Files(folder["killed"]));
        Exported.MustAddUp(folder["killed"]);
        Exported.MustBeValid(folder["killed"]);

        int done = server.Traffic.Requests.Count;
        await FinishAsync(Command("killed"));
        Assert.Equal(done, server.Traffic.Requests.Count);
    }

    private static async Task FinishAsync(string[] command)
    {
        var errors = new StringBuilder();
        using Process process = Cli.Start(errors, command);
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, errors.ToString());
    }

    // A function of question and seed, right or wrong in the second step, so that the model itself is reproducible.
    private static string Reply(StubRequest request, int choice)
    {
        int i = int.Parse(Asked().Match(request.Prompt).Groups[1].Value, CultureInfo.InvariantCulture), slip = request.Seed % 3 == 0 ? 0 : 1;
        return string.Create(CultureInfo.InvariantCulture, $"<think><step>{i}+{i}={2 * i}</step><step>{2 * i}+{i}={(3 * i) + slip}</step></think><answer>{(3 * i) + slip}</answer>");
    }

    [GeneratedRegex(@"What is (\d+) plus")]
    private static partial Regex Asked();

    private static IEnumerable<long> Stored(string folder)
    {
        string file = Path.Combine(folder, "samples.db");
        if (!File.Exists(file))
            yield break;
        using var connection = new SqliteConnection($"Data Source={file};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using SqliteCommand query = connection.CreateCommand();
        query.CommandText = "SELECT seed FROM samples";
        using SqliteDataReader rows = query.ExecuteReader();
        while (rows.Read())
            yield return rows.GetInt64(0);
    }
}

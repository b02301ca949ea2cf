using System.Text.Json;
using Agents.Hosting.Runs;
using Agents.Reasoning.Sqlite;
using Agents.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace Agents.Cli.Tests.Distilling;

public sealed class SourceTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    private string Data(string name = "data.jsonl") => folder.Write(name, [.. Enumerable.Range(1, 12).Select(i =>
        $$"""{"id":"q{{i}}","question":"What is {{i}} plus 1?","gold":"{{i + 1}}","samples":[{"text":"{{i}}+1={{i + 1}}. The answer is {{i + 1}}.","answer":"{{i + 1}}"},{"text":"1+{{i}}={{i + 1}}. The answer is {{i + 1}}.","answer":"{{i + 1}}"},{"text":"{{i}}+1={{i + 2}}. The answer is {{i + 2}}.","answer":"{{i + 2}}"}]}""")]);

    private string Recipe(params string[] lines) => folder.Write("recipe.yaml", ["name: made", .. lines]);

    private async Task<string> DistilAsync(params string[] arguments)
    {
        (int code, _, string error) = await Cli.RunAsync([.. arguments, "--out", folder["out"]]);
        Assert.True(code == 0, error);
        Exported.MustAddUp(folder["out"]);
        Exported.MustBeValid(folder["out"]);
        return error;
    }

    private JsonElement[] Provenance(string file = "trl-messages.train") => [.. File.ReadLines(Path.Combine(folder["out"], file + ".provenance.jsonl")).Select(l => JsonElement.Parse(l).GetProperty("traces")[0])];

    [Fact]
    public async Task Distill_RunsOfAnEvaluation_GivesTheirCandidates_WithoutAModel()
    {
        Assert.Equal(0, (await Cli.RunAsync("eval", Data(), "--model", "replay", "--strategy", "self-consistency", "--strategy", "direct", "--samples", "3", "--out", folder["eval"])).Code);
        await DistilAsync("distill", Data(), "--recipe", Recipe("steps: [{step: correct}]", "outputs: [trl-messages]"), "--runs", folder["eval"]);
        JsonElement[] traces = Provenance();
        // Both right samples of each question.
        Assert.Contains(traces, t => t.GetProperty("strategy").GetString() == "self-consistency");
        Assert.All(traces, t => Assert.Equal("eval", t.GetProperty("source").GetString()));
        Assert.All(traces, t => Assert.StartsWith("replay:data.jsonl#q", t.GetProperty("teacher").GetString(), StringComparison.Ordinal));
        Assert.Equal(12, traces.Count(t => t.GetProperty("strategy").GetString() == "direct"));
        Assert.Equal(24, traces.Count(t => t.GetProperty("strategy").GetString() == "self-consistency"));
    }

    [Fact]
    public async Task Distill_RunOfSolve_NeedsNeitherDataNorModel_AndWhereNoAnswerIsKnown_SaysSo()
    {
        Assert.Equal(0, (await Cli.RunAsync("solve", "What is 6 times 7?", "--strategy", "self-consistency", "--samples", "5", "--seed", "4", "--journal", folder["kept"])).Code);
        await DistilAsync("distill", "--recipe", Recipe("steps: []", "outputs: [trl-messages]"), "--runs", folder["kept"]);
        JsonElement[] traces = Provenance();
        Assert.Equal(5, traces.Length);
        Assert.All(traces, t => Assert.Equal(("self-consistency", 4), (t.GetProperty("strategy").GetString(), t.GetProperty("seed").GetInt32())));
        Assert.All(traces, t => Assert.StartsWith("embedded", t.GetProperty("teacher").GetString(), StringComparison.Ordinal));
        Assert.Contains("What is 6 times 7?", File.ReadAllText(Path.Combine(folder["out"], "trl-messages.train.jsonl")), StringComparison.Ordinal);

        await DistilAsync("distill", "--recipe", Recipe("steps: [{step: correct}]", "outputs: [trl-messages]"), "--runs", Path.Combine(folder["kept"], "journal.db"));
        Assert.Contains("\"no right answer known\": 5", File.ReadAllText(Path.Combine(folder["out"], "report.json")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Distill_StateOfAServer_GivesTheCandidatesOfItsJobs()
    {
        var options = new ServerOptions { Urls = ["http://127.0.0.1:0"], StateFolder = folder["state"], Models = new Dictionary<string, ServedModelOptions> { ["small"] = new() { Spec = "embedded" } } };
        await using (WebApplication app = ReasoningServer.Build(options, _ => null, null, builder => builder.Logging.ClearProviders()))
        {
            await app.StartAsync();
            using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
            using var body = new StringContent("""{"question":"What is 6 times 7?","strategy":"self-consistency","samples":4}""", System.Text.Encoding.UTF8, "application/json");
            using HttpResponseMessage response = await client.PostAsync("/api/reason", body);
            Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
            await app.StopAsync();
        }

        string data = folder.Write("gold.jsonl", """{"id":"mine","question":"What is 6 times 7?","gold":"42"}""");
        await DistilAsync("distill", data, "--recipe", Recipe("steps: []", "outputs: [trl-messages, trl-grpo]"), "--runs", folder["state"]);
        Assert.Equal(4, Provenance().Count(t => t.GetProperty("strategy").GetString() == "self-consistency"));
        Assert.Contains("\"gold\":\"42\"", File.ReadAllText(Path.Combine(folder["out"], "trl-grpo.train.jsonl")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Distill_JournalOfBeforeQuestionsWereKept_LeavesItsRunsOut_AndSaysSo()
    {
        await using (SqliteJournalStore store = SqliteJournalStore.Open(folder["old.db"]))
        {
            await using Agents.Reasoning.IRunJournal journal = await store.OpenAsync(new Agents.Reasoning.RunHeader("r", "direct", "f", "i", "o"));
            await journal.CompleteAsync("""{"strategy":"direct","stop_reason":"completed"}""");
        }

        Assert.Contains("1 runs of", await DistilAsync("distill", "--recipe", Recipe("steps: []", "outputs: [trl-messages]"), "--runs", folder["old.db"]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("best-of-n", 36)]
    [InlineData("self-consistency", 36)]
    [InlineData("zero-shot-cot", 12)]
    public async Task Distill_AnyStrategyOverRecordedSamples_GivesItsCandidates(string strategy, int candidates)
    {
        string recipe = Recipe($"source: {{strategy: {strategy}{(candidates > 12 ? ", samples: 3" : "")}}}", "steps: []", "outputs: [trl-messages]");
        await DistilAsync("distill", Data(), "--recipe", recipe, "--model", "replay");
        JsonElement[] traces = Provenance();
        Assert.Equal(candidates, traces.Length);
        Assert.All(traces, t => Assert.Equal(strategy, t.GetProperty("strategy").GetString()));
        IReadOnlyDictionary<string, string> once = Exported.Files(folder["out"]);
        await DistilAsync("distill", Data(), "--recipe", recipe, "--model", "replay");
        Assert.Equal(once, Exported.Files(folder["out"]));
    }

    [Fact]
    public async Task Distill_StrategyOnTheCommandLine_TakesThePlaceOfSamples()
    {
        string data = folder.Write("one.jsonl", """{"id":"a","question":"What is 6 times 7?","gold":"42"}""");
        await DistilAsync("distill", data, "--recipe", Recipe("steps: [{step: correct}]", "outputs: [trl-messages]"), "--strategy", "beam-search", "--model", "embedded", "--samples", "3");
        Assert.All(Provenance(), t => Assert.Equal("beam-search", t.GetProperty("strategy").GetString()));
    }

    [Fact]
    public async Task Distill_OtherDataAndConversations_StandBesideEachOtherInTheirShares()
    {
        folder.Write("talk.jsonl", [.. Enumerable.Range(0, 20).Select(i => $$"""{"messages":[{"role":"user","content":"Say {{i}}."},{"role":"assistant","content":"{{i}} it is."}]}""")]);
        folder.Write("other.jsonl", [.. Enumerable.Range(0, 20).Select(i => $$"""{"id":"o{{i}}","question":"{{i}}+0?","gold":"{{i}}","solution":"{{i}}+0={{i}} #### {{i}}"}""")]);
        string recipe = Recipe("parts:", "- {name: talk, source: {messages: talk.jsonl, licence: MIT}, steps: [], weight: 1}", "- {name: sums, source: {data: other.jsonl, teacher: people}, steps: [{step: correct}], weight: 2}", "outputs: [trl-messages]");
        await DistilAsync("distill", "--recipe", recipe);
        JsonElement[] traces = Provenance();
        Assert.Equal((10, 20), (traces.Count(t => t.GetProperty("source").GetString() == "talk.jsonl"), traces.Count(t => t.GetProperty("source").GetString() == "other.jsonl")));
    }

    [Theory]
    [InlineData("There is no journal", "source: {runs: nowhere}")]
    [InlineData("There is no file", "source: {data: nowhere.jsonl}")]
    [InlineData("Hinted rationales are written by a model", "source: {hinted: 2}")]
    [InlineData("m.jsonl line 1: a user's message and an assistant's reply were expected", "source: {messages: m.jsonl}")]
    [InlineData("There is no strategy 'self-consistancy'", "source: {strategy: self-consistancy}")]
    public async Task Distill_SourceThatCannotBeRead_SaysWhich(string message, string source)
    {
        folder.Write("m.jsonl", """{"messages":[{"role":"user","content":"only asked"}]}""");
        (int code, _, string error) = await Cli.RunAsync("distill", Data(), "--recipe", Recipe(source, "steps: []", "outputs: [trl-messages]"), "--out", folder["out"]);
        Assert.Equal(2, code);
        Assert.Contains(message, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Distill_SamplesWithoutQuestions_AsksForThem()
    {
        (int code, _, string error) = await Cli.RunAsync("distill", "--recipe", Recipe("steps: []", "outputs: [trl-messages]"), "--out", folder["out"]);
        Assert.Equal((2, true), (code, error.Contains("name the questions", StringComparison.Ordinal)));
    }
}

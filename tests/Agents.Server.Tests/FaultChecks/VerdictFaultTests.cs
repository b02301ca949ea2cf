using System.Text.Json;
using Agents.Testing;

namespace Agents.Server.Tests.FaultChecks;

/// <summary>Faults around verdicts that were found in other servers of this kind, each as a test that this one does not have it.</summary>
public sealed class VerdictFaultTests
{
    private const string Points = """ "verifier":{"name":"llm-judge","scale":"points"} """;

    /// <summary>The stub solves by turns and judges what it is shown by <paramref name="verdict"/>.</summary>
    private static void Judges(StubModelServer upstream, Func<string, string> verdict, params string[] solutions)
    {
        int next = -1;
        upstream.Behavior = new() { Text = (r, _) => IsJudged(r) ? verdict(r.Prompt) : solutions[Interlocked.Increment(ref next) % solutions.Length] };
    }

    private static bool IsJudged(StubRequest request) => request.Messages.Any(m => m.Text.Contains("strict examiner", StringComparison.Ordinal));

    private static async Task<JsonElement> ReasonAsync(RunningServer server, string strategy, string more)
    {
        (int status, JsonElement body, _) = await server.PostAsync("/api/reason", $$"""{"question":"What is 2 and 2?","strategy":"{{strategy}}",{{more}}}""");
        Assert.True(status is 200 or 422, body.ToString());
        return body;
    }

    private static double?[] Scores(JsonElement result) =>
        [.. result.GetProperty("candidates").EnumerateArray().SelectMany(c => c.GetProperty("verdicts").EnumerateArray()).Select(v => v.GetProperty("score").ValueKind == JsonValueKind.Null ? (double?)null : v.GetProperty("score").GetDouble())];

    [Theory]
    [InlineData("{0}/10")]
    [InlineData("Rating: {0}")]
    [InlineData("**{0}**")]
    [InlineData("<think>The sum is plain: 3, 4 or 5?</think>{0}")]
    [InlineData("I rate this {0}.")]
    public async Task F01_ScoreInAnySpelling_IsRead_AndDecides(string spelling)
    {
        await using RunningServer server = await RunningServer.StartAsync();
        Judges(server.Upstream, shown => string.Format(null, spelling, shown.Contains("is four", StringComparison.Ordinal) ? 9 : 2), "It is three. The answer is 3.", "It is three. The answer is 3.", "It is four. The answer is 4.");
        JsonElement result = await ReasonAsync(server, "best-of-n", $$"""
            "samples":3,"settings":{"selection":"highest",{{Points}}}
            """);
        Assert.Equal("4", result.GetProperty("answer").GetString());
        Assert.Equal([0.2, 0.2, 0.9], Scores(result).Order());
    }

    [Fact]
    public async Task F02_UnreadableVerdict_Abstains_AndTheFirstDoesNotWinByIt()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        Judges(server.Upstream, _ => "Hard to tell, really.", "Guessing. The answer is 3.", "Sum. The answer is 4.", "Count. The answer is 4.");
        JsonElement result = await ReasonAsync(server, "best-of-n", $$"""
            "samples":3,"settings":{"selection":"highest",{{Points}}}
            """);
        Assert.Equal("4", result.GetProperty("answer").GetString());
        Assert.Equal([null, null, null], Scores(result));
        Assert.Contains("abstain", result.GetProperty("notes").ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("best-of-n")]
    [InlineData("mixture")]
    public async Task F06_EveryCallRefused_IsAnError_AfterNoJudgeWasAsked(string strategy)
    {
        await using RunningServer server = await RunningServer.StartAsync();
        server.Upstream.Behavior = StubBehavior.Fail(401);
        (int status, JsonElement body, _) = await server.PostAsync("/v1/chat/completions", RunningServer.Chat($"{strategy}/gpt-x", "q", strategy == "best-of-n" ? $"\"reasoning\":{{\"samples\":4,{Points}}}" : "\"reasoning\":{\"samples\":4}"));
        Assert.Equal((502, "upstream_unauthorized"), (status, body.GetProperty("error").GetProperty("code").GetString()));
        Assert.InRange(server.Upstream.Traffic.Requests.Count, 1, 4);
        Assert.DoesNotContain(server.Upstream.Traffic.Requests, IsJudged);
    }

    [Fact]
    public async Task F08_RejectedSolution_IsNotReturned_WhereOneIsAccepted()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        Judges(server.Upstream, shown => shown.Contains("is four", StringComparison.Ordinal) ? "Yes." : "No.", "It is three. The answer is 3.", "It is three. The answer is 3.", "It is four. The answer is 4.");
        JsonElement result = await ReasonAsync(server, "generate-verify", """
            "samples":6,"settings":{"verifier":"llm-judge"}
            """);
        Assert.Equal("4", result.GetProperty("answer").GetString());
    }

    [Fact]
    public async Task F15_EachCandidate_IsJudgedOnce()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        Judges(server.Upstream, _ => "7/10", "One. The answer is 1.", "Two. The answer is 2.", "Three. The answer is 3.", "Four. The answer is 4.");
        await ReasonAsync(server, "best-of-n", $$"""
            "samples":4,"settings":{ {{Points}} }
            """);
        StubRequest[] judged = [.. server.Upstream.Traffic.Requests.Where(IsJudged)];
        Assert.Equal(4, judged.Length);
        foreach (string word in (string[])["One.", "Two.", "Three.", "Four."])
            Assert.Single(judged, r => r.Prompt.Contains(word, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    public async Task F17_SearchWithNothingToExpand_EndsWithoutAnAnswer_NotWithACrash(string text)
    {
        await using RunningServer server = await RunningServer.StartAsync();
        server.Upstream.Behavior = new() { Text = (_, _) => text };
        foreach (string strategy in (string[])["mcts", "rstar", "beam-search", "dvts", "ab-mcts", "particles"])
        {
            (int status, JsonElement body, _) = await server.PostAsync("/api/reason", $$"""{"question":"q","strategy":"{{strategy}}","budget":{"calls":40} }""");
            Assert.Equal((422, JsonValueKind.Null), (status, body.GetProperty("answer").ValueKind));
        }
    }

    [Theory]
    [InlineData("Yes.", true)]
    [InlineData("Hard to tell, really.", false)]
    public async Task F18_UnreadableVerdictInASearch_IsNoScore(string said, bool isScore)
    {
        await using RunningServer server = await RunningServer.StartAsync();
        Judges(server.Upstream, _ => said, "Add two and two. The answer is 4.");
        JsonElement result = await ReasonAsync(server, "mcts", """
            "budget":{"calls":60},"settings":{"verifier":"llm-step-judge"}
            """);
        Assert.Contains(server.Upstream.Traffic.Requests, IsJudged);
        Assert.Equal(isScore, Scores(result).Any(s => s is not null));
        Assert.Equal("4", result.GetProperty("answer").GetString());
    }

    [Fact]
    public async Task F33_UnreadableVerdict_DoesNotOutrankALowOneThatWasRead()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        Judges(server.Upstream, shown => shown.Contains("is four", StringComparison.Ordinal) ? "2/10" : "Hard to tell, really.", "It is three. The answer is 3.", "It is four. The answer is 4.");
        JsonElement result = await ReasonAsync(server, "best-of-n", $$"""
            "samples":2,"settings":{"selection":"highest",{{Points}}}
            """);
        Assert.Equal("4", result.GetProperty("answer").GetString());
    }
}

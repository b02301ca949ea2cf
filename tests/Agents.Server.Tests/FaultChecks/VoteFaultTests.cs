using System.Text.Json;

namespace Agents.Server.Tests.FaultChecks;

/// <summary>Faults around extraction and votes that were found in other servers of this kind.</summary>
public sealed class VoteFaultTests
{
    private static async Task<JsonElement> VoteAsync(string more, params string[] texts)
    {
        await using RunningServer server = await RunningServer.StartAsync();
        int next = -1;
        server.Upstream.Behavior = new() { Text = (_, _) => texts[Interlocked.Increment(ref next) % texts.Length] };
        return (await server.ChatAsync("self-consistency/gpt-x", "q", $"\"reasoning\":{{\"samples\":{texts.Length}{more}}}")).GetProperty("reasoning");
    }

    private static (string?, int)[] Votes(JsonElement reasoning) =>
        [.. reasoning.GetProperty("votes").EnumerateArray().Select(v => (v.GetProperty("answer").GetString(), v.GetProperty("votes").GetInt32()))];

    [Fact]
    public async Task F04_FourAgainstOneInTheSameWords_IsTheFour()
    {
        const string Words = "We add the apples of both baskets, take away what was eaten, and so the answer is {0}.";
        JsonElement reasoning = await VoteAsync("", [string.Format(null, Words, 41), .. Enumerable.Repeat(string.Format(null, Words, 42), 4)]);
        Assert.Equal([("42", 4), ("41", 1)], Votes(reasoning));
    }

    [Theory]
    [InlineData("\\boxed{1/2}", "1/2")]
    [InlineData("\\boxed{-5}", "-5")]
    public async Task F10_BoxedNumber_IsReadWhole(string said, string answer)
    {
        JsonElement reasoning = await VoteAsync("", $"So we have {said}", $"So we have {said}");
        Assert.Equal(answer, reasoning.GetProperty("answer").GetString());
    }

    [Fact]
    public async Task F11_Rstar_IsRepeatableByItsSeed()
    {
        string[] runs = new string[2];
        for (int i = 0; i < runs.Length; i++)
        {
            await using RunningServer server = await RunningServer.StartAsync();
            (int status, JsonElement body, _) = await server.PostAsync("/api/reason", """{"question":"What is 6 times 7?","strategy":"rstar","seed":5,"budget":{"calls":40}}""");
            Assert.True(status is 200 or 422, body.ToString());
            runs[i] = body.GetProperty("answer") + "\n" + string.Join('\n', server.Upstream.Traffic.Requests.Select(r => $"{r.Seed} {r.Prompt}").Order(StringComparer.Ordinal));
        }

        Assert.Equal(runs[0], runs[1]);
    }

    [Fact]
    public async Task F12_AnswerStatedLast_IsTheAnswer()
    {
        JsonElement reasoning = await VoteAsync("", "At first sight the answer is 3. But that forgets one, so the answer is 4.");
        Assert.Equal("4", reasoning.GetProperty("answer").GetString());
    }

    [Fact]
    public async Task F14_MathsVotesByValue_WhateverLettersStandAround()
    {
        JsonElement reasoning = await VoteAsync("", "Let (A) be the area. So the answer is 12.", "By (B) we mean the base. The answer is 7.", "As (C) and (D) show, the answer is 12.");
        Assert.Equal([("12", 2), ("7", 1)], Votes(reasoning));
    }

    [Fact]
    public async Task F31_ShortFreeText_VotesByItsWords_NotByItsLetterCaseAndStops()
    {
        JsonElement reasoning = await VoteAsync("", "The answer is London.", "The answer is Paris.", "The answer is paris", "The answer is  PARIS.");
        Assert.Equal(2, Votes(reasoning).Length);
        Assert.Equal(3, Votes(reasoning)[0].Item2);
    }

    [Fact]
    public async Task F40_RequestThatIsHeldUp_HoldsUpNoOther()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        var release = new TaskCompletionSource();
        server.Upstream.Script = r => r.Prompt.Contains("slow", StringComparison.Ordinal) ? new() { Until = release.Task } : null;
        Task<JsonElement>[] slow = [.. Enumerable.Range(0, 12).Select(_ => server.ChatAsync("direct/gpt-x", "slow"))];
        await server.Upstream.Traffic.WhenInFlightAsync(slow.Length);
        await server.ChatAsync("self-consistency/gpt-x", "fast", "\"reasoning\":{\"samples\":4}");
        Assert.All(slow, s => Assert.False(s.IsCompleted));
        release.SetResult();
        await Task.WhenAll(slow);
    }
}

using System.Text.Json;
using Agents.Testing;

namespace Agents.Server.Tests.OpenAI;

public sealed class CompletionTests
{
    private static Func<StubRequest, int, string> Says(params string[] texts)
    {
        int next = -1;
        return (_, _) => texts[Interlocked.Increment(ref next) % texts.Length];
    }

    [Fact]
    public async Task Models_ListsModelsAndEveryStrategyOnThem()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        (int status, JsonElement body) = await server.GetAsync("/v1/models");
        Assert.Equal(200, status);
        Assert.Equal("list", body.GetProperty("object").GetString());
        string[] ids = [.. body.GetProperty("data").EnumerateArray().Select(m => m.GetProperty("id").GetString()!)];
        Assert.Equal("gpt-x", ids[0]);
        Assert.Contains("self-consistency/gpt-x", ids);
        Assert.All(body.GetProperty("data").EnumerateArray(), m => Assert.Equal("model", m.GetProperty("object").GetString()));
        (int one, JsonElement model) = await server.GetAsync("/v1/models/self-consistency/gpt-x");
        Assert.Equal((200, "self-consistency/gpt-x"), (one, model.GetProperty("id").GetString()));
    }

    [Fact]
    public async Task BareModel_PassesThrough_OneCallAndTheReplyAsItIs()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        server.Upstream.Behavior = new() { Text = Says("User: hello\nAssistant: as it was"), FinishReason = "length", Thinking = "hm" };
        JsonElement body = await server.ChatAsync("gpt-x", "hi", "\"seed\":7,\"temperature\":0.25,\"top_p\":0.5,\"max_tokens\":99,\"stop\":[\"END\"]");
        JsonElement choice = body.GetProperty("choices")[0];
        Assert.Equal("User: hello\nAssistant: as it was", choice.GetProperty("message").GetProperty("content").GetString());
        Assert.Equal("hm", choice.GetProperty("message").GetProperty("reasoning_content").GetString());
        Assert.Equal("length", choice.GetProperty("finish_reason").GetString());
        StubRequest sent = Assert.Single(server.Upstream.Traffic.Requests);
        Assert.Equal((7, 0.25, 0.5), (sent.Seed, sent.Body.GetProperty("temperature").GetDouble(), sent.Body.GetProperty("top_p").GetDouble()));
        Assert.Equal(["END"], sent.Stop);
        Assert.Equal("hi", sent.Prompt);
    }

    [Fact]
    public async Task Reply_HasEveryFieldOfTheApi()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        (int status, JsonElement body, HttpResponseMessage response) = await server.PostAsync("/v1/chat/completions", RunningServer.Chat("self-consistency/gpt-x", "q"));
        Assert.Equal(200, status);
        Assert.StartsWith("chatcmpl-", body.GetProperty("id").GetString(), StringComparison.Ordinal);
        Assert.Equal("chat.completion", body.GetProperty("object").GetString());
        Assert.True(body.GetProperty("created").GetInt64() > 1_700_000_000);
        Assert.Equal("self-consistency/gpt-x", body.GetProperty("model").GetString());
        Assert.Equal("assistant", body.GetProperty("choices")[0].GetProperty("message").GetProperty("role").GetString());
        Assert.Equal("stop", body.GetProperty("choices")[0].GetProperty("finish_reason").GetString());
        Assert.StartsWith("req_", response.Headers.GetValues("x-request-id").Single(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("self-consistency", "\"reasoning\":{\"samples\":5}")]
    [InlineData("adaptive-consistency", "\"reasoning\":{\"samples\":6}")]
    [InlineData("chain-of-verification", "\"temperature\":0.3")]
    [InlineData("debate", "\"temperature\":0.3")]
    public async Task Usage_IsTheSumOverAllInnerCalls(string strategy, string more)
    {
        await using RunningServer server = await RunningServer.StartAsync();
        JsonElement body = await server.ChatAsync($"{strategy}/gpt-x", "What is it?", more);
        JsonElement usage = body.GetProperty("usage");
        long input = server.Upstream.Traffic.Requests.Sum(r => r.Messages.Sum(m => StubReply.Tokens(m.Text).Count + 4L));
        long unreported = body.GetProperty("reasoning").GetProperty("unreported_calls").GetInt64();
        // Calls that were abandoned in flight report nothing; without any the sums are equal to the token.
        if (unreported == 0)
            Assert.Equal(input, usage.GetProperty("prompt_tokens").GetInt64());
        else
            Assert.InRange(usage.GetProperty("prompt_tokens").GetInt64(), 1, input);
        Assert.Equal(usage.GetProperty("prompt_tokens").GetInt64() + usage.GetProperty("completion_tokens").GetInt64(), usage.GetProperty("total_tokens").GetInt64());
        Assert.True(usage.GetProperty("completion_tokens_details").GetProperty("reasoning_tokens").GetInt64() >= 0);
    }

    [Fact]
    public async Task Vote_CountsEquivalentAnswers_NotTexts()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        server.Upstream.Behavior = new() { Text = Says("The answer is 41.", "So the answer is 1/2.", "We get 0.5. The answer is 0.5.", "The answer is 41.", "Thus the answer is \\frac12.") };
        JsonElement body = await server.ChatAsync("self-consistency/gpt-x", "q", "\"reasoning\":{\"samples\":5}");
        JsonElement reasoning = body.GetProperty("reasoning");
        Assert.Equal(3, reasoning.GetProperty("votes")[0].GetProperty("votes").GetInt32());
        Assert.Equal(0.6, reasoning.GetProperty("confidence").GetDouble(), 3);
    }

    [Fact]
    public async Task N_GivesDistinctAnswersRankedByVotes()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        server.Upstream.Behavior = new() { Text = Says("The answer is 2.", "The answer is 1.", "The answer is 3.", "The answer is 1.", "The answer is 1.", "The answer is 2.") };
        JsonElement body = await server.ChatAsync("self-consistency/gpt-x", "q", "\"n\":2,\"reasoning\":{\"samples\":6}");
        Assert.Equal(["The answer is 1.", "The answer is 2."], body.GetProperty("choices").EnumerateArray().Select(c => c.GetProperty("message").GetProperty("content").GetString()));
        Assert.Equal([0, 1], body.GetProperty("choices").EnumerateArray().Select(c => c.GetProperty("index").GetInt32()));
    }

    [Fact]
    public async Task N_OnABareModel_GivesThatManyReplies()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        JsonElement body = await server.ChatAsync("gpt-x", "q", "\"n\":3");
        Assert.Equal(3, body.GetProperty("choices").GetArrayLength());
    }

    [Fact]
    public async Task Reasoning_InTheBody_ChoosesStrategyAndBudget()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        JsonElement body = await server.ChatAsync("gpt-x", "q", "\"reasoning\":{\"strategy\":\"self-consistency\",\"samples\":9,\"budget\":{\"calls\":4}}");
        Assert.Equal(4, server.Upstream.Traffic.Requests.Count);
        Assert.Equal("budget_calls", body.GetProperty("reasoning").GetProperty("stop_reason").GetString());
    }

    [Fact]
    public async Task Reasoning_Workflow_IsRun()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        JsonElement body = await server.ChatAsync("gpt-x", "q", """ "reasoning":{"workflow":{"name":"two","steps":[{"strategy":"self-consistency","samples":3},{"withBudget":{"calls":2}}]}} """);
        Assert.Equal(2, server.Upstream.Traffic.Requests.Count);
        Assert.Equal("two", body.GetProperty("reasoning").GetProperty("strategy").GetString());
    }

    [Theory]
    [InlineData("low", 4)]
    [InlineData("high", 16)]
    public async Task ReasoningEffort_SetsTheSamples(string effort, int calls)
    {
        await using RunningServer server = await RunningServer.StartAsync();
        await server.ChatAsync("self-consistency/gpt-x", "q", $"\"reasoning_effort\":\"{effort}\"");
        Assert.Equal(calls, server.Upstream.Traffic.Requests.Count);
    }

    [Fact]
    public async Task ReasoningEffort_OnABareModel_IsTheUpstreams()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        await server.ChatAsync("gpt-x", "q", "\"reasoning_effort\":\"low\"");
        Assert.Equal("low", Assert.Single(server.Upstream.Traffic.Requests).Body.GetProperty("reasoning_effort").GetString());
    }

    [Fact]
    public async Task Messages_KeepRolesTurnsAndParts()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        (int status, _, _) = await server.PostAsync("/v1/chat/completions", """
            {"model":"gpt-x","messages":[
              {"role":"developer","content":"Be brief."},
              {"role":"user","content":[{"type":"text","text":"One, "},{"type":"text","text":"two?"}]},
              {"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function","function":{"name":"add","arguments":"{\"a\":1}"}}]},
              {"role":"tool","tool_call_id":"c1","content":"3"},
              {"role":"assistant","content":"Three."},
              {"role":"user","content":"And four?"}]}
            """);
        Assert.Equal(200, status);
        StubRequest sent = Assert.Single(server.Upstream.Traffic.Requests);
        Assert.Equal(
            [("system", "Be brief."), ("user", "One, two?"), ("assistant", ""), ("tool", "3"), ("assistant", "Three."), ("user", "And four?")],
            sent.Messages);
        Assert.Equal("c1", sent.Body.GetProperty("messages")[2].GetProperty("tool_calls")[0].GetProperty("id").GetString());
        Assert.DoesNotContain("None", sent.Body.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task FreeText_ThatStatesNoAnswer_IsStillAReply()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        server.Upstream.Behavior = new() { Text = Says("") };
        JsonElement body = await server.ChatAsync("self-consistency/gpt-x", "q", "\"reasoning\":{\"samples\":2}");
        Assert.Equal("", body.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString());
        Assert.Equal("no_answer", body.GetProperty("reasoning").GetProperty("stop_reason").GetString());
    }

    [Fact]
    public async Task Thinking_WrittenIntoTheText_IsShownAsThinking()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        server.Upstream.Behavior = new() { Text = Says("<think>\n2 and 2\n</think>\nThe answer is 4.") };
        JsonElement message = (await server.ChatAsync("gpt-x", "q")).GetProperty("choices")[0].GetProperty("message");
        Assert.Equal("2 and 2", message.GetProperty("reasoning_content").GetString());
        Assert.Equal("The answer is 4.", message.GetProperty("content").GetString());
    }

    [Theory]
    [InlineData("<think>a</think><answer>42</answer>", "a", "42")]
    [InlineData("<think>a</think> <answer>4</answer> or <answer>5</answer>", "a", "<answer>4</answer> or <answer>5</answer>")]
    [InlineData("<think>cut", "cut", "")]
    [InlineData("<answer>42</answer>", null, "<answer>42</answer>")]
    [InlineData("What does <think> mean? </think>", null, "What does <think> mean? </think>")]
    public void ThinkingSplit_SplitsOnlyWhatBeginsAsThinking(string reply, string? thinking, string text) =>
        Assert.Equal((thinking, text), Agents.Server.OpenAI.ThinkingSplit.Of(reply));

    [Fact]
    public async Task AnswerOnly_LeavesTheSolutionOut()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        server.Upstream.Behavior = new() { Text = Says("Add them up. The answer is 4.") };
        JsonElement body = await server.ChatAsync("self-consistency/gpt-x", "q", "\"reasoning\":{\"samples\":2,\"answer_only\":true}");
        Assert.Equal("4", body.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString());
    }
}

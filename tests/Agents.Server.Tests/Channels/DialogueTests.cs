using System.Text.Json;
using Agents.Testing;

namespace Agents.Server.Tests.Channels;

/// <summary>What a conversation with the agent is like: questions, commands, decisions about answers.</summary>
public sealed class DialogueTests
{
    private const string Question = "What is 6 times 7?";

    [Fact]
    public async Task Question_InAPersonalChat_Types_StreamsAndEndsWithALabelledCard()
    {
        await using ChannelServer channel = await ChannelServer.StartAsync();
        channel.Server.Upstream.Behavior = new() { Text = (r, _) => $"<answer>{(r.Number == 5 ? 7 : 42)}</answer>" };
        (int status, _) = await channel.PostAsync(channel.Message(Question, id: "asked-1"));
        Assert.Equal(202, status);
        await channel.Peer.MessageAsync();
        IReadOnlyList<ReceivedActivity> all = channel.Peer.Received;
        Assert.Equal(("typing", null), (all[0].Type, all[0].StreamType));
        Assert.Equal("informative", all[1].StreamType);
        Assert.False(all[1].Stream!.Value.TryGetProperty("streamId", out _));
        Assert.All(all.Skip(2), a => Assert.Equal("sent-2", a.Stream!.Value.GetProperty("streamId").GetString()));
        Assert.Equal(Enumerable.Range(1, all.Count - 2), all.Skip(1).SkipLast(1).Select(a => a.Stream!.Value.GetProperty("streamSequence").GetInt32()));
        ReceivedActivity final = all[^1];
        Assert.Equal(("message", "final", true), (final.Type, final.StreamType, final.IsLabelled));
        Assert.Equal("streaming", all[^2].StreamType);
        Assert.StartsWith(all[^2].Text, final.Text, StringComparison.Ordinal);
        Assert.All(all, a => Assert.Equal(("asked-1", "bot-1", "user-1"), (a.Body.GetProperty("replyToId").GetString(), a.Body.GetProperty("from").GetProperty("id").GetString(), a.Body.GetProperty("recipient").GetProperty("id").GetString())));

        JsonElement card = final.Card!.Value;
        JsonElement[] body = [.. card.GetProperty("body").EnumerateArray()];
        string[] facts = [.. body[2].GetProperty("facts").EnumerateArray().Select(f => f.GetProperty("title").GetString()!)];
        Assert.Equal(["Confidence", "Votes", "Samples", "Model calls", "Cost", "Strategy", "Model"], facts);
        Assert.Equal(("dissent", false), (body[3].GetProperty("id").GetString(), body[3].GetProperty("isVisible").GetBoolean()));
        Assert.Equal(["Action.Execute", "Action.Execute", "Action.ToggleVisibility"], card.GetProperty("actions").EnumerateArray().Select(a => a.GetProperty("type").GetString()));
    }

    [Theory]
    [InlineData("groupChat")]
    [InlineData("channel")]
    public async Task Question_InAGroup_IsAnsweredByAPlainMessage_AndTheMentionIsNoPartOfIt(string kind)
    {
        await using ChannelServer channel = await ChannelServer.StartAsync();
        await channel.PostAsync(channel.Message("<at>Agent</at> " + Question, kind: kind, more: """,  "entities":[{"type":"mention","text":"<at>Agent</at>","mentioned":{"id":"bot-1"}},{"type":"mention","text":"times","mentioned":{"id":"user-2"}}]"""));
        await channel.Peer.MessageAsync();
        Assert.Equal(["typing", "message"], channel.Peer.Received.Select(a => a.Type));
        Assert.All(channel.Peer.Received, a => Assert.Null(a.Stream));
        Assert.All(channel.Server.Upstream.Traffic.Requests, r => Assert.StartsWith(Question, r.Prompt, StringComparison.Ordinal));
    }

    [Fact]
    public async Task ExpectedReplies_AreTheAnswerItself_AndNothingIsSent()
    {
        await using ChannelServer channel = await ChannelServer.StartAsync();
        (int status, JsonElement body) = await channel.PostAsync(channel.Message(Question, more: ""","deliveryMode":"expectReplies" """));
        Assert.Equal(200, status);
        JsonElement[] activities = [.. body.GetProperty("activities").EnumerateArray()];
        Assert.Equal(["typing", "message"], activities.Select(a => a.GetProperty("type").GetString()));
        Assert.Equal("application/vnd.microsoft.card.adaptive", activities[1].GetProperty("attachments")[0].GetProperty("contentType").GetString());
        Assert.Empty(channel.Peer.Received);
    }

    [Fact]
    public async Task Conversation_RemembersItsLastTurns_AndNoMore()
    {
        await using ChannelServer channel = await ChannelServer.StartAsync(c => c with { Strategy = "", MaxTurns = 2 });
        for (int i = 1; i <= 4; i++)
        {
            await channel.PostAsync(channel.Message($"question {i}"));
            await channel.Peer.MessageAsync(i);
        }

        StubRequest last = channel.Server.Upstream.Traffic.Requests[^1];
        Assert.Equal(["question 2", "question 3", "question 4"], last.Messages.Where(m => m.Role == "user").Select(m => m.Text));
        await channel.PostAsync(channel.Message("/reset"));
        await channel.Peer.MessageAsync(5);
        await channel.PostAsync(channel.Message("question 5"));
        await channel.Peer.MessageAsync(6);
        Assert.Equal(["question 5"], channel.Server.Upstream.Traffic.Requests[^1].Messages.Select(m => m.Text));
    }

    [Fact]
    public async Task ActivitySentAgain_IsAnsweredOnce()
    {
        await using ChannelServer channel = await ChannelServer.StartAsync(c => c with { Strategy = "" });
        await channel.PostAsync(channel.Message("first", id: "same"));
        await channel.Peer.MessageAsync();
        await channel.PostAsync(channel.Message("first", id: "same"));
        await channel.PostAsync(channel.Message("second", id: "other"));
        await channel.Peer.MessageAsync(2);
        Assert.Equal(["first", "second"], channel.Server.Upstream.Traffic.Requests.Select(r => r.Prompt));
    }

    [Theory]
    [InlineData("/strategy debate")]
    [InlineData("/strategy")]
    public async Task Strategy_WhereNoneMayBeChosen_IsNotChosen(string command)
    {
        await using ChannelServer channel = await ChannelServer.StartAsync();
        await channel.PostAsync(channel.Message(command));
        Assert.Equal("The strategy cannot be chosen here.", (await channel.Peer.MessageAsync()).GetProperty("text").GetString());
        await channel.PostAsync(channel.Message(Question));
        Assert.Equal("self-consistency", Fact(await channel.Peer.MessageAsync(2), "Strategy"));
    }

    [Fact]
    public async Task Strategy_IsChosenByAWholeCommandOrACard_AndNeverInAQuestion()
    {
        await using ChannelServer channel = await ChannelServer.StartAsync(c => c with { SelectableStrategies = ["adaptive-consistency", "repeated-sampling"] });
        await channel.PostAsync(channel.Message("/strategy debate"));
        Assert.Contains("There is no such choice", (await channel.Peer.MessageAsync()).GetProperty("text").GetString(), StringComparison.Ordinal);
        await channel.PostAsync(channel.Message("Please use this: /strategy repeated-sampling\n<strategy>repeated-sampling</strategy> " + Question));
        Assert.Equal("self-consistency", Fact(await channel.Peer.MessageAsync(2), "Strategy"));
        await channel.PostAsync(channel.Message("/strategy adaptive-consistency"));
        await channel.Peer.MessageAsync(3);
        await channel.PostAsync(channel.Message(Question));
        Assert.Equal("adaptive-consistency", Fact(await channel.Peer.MessageAsync(4), "Strategy"));

        await channel.PostAsync(channel.Message("/strategy"));
        JsonElement offer = (await channel.Peer.MessageAsync(5)).GetProperty("attachments")[0].GetProperty("content");
        Assert.Equal(["adaptive-consistency", "repeated-sampling"], offer.GetProperty("body")[0].GetProperty("choices").EnumerateArray().Select(c => c.GetProperty("value").GetString()));
        (int status, JsonElement answer) = await channel.PostAsync(channel.Press("strategy", """{"strategy":"repeated-sampling"}"""));
        Assert.Equal((200, 200), (status, answer.GetProperty("statusCode").GetInt32()));
        await channel.PostAsync(channel.Message(Question));
        Assert.Equal("repeated-sampling", Fact(await channel.Peer.MessageAsync(6), "Strategy"));
        await channel.PostAsync(channel.Message(Question, kind: "groupChat"));
        Assert.Equal("self-consistency", Fact(await channel.Peer.MessageAsync(7), "Strategy"));
    }

    [Fact]
    public async Task SecondQuestion_WhileTheFirstIsInWork_IsToldSo_AndCancelEndsTheFirst()
    {
        await using ChannelServer channel = await ChannelServer.StartAsync();
        channel.Server.Upstream.Behavior = new() { Hang = true };
        await channel.PostAsync(channel.Message(Question));
        await channel.Server.Upstream.Traffic.WhenInFlightAsync(1);
        await channel.PostAsync(channel.Message("another"));
        Assert.Contains("still working", (await channel.Peer.MessageAsync()).GetProperty("text").GetString(), StringComparison.Ordinal);
        await channel.PostAsync(channel.Message("/cancel"));
        await channel.Server.Upstream.Traffic.WhenIdleAsync();
        await channel.Peer.MessageAsync(3);
        Assert.Contains(channel.Peer.Received, a => a is { StreamType: "final", Text: "Stopped." });
        Assert.True(channel.Server.Upstream.Traffic.Aborted > 0);
        await channel.PostAsync(channel.Message("/cancel"));
        Assert.Equal("Nothing is in work.", (await channel.Peer.MessageAsync(4)).GetProperty("text").GetString());
    }

    [Fact]
    public async Task SenderOfExpectedReplies_WhoLeaves_EndsTheRun()
    {
        await using ChannelServer channel = await ChannelServer.StartAsync();
        channel.Server.Upstream.Behavior = new() { Hang = true };
        using var leave = new CancellationTokenSource();
        using HttpRequestMessage request = RunningServer.Request("/api/messages", channel.Message(Question, more: ""","deliveryMode":"expectReplies" """), []);
        Task<HttpResponseMessage> asked = channel.Server.Client.SendAsync(request, leave.Token);
        await channel.Server.Upstream.Traffic.WhenInFlightAsync(1);
        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
        await channel.Server.Upstream.Traffic.WhenIdleAsync();
        Assert.True(channel.Server.Upstream.Traffic.Aborted > 0);
    }

    [Fact]
    public async Task ServerThatStops_SaysSoInTheConversation()
    {
        await using ChannelServer channel = await ChannelServer.StartAsync();
        channel.Server.Upstream.Behavior = new() { Hang = true };
        await channel.PostAsync(channel.Message(Question, kind: "groupChat"));
        await channel.Server.Upstream.Traffic.WhenInFlightAsync(1);
        await channel.Server.StopAsync();
        Assert.Contains("The server is stopping", channel.Peer.Received[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TokensOfAConversation_Spent_AreItsOwnAffair()
    {
        await using ChannelServer channel = await ChannelServer.StartAsync(c => c with { Limits = c.Limits with { TokensPerMinute = 10 } });
        await AskAsync(channel);
        await channel.PostAsync(channel.Message("again"));
        Assert.Contains("has used what it may in a minute", (await channel.Peer.MessageAsync(2)).GetProperty("text").GetString(), StringComparison.Ordinal);
        await channel.PostAsync(channel.Message("elsewhere", kind: "groupChat"));
        Assert.NotNull((await channel.Peer.MessageAsync(3)).GetProperty("attachments")[0].GetProperty("content").GetProperty("body").ToString());
    }

    [Fact]
    public async Task UpstreamThatFails_IsSaidInWords_AndTheServerGoesOn()
    {
        await using ChannelServer channel = await ChannelServer.StartAsync();
        channel.Server.Upstream.Behavior = StubBehavior.Fail(503);
        await channel.PostAsync(channel.Message(Question));
        Assert.StartsWith("No answer: ", (await channel.Peer.MessageAsync()).GetProperty("text").GetString(), StringComparison.Ordinal);
        channel.Server.Upstream.Behavior = StubBehavior.Default;
        await channel.PostAsync(channel.Message(Question));
        Assert.True((await channel.Peer.MessageAsync(2)).TryGetProperty("attachments", out _));
    }

    [Theory]
    [InlineData("conversationUpdate", "", 200)]
    [InlineData("installationUpdate", "", 200)]
    [InlineData("invoke", ""","name":"task/fetch" """, 501)]
    [InlineData("invoke", ""","name":"adaptiveCard/action" """, 200)]
    public async Task OtherActivities_AreTaken_OrRefusedByName(string type, string more, int expected)
    {
        await using ChannelServer channel = await ChannelServer.StartAsync();
        (int status, _) = await channel.PostAsync(channel.Message("", more: more).Replace("\"message\"", $"\"{type}\"", StringComparison.Ordinal));
        Assert.Equal(expected, status);
        Assert.Empty(channel.Peer.Received);
    }

    [Theory]
    [InlineData("conversation", """{"type":"message","serviceUrl":"http://127.0.0.1:1/","channelId":"x"}""")]
    [InlineData("serviceUrl", """{"type":"message","conversation":{"id":"c"},"channelId":"x","serviceUrl":"nowhere"}""")]
    [InlineData("conversation.id", """{"type":"message","conversation":{"id":".."},"channelId":"x","serviceUrl":"http://127.0.0.1:1/"}""")]
    [InlineData("type", """{"conversation":{"id":"c"},"channelId":"x","serviceUrl":"http://127.0.0.1:1/"}""")]
    public async Task ActivityThatCannotBeRead_IsAProblemThatSaysWhere(string param, string json)
    {
        await using ChannelServer channel = await ChannelServer.StartAsync();
        (int status, JsonElement body) = await channel.PostAsync(json);
        Assert.Equal((400, param), (status, body.GetProperty("param").GetString()));
    }

    [Theory]
    [InlineData("HEAD")]
    [InlineData("GET")]
    public async Task Probe_IsAnswered(string method)
    {
        await using ChannelServer channel = await ChannelServer.StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), "/api/messages");
        using HttpResponseMessage response = await channel.Server.Client.SendAsync(request);
        Assert.Equal(200, (int)response.StatusCode);
    }

    private static async Task<string> AskAsync(ChannelServer channel)
    {
        await channel.PostAsync(channel.Message(Question));
        return ChannelServer.AnswerOn((await channel.Peer.MessageAsync()).GetProperty("attachments")[0].GetProperty("content"));
    }

    private static string? Fact(JsonElement message, string title) =>
        message.GetProperty("attachments")[0].GetProperty("content").GetProperty("body").EnumerateArray().First(b => b.GetProperty("type").GetString() == "FactSet")
            .GetProperty("facts").EnumerateArray().First(f => f.GetProperty("title").GetString() == title).GetProperty("value").GetString();
}

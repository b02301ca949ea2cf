using System.Text.Json;

namespace Agents.Server.Tests.Channels;

/// <summary>What can be decided about an answer by its card.</summary>
public sealed class DecisionTests
{
    private const string Question = "What is 6 times 7?";

    [Fact]
    public async Task Approve_Stands_AndIsDecidedOnce()
    {
        await using ChannelServer channel = await ChannelServer.StartAsync();
        string id = await AskAsync(channel);
        (int status, JsonElement first) = await channel.PostAsync(channel.Press("approve", $$"""{"answer":"{{id}}"}"""));
        Assert.Equal((200, "application/vnd.microsoft.card.adaptive"), (status, first.GetProperty("type").GetString()));
        Assert.Contains("Approved.", first.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("Action.Execute", first.GetRawText(), StringComparison.Ordinal);
        (_, JsonElement second) = await channel.PostAsync(channel.Press("reject", $$"""{"answer":"{{id}}"}"""));
        Assert.Contains("Approved.", second.GetRawText(), StringComparison.Ordinal);
        int calls = channel.Server.Upstream.Traffic.Requests.Count;
        await channel.PostAsync(channel.Message("And that plus 1?"));
        await channel.Peer.MessageAsync(2);
        // The approved answer is what the next question builds on.
        Assert.All(channel.Server.Upstream.Traffic.Requests.Skip(calls), r => Assert.Contains(r.Messages, m => m.Role == "assistant"));
    }

    [Fact]
    public async Task Reject_GivesTheNextAnswerByVotes_AndForgetsTheRejected()
    {
        await using ChannelServer channel = await ChannelServer.StartAsync();
        channel.Server.Upstream.Behavior = new() { Text = (r, i) => $"So the answer is {(r.Number + i == 5 ? 7 : 42)}." };
        string id = await AskAsync(channel);
        int calls = channel.Server.Upstream.Traffic.Requests.Count;
        (_, JsonElement pressed) = await channel.PostAsync(channel.Press("reject", $$"""{"answer":"{{id}}"}"""));
        Assert.Contains("Rejected", pressed.GetRawText(), StringComparison.Ordinal);
        JsonElement next = await channel.Peer.MessageAsync(2);
        Assert.Equal(("7", "42"), (next.GetProperty("text").GetString(), Fact(next, "Instead of")));
        Assert.Equal(calls, channel.Server.Upstream.Traffic.Requests.Count);
        await channel.PostAsync(channel.Message("And that plus 1?"));
        await channel.Peer.MessageAsync(3);
        Assert.All(channel.Server.Upstream.Traffic.Requests.Skip(calls), r => Assert.Equal("7", r.Messages.Single(m => m.Role == "assistant").Text));
    }

    [Fact]
    public async Task Reject_WithAStrongerAttempt_AsksAgainOnce()
    {
        await using ChannelServer channel = await ChannelServer.StartAsync(c => c with { OnReject = new SecondAttemptOptions { Strategy = "repeated-sampling", Samples = 9 } });
        string id = await AskAsync(channel);
        await channel.PostAsync(channel.Press("reject", $$"""{"answer":"{{id}}"}"""));
        JsonElement second = await channel.Peer.MessageAsync(2);
        Assert.Equal(("repeated-sampling", "9"), (Fact(second, "Strategy"), Fact(second, "Samples")));
        Assert.Equal(5 + 9, channel.Server.Upstream.Traffic.Requests.Count);
        Assert.All(channel.Server.Upstream.Traffic.Requests, r => Assert.DoesNotContain(r.Messages, m => m.Role == "assistant"));
    }

    [Theory]
    [InlineData("approve", """{"answer":"0123"}""", "not known any more")]
    [InlineData("approve", """{}""", "not known any more")]
    [InlineData("erase", """{}""", "NotSupported")]
    public async Task Button_ThatMeansNothing_SaysSo(string verb, string data, string said)
    {
        await using ChannelServer channel = await ChannelServer.StartAsync();
        (int status, JsonElement body) = await channel.PostAsync(channel.Press(verb, data));
        Assert.Equal(200, status);
        Assert.Contains(said, body.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnswerOfAnotherConversation_CannotBeDecidedAbout()
    {
        await using ChannelServer channel = await ChannelServer.StartAsync();
        string id = await AskAsync(channel);
        (_, JsonElement body) = await channel.PostAsync(channel.Press("reject", $$"""{"answer":"{{id}}"}""", kind: "groupChat"));
        Assert.Contains("not known any more", body.GetRawText(), StringComparison.Ordinal);
        (_, JsonElement own) = await channel.PostAsync(channel.Press("approve", $$"""{"answer":"{{id}}"}"""));
        Assert.Contains("Approved.", own.GetRawText(), StringComparison.Ordinal);
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

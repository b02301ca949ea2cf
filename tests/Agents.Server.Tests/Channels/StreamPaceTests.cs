using System.Text.Json;
using Agents.Server.Channels;
using Agents.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Agents.Server.Tests.Channels;

/// <summary>How replies keep to a channel's limits of time. The clock is moved by hand.</summary>
public sealed class StreamPaceTests
{
    private static readonly TimeSpan second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Updates_ComeAtMostOnceAPace_AndTheLatestWins()
    {
        var clock = new ManualClock();
        await using ChannelPeer peer = await ChannelPeer.StartAsync();
        using var http = new HttpClient();
        Replies replies = RepliesTo(peer, http, clock);
        await using var stream = new PacedStream(replies, new ChannelOptions(), clock);
        stream.Inform("a");
        await peer.WhenAsync(all => all.Count == 1);
        await clock.WhenTimerAsync(d => d == second);
        foreach (string words in (string[])["b", "c", "d"])
            stream.Inform(words);
        clock.Advance(second / 2);
        Assert.Single(peer.Received);
        clock.Advance(second / 2);
        await peer.WhenAsync(all => all.Count == 2);
        await clock.WhenTimerAsync(d => d == second);
        stream.Write(() => "The");
        stream.Write(() => "The answer");
        stream.Inform("said too late");
        Task<bool> end = stream.EndAsync(ReplyJson.Answer(replies.To, "The answer is 42.", null), default);
        await clock.WhenTimerAsync(d => d == second, count: 1);
        Assert.Equal(2, peer.Received.Count);
        clock.Advance(second);
        await peer.WhenAsync(all => all.Count == 3);
        await clock.WhenTimerAsync(d => d == second);
        Assert.Equal(3, peer.Received.Count);
        clock.Advance(second);
        Assert.True(await end);
        Assert.Equal(
            ["informative a", "informative d", "streaming The answer", "final The answer is 42."],
            peer.Received.Select(a => $"{a.StreamType} {a.Text}"));
    }

    [Fact]
    public async Task LongSilence_IsBrokenBeforeTheChannelGivesUp()
    {
        var clock = new ManualClock();
        await using ChannelPeer peer = await ChannelPeer.StartAsync();
        using var http = new HttpClient();
        await using var stream = new PacedStream(RepliesTo(peer, http, clock), new ChannelOptions(), clock);
        stream.Inform("at work");
        await peer.WhenAsync(all => all.Count == 1);
        await clock.WhenTimerAsync(d => d == second);
        clock.Advance(second);
        await clock.WhenTimerAsync(d => d == TimeSpan.FromSeconds(40));
        clock.Advance(TimeSpan.FromSeconds(39));
        Assert.Single(peer.Received);
        clock.Advance(second);
        await peer.WhenAsync(all => all.Count == 2);
        Assert.Equal(("at work", 2), (peer.Received[1].Text, peer.Received[1].Stream!.Value.GetProperty("streamSequence").GetInt32()));
    }

    [Theory]
    [InlineData("personal")]
    [InlineData("groupChat")]
    public async Task WorkLongerThanAReply_IsAnnounced_AndItsAnswerIsSentByItself(string kind)
    {
        await using ChannelServer channel = await ChannelServer.StartAsync(c => c with { StreamSeconds = 90 }, time: new ManualClock());
        var release = new TaskCompletionSource();
        channel.Server.Upstream.Behavior = new() { Until = release.Task };
        await channel.PostAsync(channel.Message("q", kind: kind));
        await channel.Server.Upstream.Traffic.WhenInFlightAsync(1);
        await channel.Clock.WhenTimerAsync(d => d == TimeSpan.FromSeconds(90));
        channel.Clock.Advance(TimeSpan.FromSeconds(89));
        Assert.DoesNotContain(channel.Peer.Received, a => a.Type == "message");
        channel.Clock.Advance(second);
        await MoveUntilAsync(channel, all => all.Any(a => a.Type == "message"));
        ReceivedActivity announced = channel.Peer.Received[^1];
        Assert.Contains("the answer will come here", announced.Text, StringComparison.Ordinal);
        Assert.Equal(kind == "personal" ? "final" : null, announced.StreamType);
        release.SetResult();
        await channel.Peer.MessageAsync(2);
        ReceivedActivity answer = channel.Peer.Received[^1];
        Assert.Null(answer.Stream);
        Assert.NotNull(answer.Card);
        Assert.True(answer.IsLabelled);
    }

    [Fact]
    public async Task ExpectedReplies_OfLongWork_SayThatItTakesLonger_AndTheAnswerIsSent()
    {
        await using ChannelServer channel = await ChannelServer.StartAsync(time: new ManualClock());
        var release = new TaskCompletionSource();
        channel.Server.Upstream.Behavior = new() { Until = release.Task };
        var asked = channel.PostAsync(channel.Message("q", more: ""","deliveryMode":"expectReplies" """));
        await channel.Server.Upstream.Traffic.WhenInFlightAsync(1);
        await channel.Clock.WhenTimerAsync(d => d == TimeSpan.FromSeconds(90));
        channel.Clock.Advance(TimeSpan.FromSeconds(90));
        (int status, var body) = await asked;
        Assert.Equal((200, 2), (status, body.GetProperty("activities").GetArrayLength()));
        Assert.Empty(channel.Peer.Received);
        release.SetResult();
        await channel.Peer.MessageAsync();
        Assert.NotNull(Assert.Single(channel.Peer.Received).Card);
    }

    [Fact]
    public async Task ReaderWhoStopsTheStream_EndsTheRun()
    {
        await using ChannelServer channel = await ChannelServer.StartAsync(c => c with { PaceSeconds = 1, UpdateSeconds = 5 }, time: new ManualClock());
        channel.Server.Upstream.Behavior = new() { Hang = true };
        channel.Peer.Answer = a => a.Number == 3 ? (403, """{"error":{"code":"ContentStreamNotAllowed","message":"Content stream was cancelled by user."}}""") : null;
        await channel.PostAsync(channel.Message("q"));
        await channel.Server.Upstream.Traffic.WhenInFlightAsync(1);
        await MoveUntilAsync(channel, all => all.Count == 3);
        await channel.Server.Upstream.Traffic.WhenIdleAsync();
        Assert.True(channel.Server.Upstream.Traffic.Aborted > 0);
        await channel.Server.StopAsync();
        Assert.Equal(3, channel.Peer.Received.Count);
    }

    [Fact]
    public async Task StreamThatTheChannelEnds_IsFollowedByAPlainMessage()
    {
        await using ChannelServer channel = await ChannelServer.StartAsync();
        channel.Peer.Answer = a => a.Stream is not null ? (403, """{"error":{"code":"ContentStreamNotAllowed","message":"Content stream is not allowed."}}""") : null;
        await channel.PostAsync(channel.Message("q"));
        await channel.Peer.MessageAsync();
        ReceivedActivity answer = channel.Peer.Received.Single(a => a.Type == "message");
        Assert.Null(answer.Stream);
        Assert.NotNull(answer.Card);
        Assert.Single(channel.Peer.Received, a => a.Stream is not null);
    }

    [Fact]
    public async Task AnswerThatABusyChannelRefuses_IsSentAgainWhenItSays()
    {
        await using ChannelServer channel = await ChannelServer.StartAsync(time: new ManualClock());
        int refusals = 0;
        channel.Peer.Answer = a => a.Type == "message" && refusals++ < 2 ? (429, "") : null;
        await channel.PostAsync(channel.Message("q", kind: "groupChat"));
        await MoveUntilAsync(channel, all => all.Count(a => a.Type == "message") == 3);
        Assert.Single(channel.Peer.Received.Where(a => a.Type == "message").Select(a => a.Text).Distinct());
    }

    [Fact]
    public async Task ConversationPassedThrough_IsReadWhileItIsWritten()
    {
        await using ChannelServer channel = await ChannelServer.StartAsync(c => c with { Strategy = "", PaceSeconds = 0.01 });
        string text = string.Join(' ', Enumerable.Range(0, 4000).Select(i => $"word{i}"));
        channel.Server.Upstream.Behavior = new() { Text = (_, _) => text };
        await channel.PostAsync(channel.Message("q"));
        await channel.Peer.MessageAsync();
        ReceivedActivity[] pieces = [.. channel.Peer.Received.Where(a => a.StreamType == "streaming")];
        Assert.NotEmpty(pieces);
        foreach ((ReceivedActivity before, ReceivedActivity after) in pieces.Zip([.. pieces.Skip(1), channel.Peer.Received[^1]]))
            Assert.StartsWith(before.Text.TrimEnd('…'), after.Text, StringComparison.Ordinal);
        Assert.Null(channel.Peer.Received[^1].Card);
        Assert.True(channel.Peer.Received[^1].IsLabelled);
    }

    private static Replies RepliesTo(ChannelPeer peer, HttpClient http, TimeProvider time)
    {
        JsonElement activity = JsonSerializer.SerializeToElement(new { type = "message", channelId = "msteams", serviceUrl = peer.Url, conversation = new { id = "c", conversationType = "personal" } });
        return new Replies(new ChannelConnector(http, null, time, NullLogger<ChannelConnector>.Instance), Activity.Read(activity));
    }

    /// <summary>Moves the clock from timer to timer until the replies are as expected. Longer timers, as of requests to the upstream, are left to wait.</summary>
    private static async Task MoveUntilAsync(ChannelServer channel, Func<IReadOnlyList<ReceivedActivity>, bool> reached)
    {
        Task done = channel.Peer.WhenAsync(reached);
        while (!done.IsCompleted)
        {
            Task timer = channel.Clock.WhenTimerAsync(d => d <= TimeSpan.FromSeconds(5));
            if (await Task.WhenAny(done, timer) == timer && !done.IsCompleted)
                channel.Clock.AdvanceToNextTimer();
        }

        await done;
    }
}

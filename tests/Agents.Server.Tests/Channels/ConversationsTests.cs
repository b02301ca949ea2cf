using System.Text.Json;
using Agents.Server.Channels;
using Agents.Testing;

namespace Agents.Server.Tests.Channels;

/// <summary>What is remembered of conversations is bounded, whatever comes in.</summary>
public sealed class ConversationsTests
{
    [Fact]
    public void Of_MoreThanAreRemembered_ForgetsTheLongestUnused()
    {
        var conversations = new Conversations(new ChannelOptions { MaxConversations = 2 }, new ManualClock());
        Conversation a = conversations.Of(In("a"));
        Conversation b = conversations.Of(In("b"));
        Assert.Same(a, conversations.Of(In("a")));
        conversations.Of(In("c"));
        Assert.Same(a, conversations.Of(In("a")));
        Assert.NotSame(b, conversations.Of(In("b")));
    }

    [Fact]
    public void Of_SameIdInAnotherChannel_IsAnotherConversation()
    {
        var conversations = new Conversations(new ChannelOptions(), new ManualClock());
        Assert.NotSame(conversations.Of(In("a")), conversations.Of(In("a", "webchat")));
    }

    [Fact]
    public void Of_NamesItsCallerByNothingThatTellsWho()
    {
        Conversation conversation = new Conversations(new ChannelOptions(), new ManualClock()).Of(In("ada@example.com"));
        Assert.Matches("^conversation [0-9a-f]{12}$", conversation.Caller.Name);
    }

    [Fact]
    public void Keep_MoreThanCanBeDecidedAbout_ForgetsTheOldest()
    {
        Conversation conversation = new Conversations(new ChannelOptions(), new ManualClock()).Of(In("a"));
        for (int i = 0; i < 17; i++)
            conversation.Keep(new GivenAnswer { Id = $"{i}", Question = "q", Text = "42" });
        Assert.Null(conversation.Decide("0", AnswerDecision.Approved));
        Assert.True(conversation.Decide("1", AnswerDecision.Approved)?.IsDecidedNow);
        Assert.False(conversation.Decide("1", AnswerDecision.Rejected)?.IsDecidedNow);
    }

    [Fact]
    public void Remember_LongWords_AreCut()
    {
        Conversation conversation = new Conversations(new ChannelOptions { MaxTurnCharacters = 10 }, new ManualClock()).Of(In("a"));
        conversation.Remember("1", new string('q', 100), new string('a', 100));
        Assert.Equal(["qqqqqqqqq…", "aaaaaaaaa…", "next"], conversation.With("next").Select(m => m.Text));
    }

    [Fact]
    public void Remember_WhereNothingIsToBeRemembered_RemembersNothing()
    {
        Conversation conversation = new Conversations(new ChannelOptions { MaxTurns = 0 }, new ManualClock()).Of(In("a"));
        conversation.Remember("1", "q", "a");
        Assert.Equal("next", Assert.Single(conversation.With("next")).Text);
    }

    private static Activity In(string conversation, string channel = "msteams") =>
        Activity.Read(JsonSerializer.SerializeToElement(new { type = "message", channelId = channel, serviceUrl = "http://127.0.0.1:1/", conversation = new { id = conversation } }));
}

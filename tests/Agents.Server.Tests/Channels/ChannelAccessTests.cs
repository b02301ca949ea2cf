using System.Text.Json;
using System.Text.Json.Nodes;
using Agents.Testing;

namespace Agents.Server.Tests.Channels;

/// <summary>Who may send activities, and where replies may go.</summary>
public sealed class ChannelAccessTests
{
    private static JsonObject Claims(ChannelServer channel, long from = -60, long until = 600) => new()
    {
        ["iss"] = "https://issuer.test",
        ["aud"] = ChannelServer.AppId,
        ["serviceurl"] = channel.Peer.Url,
        ["nbf"] = channel.Time.GetUtcNow().ToUnixTimeSeconds() + from,
        ["exp"] = channel.Time.GetUtcNow().ToUnixTimeSeconds() + until,
    };

    [Fact]
    public async Task GoodToken_IsLetIn_AndRepliesCarryTheAgentsOwnToken()
    {
        await using ChannelServer channel = await ChannelServer.StartAsync(isAnonymous: false);
        (int status, _) = await channel.PostAsync(channel.Message("What is 6 times 7?"), channel.Peer.Keys.Sign(Claims(channel).ToJsonString()));
        Assert.Equal(202, status);
        await channel.Peer.MessageAsync();
        Assert.All(channel.Peer.Received, a => Assert.Equal("Bearer " + ChannelPeer.AgentToken, a.Authorization));
        Assert.All(channel.Peer.Received, a => Assert.Equal("conv:personal/1", a.Conversation));
        string asked = Assert.Single(channel.Peer.TokenRequests);
        Assert.Contains("grant_type=client_credentials", asked, StringComparison.Ordinal);
        Assert.Contains("scope=https%3A%2F%2Fapi.botframework.com%2F.default", asked, StringComparison.Ordinal);
        Assert.Contains("client_secret=" + ChannelServer.Secret, asked, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AgentsToken_IsAskedForOnce_AndAgainBeforeItEnds_OrWhenItIsRefused()
    {
        await using ChannelServer channel = await ChannelServer.StartAsync(c => c with { Strategy = "" }, isAnonymous: false, time: new ManualClock());
        async Task AskAsync(int number)
        {
            await channel.PostAsync(channel.Message($"question {number}", kind: "groupChat"), channel.Peer.Keys.Sign(Claims(channel).ToJsonString()));
            await channel.Peer.MessageAsync(number);
        }

        await AskAsync(1);
        await AskAsync(2);
        Assert.Single(channel.Peer.TokenRequests);
        channel.Clock.Advance(TimeSpan.FromMinutes(56));
        await AskAsync(3);
        Assert.Equal(2, channel.Peer.TokenRequests.Count);
        channel.Peer.Answer = a => a.Type == "typing" ? (401, "") : null;
        await AskAsync(4);
        Assert.Equal(3, channel.Peer.TokenRequests.Count);
    }

    [Theory]
    [InlineData("aud", "11111111-2222-3333-4444-555555555555")]
    [InlineData("iss", "https://sts.windows.net/elsewhere/")]
    [InlineData("aud", null)]
    [InlineData("exp", null)]
    public async Task TokenWithAWrongClaim_Is401_AndNothingIsSent(string claim, string? value)
    {
        await using ChannelServer channel = await ChannelServer.StartAsync(isAnonymous: false);
        JsonObject claims = Claims(channel);
        claims[claim] = value;
        if (value is null)
            claims.Remove(claim);
        await RefusedAsync(channel, channel.Peer.Keys.Sign(claims.ToJsonString()), 401);
    }

    [Theory]
    [InlineData(-7200, -301, 401)]
    [InlineData(-7200, -290, 202)]
    [InlineData(301, 7200, 401)]
    [InlineData(290, 7200, 202)]
    public async Task TokenOutOfItsTime_IsTakenForFiveMinutes_AndNoLonger(long from, long until, int expected)
    {
        await using ChannelServer channel = await ChannelServer.StartAsync(isAnonymous: false, time: new ManualClock());
        string token = channel.Peer.Keys.Sign(Claims(channel, from, until).ToJsonString());
        if (expected == 401)
            await RefusedAsync(channel, token, 401);
        else
            Assert.Equal(expected, (await channel.PostAsync(channel.Message("q", kind: "groupChat"), token)).Status);
    }

    [Fact]
    public async Task TokenNotSigned_OrSignedByAnother_Is401()
    {
        await using ChannelServer channel = await ChannelServer.StartAsync(isAnonymous: false);
        string claims = Claims(channel).ToJsonString();
        string good = channel.Peer.Keys.Sign(claims);
        string[] bad =
        [
            channel.Peer.Keys.Sign(claims, isSigned: false),
            new TestKeys().Sign(claims),
            channel.Peer.Keys.SignWithPublishedHalf(claims),
            good[..(good.LastIndexOf('.') + 1)],
            good[..^6] + "AAAAAA",
            "not.a.token",
            "x",
        ];
        foreach (string token in bad)
            await RefusedAsync(channel, token, 401);
        await RefusedAsync(channel, null, 401);
        Assert.Equal(202, (await channel.PostAsync(channel.Message("q"), good)).Status);
    }

    [Fact]
    public async Task IssuerThatChangesItsKeys_IsAskedForThem()
    {
        await using ChannelServer channel = await ChannelServer.StartAsync(isAnonymous: false, time: new ManualClock());
        TestKeys before = channel.Peer.Keys;
        Assert.Equal(202, await PostAsync(before));
        channel.Peer.Keys = new TestKeys("key-2");
        // Asked a moment ago: a stranger's token must not make the server ask for every one.
        Assert.Equal(401, await PostAsync(channel.Peer.Keys));
        channel.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(202, await PostAsync(channel.Peer.Keys));
        // What the issuer has withdrawn is good for nothing any more.
        Assert.Equal(401, await PostAsync(before));
        channel.Peer.IsOutOfReach = true;
        channel.Clock.Advance(TimeSpan.FromHours(13));
        Assert.Equal(202, await PostAsync(channel.Peer.Keys));

        async Task<int> PostAsync(TestKeys keys) => (await channel.PostAsync(channel.Message("/cancel", kind: "groupChat"), keys.Sign(Claims(channel).ToJsonString()))).Status;
    }

    [Fact]
    public async Task IssuerOutOfReach_FromTheBeginning_Is503()
    {
        await using ChannelServer channel = await ChannelServer.StartAsync(isAnonymous: false);
        channel.Peer.IsOutOfReach = true;
        Assert.Equal(503, (await channel.PostAsync(channel.Message("q"), channel.Peer.Keys.Sign(Claims(channel).ToJsonString()))).Status);
        Assert.Empty(channel.Peer.Received);
    }

    [Fact]
    public async Task Redirect_OfAReply_IsNotFollowed()
    {
        await using ChannelPeer elsewhere = await ChannelPeer.StartAsync();
        await using ChannelServer channel = await ChannelServer.StartAsync(isAnonymous: false);
        channel.Peer.Redirect = elsewhere.Url;
        await channel.PostAsync(channel.Message("q", kind: "groupChat"), channel.Peer.Keys.Sign(Claims(channel).ToJsonString()));
        await channel.Peer.MessageAsync();
        Assert.Empty(elsewhere.Received);
    }

    [Fact]
    public async Task ServiceUrl_OtherThanTheTokens_Is403_AndNothingIsSentThere()
    {
        await using ChannelPeer elsewhere = await ChannelPeer.StartAsync();
        await using ChannelServer channel = await ChannelServer.StartAsync(c => c with { ServiceUrls = [.. c.ServiceUrls, elsewhere.Url] }, isAnonymous: false);
        string token = channel.Peer.Keys.Sign(Claims(channel).ToJsonString());
        (int status, JsonElement body) = await channel.PostAsync(channel.Message("q").Replace(channel.Peer.Url, elsewhere.Url, StringComparison.Ordinal), token);
        Assert.Equal((403, "serviceUrl"), (status, body.GetProperty("param").GetString()));
        Assert.Empty(elsewhere.Received);
        Assert.Empty(channel.Peer.TokenRequests);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/under")]
    public async Task ServiceUrl_NotOnTheList_WithoutAClaim_Is403(string path)
    {
        await using ChannelPeer elsewhere = await ChannelPeer.StartAsync();
        await using ChannelServer channel = await ChannelServer.StartAsync(c => c with { ServiceUrls = [elsewhere.Url + "/other"] }, isAnonymous: false);
        JsonObject claims = Claims(channel);
        claims.Remove("serviceurl");
        (int status, _) = await channel.PostAsync(channel.Message("q").Replace(channel.Peer.Url, elsewhere.Url + path, StringComparison.Ordinal), channel.Peer.Keys.Sign(claims.ToJsonString()));
        Assert.Equal(403, status);
        Assert.Empty(elsewhere.Received);
    }

    [Theory]
    [InlineData("http://169.254.169.254/")]
    [InlineData("http://127.0.0.1.evil.test/")]
    [InlineData("https://smba.trafficmanager.net.evil.test/")]
    [InlineData("https://user@smba.trafficmanager.net/")]
    [InlineData("http://smba.trafficmanager.net/")]
    [InlineData("ftp://127.0.0.1/")]
    public async Task ServiceUrl_ThatOnlyLooksAllowed_Is403(string url)
    {
        await using ChannelServer channel = await ChannelServer.StartAsync(isAnonymous: false);
        JsonObject claims = Claims(channel);
        claims.Remove("serviceurl");
        (int status, _) = await channel.PostAsync(channel.Message("q").Replace(channel.Peer.Url, url, StringComparison.Ordinal), channel.Peer.Keys.Sign(claims.ToJsonString()));
        Assert.Equal(403, status);
        Assert.Empty(channel.Peer.TokenRequests);
    }

    [Theory]
    [InlineData("msteams", 202)]
    [InlineData("webchat", 403)]
    public async Task KeyEndorsedForOtherChannels_DoesNotSpeakForThisOne(string endorsed, int expected)
    {
        await using ChannelServer channel = await ChannelServer.StartAsync(isAnonymous: false);
        channel.Peer.Keys.Endorsements = [endorsed, "directline"];
        Assert.Equal(expected, (await channel.PostAsync(channel.Message("q"), channel.Peer.Keys.Sign(Claims(channel).ToJsonString()))).Status);
    }

    [Theory]
    [InlineData("http://192.0.2.1/")]
    [InlineData("https://smba.trafficmanager.net/")]
    public async Task Anonymous_RepliesGoToThisMachineAlone(string url)
    {
        await using ChannelServer channel = await ChannelServer.StartAsync();
        Assert.Equal(403, (await channel.PostAsync(channel.Message("q").Replace(channel.Peer.Url, url, StringComparison.Ordinal))).Status);
    }

    [Fact]
    public async Task Anonymous_ForeignHostName_Is403()
    {
        await using ChannelServer channel = await ChannelServer.StartAsync();
        using HttpRequestMessage request = RunningServer.Request("/api/messages", channel.Message("q"), [("Host", "rebound.evil.test")]);
        using HttpResponseMessage response = await channel.Server.Client.SendAsync(request);
        Assert.Equal(403, (int)response.StatusCode);
    }

    [Fact]
    public async Task WithoutAChannel_ThereIsNoEndpoint()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        Assert.Equal(404, (await server.PostAsync("/api/messages", "{}")).Status);
    }

    [Fact]
    public async Task Secrets_AreInNoLog()
    {
        await using ChannelServer channel = await ChannelServer.StartAsync(isAnonymous: false);
        string token = channel.Peer.Keys.Sign(Claims(channel).ToJsonString());
        string stranger = new TestKeys().Sign(Claims(channel).ToJsonString());
        channel.Peer.Answer = a => a.Type == "message" ? (400, $"refused {a.Authorization}") : null;
        await channel.PostAsync(channel.Message("canary-question-text"), token);
        await channel.PostAsync(channel.Message("q"), stranger);
        await channel.Peer.MessageAsync();
        await channel.Server.StopAsync();
        string log = string.Join('\n', channel.Server.Log.Lines);
        Assert.Contains("An activity was refused", log, StringComparison.Ordinal);
        Assert.Contains("refused an activity of type message with 400", log, StringComparison.Ordinal);
        foreach (string secret in (string[])[ChannelServer.Secret, ChannelPeer.AgentToken, token, stranger, token.Split('.')[1], "canary-question-text"])
            Assert.DoesNotContain(secret, log, StringComparison.Ordinal);
    }

    private static async Task RefusedAsync(ChannelServer channel, string? token, int expected)
    {
        (int status, JsonElement body) = await channel.PostAsync(channel.Message("q"), token);
        Assert.Equal(expected, status);
        Assert.Equal("invalid_token", body.GetProperty("code").GetString());
        Assert.Empty(channel.Peer.Received);
        Assert.Empty(channel.Server.Upstream.Traffic.Requests);
    }
}

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

    [Theory]
    [InlineData("AllowAnonymous", "http://0.0.0.0:0", null, true)]
    [InlineData("AppId", "http://127.0.0.1:0", null, false)]
    [InlineData("AppId", "http://127.0.0.1:0", "no-guid", false)]
    [InlineData("exclude each other", "http://127.0.0.1:0", ChannelServer.AppId, true)]
    [InlineData("AGENTS_CHANNEL_SECRET", "http://127.0.0.1:0", ChannelServer.AppId, false)]
    public void Configuration_ThatWouldLetAnyoneIn_IsRefused(string said, string url, string? appId, bool isAnonymous)
    {
        var options = new ServerOptions
        {
            Urls = [url],
            Keys = [new ApiKeyOptions { Name = "a", Sha256 = new string('0', 64) }],
            Models = new Dictionary<string, ServedModelOptions> { ["m"] = new() { Spec = "openai:m@http://127.0.0.1:1/v1" } },
            Channel = new ChannelOptions { AppId = appId, AllowAnonymous = isAnonymous },
        };
        ServerOptionsException e = Assert.Throws<ServerOptionsException>(() => ReasoningServer.Build(options, _ => null));
        Assert.Contains(said, e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"Agents":{"Channel":{"AllowAnonymous":true,"Strategy":"","Limits":{"MaxSamples":3},"ServiceUrls":["https://a.test/"],"OnReject":{"Samples":9}}}}""", null)]
    [InlineData("""{"Agents":{"Channel":{"AllowAnonymous":true,"Strategy":"guessing"}}}""", "Agents:Channel:Strategy is 'guessing'")]
    [InlineData("""{"Agents":{"Channel":{"AllowAnonymous":true,"UpdateSeconds":60}}}""", "Agents:Channel:UpdateSeconds is 60; it must be 1 to 45")]
    [InlineData("""{"Agents":{"Channel":{"AllowAnonymous":true,"ServiceUrls":["http://a.test/"]}}}""", "Agents:Channel:ServiceUrls has 'http://a.test/'")]
    [InlineData("""{"Agents":{"Channel":{"AllowAnonymous":true,"Limits":{"MaxSamples":0}}}}""", "Agents:Channel:Limits:MaxSamples")]
    [InlineData("""{"Agents":{"Channel":{"AllowAnonymous":true,"Secret":"x"}}}""", "'Secret'")]
    public void Configuration_IsReadWhole_OrRefusedByName(string json, string? said)
    {
        using var folder = new TestFolder();
        string file = Path.Combine(folder.Path, "agents.json");
        File.WriteAllText(file, json);
        ServerOptions Read()
        {
            ServerOptions read = ServerConfiguration.Read(file, [], new Dictionary<string, string> { ["m"] = "openai:m@http://127.0.0.1:1/v1" }, _ => null);
            ServerOptionsReview.Check(read);
            return read;
        }

        if (said is not null)
        {
            Assert.Contains(said, Assert.Throws<ServerOptionsException>(Read).Message, StringComparison.Ordinal);
            return;
        }

        ChannelOptions channel = Read().Channel!;
        Assert.Equal(("", 3, 1, 9), (channel.Strategy, channel.Limits.MaxSamples, channel.Limits.MaxConcurrency, channel.OnReject!.Samples));
        Assert.Equal(["https://a.test/"], channel.ServiceUrls);
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

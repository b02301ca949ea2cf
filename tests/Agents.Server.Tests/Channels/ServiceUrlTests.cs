using System.Text.Json;
using Agents.Server.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Agents.Server.Tests.Channels;

/// <summary>Where replies may go, address by address.</summary>
public sealed class ServiceUrlTests
{
    [Theory]
    [InlineData("https://smba.trafficmanager.net/", "https://smba.trafficmanager.net", true)]
    [InlineData("https://smba.trafficmanager.net/amer/tenant/", "https://smba.trafficmanager.net/", true)]
    [InlineData("https://SMBA.trafficmanager.net/amer", "https://smba.trafficmanager.net/", true)]
    [InlineData("https://a.test/one", "https://a.test/one/", true)]
    [InlineData("https://a.test/onemore", "https://a.test/one", false)]
    [InlineData("https://a.test/one/../two", "https://a.test/one", false)]
    [InlineData("https://a.test:8443/", "https://a.test/", false)]
    [InlineData("http://a.test/", "https://a.test/", false)]
    [InlineData("https://a.test@evil.test/", "https://a.test/", false)]
    [InlineData("https://a.test.evil.test/", "https://a.test/", false)]
    public void Allow_TakesWhatIsUnderAnAddress_AndNothingThatLooksLikeIt(string url, string allowed, bool expected) =>
        Assert.Equal(expected, ServiceUrls.Allow(new Uri(url), [allowed]));

    [Theory]
    [InlineData("https://region.example.test/", 0, true)]
    [InlineData("http://region.example.test/", 0, false)]
    [InlineData("https://region.example.test/", 1, false)]
    public async Task AddressInTheToken_IsTaken_OverHttps_AndFromTheChannelsIssuerAlone(string url, int issuer, bool expected)
    {
        await using ChannelPeer peer = await ChannelPeer.StartAsync();
        using var http = new HttpClient();
        TokenIssuer[] issuers = [.. ((string[])["https://channel.test", "https://directory.test"]).Select(name => new TokenIssuer(peer.MetadataAddress, http, TimeProvider.System, name))];
        var gate = new ChannelGate(new ChannelOptions(), issuers, TimeProvider.System, NullLogger<ChannelGate>.Instance);
        var token = new JsonWebToken(peer.Keys.Sign(JsonSerializer.Serialize(new { serviceurl = url })));
        Activity activity = Activity.Read(JsonSerializer.SerializeToElement(new { type = "message", channelId = "msteams", serviceUrl = url, conversation = new { id = "c" } }));
        Task check = gate.CheckAsync(activity, (token, issuers[issuer]), default);
        if (expected)
            await check;
        else
            Assert.Equal(403, (await Assert.ThrowsAsync<ApiException>(() => check)).Status);
    }
}
